import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** All that a person needs who deploys, and has what is deployed in hand. */
const NEEDED = [
  ...['bin', 'cli', 'infra', 'lambdas', 'shared', 'simulator'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'cdk.json'],
];

/** A checkout of this project, with a sources file: its folder. Gone after the test. */
export const aCheckout = (sources: object): string => {
  const folder = temporaryFolder();
  for (const name of NEEDED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'sources.json'), JSON.stringify(sources));
  return folder;
};
