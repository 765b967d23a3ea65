import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly status: string;
  readonly replacement: string;
  readonly static: boolean;
  readonly location: { readonly start: { readonly line: number } };
}

it('kills the mutants that a test detects, static ones too, and reports the others', async () => {
  const stryker = join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const config = 'test/mutation/fixture/stryker.config.js';
  await promisify(execFile)(process.execPath, [stryker, 'run', config], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '' },
  });

  const report = JSON.parse(readFileSync(join(ROOT, '.mutation/fixture.json'), 'utf8')) as Report;
  const mutants = Object.values(report.files).flatMap((file) => file.mutants);
  const became = (status: string) =>
    mutants.filter((mutant) => mutant.status === status).map(({ replacement }) => replacement);
  expect(became('Killed')).toEqual(
    expect.arrayContaining(['365 - 1', 'year % 4 !== 0', 'year % 100 === 0', '() => undefined']),
  );
  expect(mutants.filter((mutant) => mutant.static).map(({ status }) => status)).toContain('Killed');
  expect(became('Survived').sort()).toEqual(['() => undefined', 'false', 'year * 400']);
  expect(became('NoCoverage').sort()).toEqual(['""', '""']);
}, 120_000);
