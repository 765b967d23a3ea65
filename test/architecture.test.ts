import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');

/** Allowed imports by room: the longest prefix of a file's path is its room. Only the pure rooms have restricted builtins. */
const ROOMS: Record<string, { ours: string[]; packages: string[]; builtins: 'all' | string[] }> = {
  'shared/reasons.ts': { ours: [], packages: [], builtins: [] },
  'shared/errors.ts': { ours: ['shared/reasons.ts'], packages: [], builtins: [] },
  // Only names that the deployed template and the running functions share.
  'shared/contract': {
    ours: ['shared/model/day.ts', 'shared/model/slice.ts', 'shared/model/stream.ts'],
    packages: [],
    builtins: [],
  },
  'shared/model': {
    ours: ['shared/errors.ts', 'shared/contract'],
    packages: ['zod', 'uuid', 'jsonc-parser'],
    builtins: ['node:crypto'],
  },
  'shared/records': { ours: ['shared/normalize'], packages: ['zod'], builtins: [] },
  'shared/normalize': { ours: ['shared/model'], packages: ['zod'], builtins: ['node:net'] },
  'shared/collect': {
    ours: ['shared/contract', 'shared/model', 'shared/normalize', 'shared/errors.ts'],
    packages: ['zod', 'p-limit'],
    builtins: ['node:crypto', 'node:events', 'node:util', 'node:zlib'],
  },
  'shared/content': {
    ours: ['shared/collect', 'shared/contract', 'shared/model', 'shared/normalize', 'shared/errors.ts'],
    packages: ['zod', 'p-limit'],
    builtins: ['node:crypto', 'node:util'],
  },
  'shared/export': {
    ours: ['shared/collect', 'shared/content', 'shared/contract', 'shared/model', 'shared/errors.ts'],
    packages: ['csv-stringify', 'nodemailer', 'yazl'],
    builtins: ['node:crypto', 'node:stream'],
  },
  'shared/search': {
    ours: [
      'shared/collect/ports.ts',
      'shared/content',
      'shared/export/chat-messages.ts',
      'shared/model',
      'shared/errors.ts',
    ],
    packages: [],
    builtins: [],
  },
  'shared/audit': {
    ours: [
      'shared/contract',
      'shared/model',
      'shared/collect',
      'shared/errors.ts',
      'shared/runtime/redact.ts',
    ],
    packages: ['zod', 'p-limit'],
    builtins: ['node:crypto'],
  },
  'shared/health': {
    ours: ['shared/reasons.ts', 'shared/model', 'shared/contract'],
    packages: [],
    builtins: [],
  },
  'shared/monitor': {
    ours: [
      'shared/audit',
      'shared/collect',
      'shared/contract',
      'shared/errors.ts',
      'shared/health',
      'shared/model',
      'shared/runtime',
    ],
    packages: ['zod'],
    builtins: [],
  },
  'shared/zoom': {
    ours: [
      'shared/model',
      'shared/collect/ports.ts',
      'shared/content/listings.ts',
      'shared/content/ports.ts',
      'shared/errors.ts',
      'shared/reasons.ts',
    ],
    packages: ['undici', 'zod'],
    builtins: 'all',
  },
  'shared/local': {
    ours: [
      'shared/model',
      'shared/collect/ports.ts',
      'shared/content/ports.ts',
      'shared/export/ports.ts',
      'shared/errors.ts',
      'shared/reasons.ts',
      'shared/zoom/authorized-grant.ts',
    ],
    packages: ['zod'],
    builtins: 'all',
  },
  'shared/aws': {
    ours: [
      'shared/model',
      'shared/collect/ports.ts',
      'shared/content/ports.ts',
      'shared/connect/ports.ts',
      'shared/contract',
      'shared/errors.ts',
      'shared/health/observations.ts',
      'shared/monitor/ports.ts',
      'shared/zoom/authorized-grant.ts',
    ],
    packages: ['@aws-sdk', '@smithy', 'uuid', 'zod'],
    builtins: 'all',
  },
  'shared/connect': {
    ours: [
      'shared/model',
      'shared/collect/ports.ts',
      'shared/collect/state/pinned-account.ts',
      'shared/audit',
      'shared/contract',
      'shared/errors.ts',
      'shared/runtime',
      'shared/zoom',
    ],
    packages: ['zod'],
    builtins: ['node:crypto'],
  },
  'shared/report': {
    ours: [
      'shared/collect/ledger/watermark.ts',
      'shared/collect/ports.ts',
      'shared/collect/state/slice-states.ts',
      'shared/connect/pages/html.ts',
      'shared/connect/pages/page.ts',
      'shared/content/slice-states.ts',
      'shared/health',
      'shared/model',
      'shared/query',
    ],
    packages: ['echarts'],
    builtins: ['node:crypto'],
  },
  'shared/compact': {
    ours: ['shared/contract', 'shared/collect', 'shared/model', 'shared/normalize', 'shared/errors.ts'],
    packages: ['hyparquet-writer', 'p-limit'],
    builtins: ['node:crypto', 'node:zlib'],
  },
  'shared/triggers': {
    ours: [
      'shared/collect/collect-slice.ts',
      'shared/collect/collect-slices.ts',
      'shared/contract',
      'shared/errors.ts',
      'shared/health/causes.ts',
      'shared/model',
      'shared/runtime',
    ],
    packages: ['zod'],
    builtins: [],
  },
  'shared/runtime': {
    ours: ['shared/model', 'shared/collect/ports.ts', 'shared/contract', 'shared/errors.ts'],
    packages: ['zod', '@aws-lambda-powertools/logger', '@aws-lambda-powertools/metrics'],
    builtins: 'all',
  },
  'shared/query': {
    ours: [
      'shared/contract',
      'shared/model',
      'shared/normalize',
      'shared/collect/ports.ts',
      'shared/collect/verify/verify-gzip.ts',
      'shared/local/path-of-key.ts',
      'shared/errors.ts',
    ],
    packages: ['@duckdb/node-api', 'p-limit'],
    builtins: ['node:fs', 'node:fs/promises', 'node:path'],
  },
  // The composition roots, for one machine and for functions.
  'shared/app': {
    ours: ['shared'],
    packages: ['zod'],
    builtins: ['node:crypto', 'node:fs/promises', 'node:os', 'node:path'],
  },
  lambdas: {
    ours: [
      'shared/app/oauth-callback.ts',
      'shared/app/compactor.ts',
      'shared/app/poller.ts',
      'shared/app/health-monitor.ts',
      'shared/runtime',
    ],
    packages: ['aws-lambda'],
    builtins: [],
  },
  infra: {
    // Only the tables over the records are deployed; code that makes records is not.
    ours: [
      'shared/aws/through-proxies.ts',
      'shared/contract',
      'shared/model',
      'shared/normalize/tables.ts',
      'shared/compact/curated-tables.ts',
      'shared/errors.ts',
    ],
    packages: ['aws-cdk-lib', 'constructs', 'cdk-nag', '@aws-sdk/client-cloudformation'],
    builtins: 'all',
  },
  cli: {
    ours: [
      'shared/app',
      'shared/audit',
      'shared/compact/compact-store.ts',
      'shared/connect',
      'shared/contract',
      'shared/health',
      'shared/model',
      'shared/normalize',
      'shared/runtime',
      'shared/errors.ts',
      'shared/collect/ports.ts',
      'shared/content/ports.ts',
      'simulator',
    ],
    packages: [
      'commander',
      'cli-progress',
      'csv-stringify',
      'string-width',
      '@inquirer/prompts',
      '@aws-sdk/client-cloudformation',
      'zod',
    ],
    builtins: ['node:util', 'node:crypto', 'node:fs', 'node:os', 'node:path', 'node:child_process'],
  },
  'cli/main.ts': {
    ours: ['cli', 'package.json', 'shared/errors.ts', 'shared/model/proxies.ts', 'shared/runtime'],
    packages: ['commander'],
    builtins: ['node:crypto', 'node:os'],
  },
  simulator: { ours: [], packages: ['pure-rand', 'zod'], builtins: 'all' },
  // Users copy these files, so they have no imports of ours.
  'docs/readers': {
    ours: [],
    packages: ['@aws-sdk/client-s3', '@aws-sdk/client-sqs'],
    builtins: ['node:util', 'node:zlib'],
  },
  bench: {
    // The collector as a process, which the tests kill and the benchmark measures.
    ours: ['shared', 'simulator', 'cli', 'infra', 'test/content/collector-process.ts'],
    packages: ['@duckdb/node-api', 'cli-table3', 'aws-cdk-lib', 'commander', 'prettier'],
    builtins: 'all',
  },
};

