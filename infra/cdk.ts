import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** The output folder of the CDK app. */
export const ASSEMBLY = join(ROOT, 'cdk.out');

/** Runs the CDK command line of this project in this terminal. Returns whether it succeeded. */
export const cdk = async (...words: readonly string[]): Promise<boolean> => {
  const command = spawn(process.execPath, [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), ...words], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const [code] = (await once(command, 'exit')) as [number | null];
  return code === 0;
};
