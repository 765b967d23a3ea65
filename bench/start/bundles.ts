import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ConnectorStack } from '../../infra/connector-stack.ts';
import { createApp } from '../../infra/create-app.ts';
import { readSourcesFile } from '../../shared/model/sources-file.ts';

/** A deployed function as one file. */
export interface Bundle {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly gzippedBytes: number;
}

/** The source of the deployed functions. */
export const BUNDLED_SOURCE = { name: 'acme', auth: 'oauth' } as const;

/** A function's name is in its log lines, so its bundle contains it. */
const FUNCTIONS = ['drop-off-alarm', 'oauth-callback', 'poller', 'compactor'];

/** Bundles every function into a folder, like a deployment. */
export const bundleFunctions = (folder: string): Bundle[] => {
  const app = createApp({ outdir: folder });
  const file = { sources: [BUNDLED_SOURCE], compaction: true };
  new ConnectorStack(app, readSourcesFile(JSON.stringify(file), 'bench'));
  app.synth();
  return readdirSync(folder)
    .filter((name) => name.startsWith('asset.'))
    .map((name) => {
      const path = join(folder, name, 'index.mjs');
      const code = readFileSync(path);
      const found = FUNCTIONS.find((one) => code.includes(`"${one}"`));
      if (found === undefined) throw new Error(`No bundle matches the function ${name}.`);
      return { name: found, path, bytes: code.length, gzippedBytes: gzipSync(code).length };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
};