const sourceFiles = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter((file) => !/^(node_modules|test|cdk\.out|demo)\//.test(file));

const roomOf = (file: string): string | undefined =>
  Object.keys(ROOMS)
    .filter((room) => isIn(file, room))
    .sort((a, b) => b.length - a.length)[0];

const isIn = (file: string, room: string): boolean => file === room || file.startsWith(`${room}/`);

const importsOf = (file: string): string[] => {
  const source = readFileSync(join(ROOT, file), 'utf8');
  return [
    ...source.matchAll(/(?:^(?:import|export)\b[^'"]*?\bfrom\s+|\bimport\s*\(\s*|^import\s+)'([^'\s;]+)'/gm),
  ].map(([, name = '']) => name);
};

/** The files of ours that a file imports, by their paths. */
const targetsOf = (file: string): string[] =>
  importsOf(file)
    .filter((name) => name.startsWith('.') && name.endsWith('.ts'))
    .map((name) =>
      normalize(join(dirname(file), name))
        .split(sep)
        .join('/'),
    );

const isCompositionRoot = (file: string): boolean => isIn(file, 'shared/app');

/** The first cycle of an import graph, from a file back to itself; undefined if there is none. */
const findCycle = (graph: ReadonlyMap<string, readonly string[]>): string[] | undefined => {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
};

describe('the direction of imports', () => {
  it.each(sourceFiles)('%s imports only what its room may', (file) => {
    const room = roomOf(file);
    const rules = ROOMS[room ?? ''];

    const forbidden = importsOf(file).filter((name) => {
      if (!rules || !room) return true;
      if (name.startsWith('.')) {
        const target = normalize(join(dirname(file), name))
          .split(sep)
          .join('/');
        return !isIn(target, room) && !rules.ours.some((allowed) => isIn(target, allowed));
      }
      if (name.startsWith('node:') || builtinModules.includes(name)) {
        return rules.builtins !== 'all' && !rules.builtins.includes(name);
      }
      return !rules.packages.some((allowed) => name === allowed || name.startsWith(`${allowed}/`));
    });

    expect(forbidden).toEqual([]);
  });

  it('leads to the composition roots only from outside shared/, types included', () => {
    const importers = sourceFiles.filter(
      (file) => isIn(file, 'shared') && !isIn(file, 'shared/app') && targetsOf(file).some(isCompositionRoot),
    );
    expect(importers).toEqual([]);
  });

  it('has no cycle, types included', () => {
    const graph = new Map(sourceFiles.map((file) => [file, targetsOf(file)]));
    expect(findCycle(graph)).toBeUndefined();
  });

  it('finds a cycle, so that the rule above can fail', () => {
    const graph = new Map([
      ['a.ts', ['b.ts', 'd.ts']],
      ['b.ts', ['c.ts']],
      ['c.ts', ['b.ts']],
      ['d.ts', []],
    ]);
    expect(findCycle(graph)).toEqual(['b.ts', 'c.ts', 'b.ts']);
  });

  it('sees the imports of a file, so that the rules above can fail', () => {
    expect(importsOf('shared/app/local.ts')).toContain('../zoom/zoom-client.ts');
  });
});
