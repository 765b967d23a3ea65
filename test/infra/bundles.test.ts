import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { SourceTextModule } from 'node:vm';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ConnectorStack } from '../../infra/connector-stack.ts';
import { createApp } from '../../infra/create-app.ts';
import { readSourcesFile } from '../../shared/model/sources-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ACME, GLOBEX } from './synthesized.ts';

/** The aim is 1 MB; half of the rest is undici and the languages of zod. */
const MAX_BYTES = 1.7 * 1024 * 1024;

/** Bundles the functions into a folder, and gives the names that their contents have there. */
const bundle = (folder: string): string[] => {
  const app = createApp({ outdir: folder, builtinCloudFormationValidation: false });
  const file = { sources: [ACME, GLOBEX], compaction: true };
  new ConnectorStack(app, readSourcesFile(JSON.stringify(file), 'test'));
  app.synth();
  return readdirSync(folder).filter((name) => name.startsWith('asset.'));
};

describe('the functions, bundled', () => {
  let folder: string;
  let assets: string[];
  beforeAll(() => {
    folder = temporaryFolder();
    assets = bundle(folder);
  }, 60_000);

  it('are one for all pollers, and one each for the callback, the monitor and the compactor, each a small file and its source map', () => {
    expect(assets).toHaveLength(4);
    for (const asset of assets) {
      expect(readdirSync(join(folder, asset)).sort()).toEqual(['index.mjs', 'index.mjs.map']);
      expect(statSync(join(folder, asset, 'index.mjs')).size).toBeLessThan(MAX_BYTES);
    }
  });

  it('are complete: they import only modules of Node', () => {
    for (const asset of assets) {
      const code = readFileSync(join(folder, asset, 'index.mjs'), 'utf8');
      const imported = new SourceTextModule(code).moduleRequests.map(({ specifier }) => specifier);

      expect(imported).not.toEqual([]);
      expect(imported.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))).toEqual(
        [],
      );
    }
  });

  it('are reproducible, so that deploying again changes nothing', () => {
    expect(bundle(temporaryFolder())).toEqual(assets);
  }, 60_000);
});
