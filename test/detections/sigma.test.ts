import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithPython } from './describe-with-python.ts';
import { DETECTIONS, NAMES, queryOf, REQUIREMENTS, RULES } from './detection-files.ts';
import { analyzeKql, checkRules, convertRules, type Engine, ENGINES, parseEsql } from './sigma.ts';

/** Rules that an engine cannot express. */
const LOST: Readonly<Record<Engine, readonly string[]>> = {
  sql: [],
  splunk: ['new-admin-exports'],
  elastic: ['new-admin-exports'],
  kql: ['new-admin-exports'],
  panther: ['new-admin-exports'],
};

const filesOf = (engine: Engine): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(DETECTIONS, engine)).map((file) => [
      `${engine}/${file}`,
      readFileSync(join(DETECTIONS, engine, file), 'utf8'),
    ]),
  );

describeWithPython('the Sigma rules', { requirements: REQUIREMENTS }, (python) => {
  let files: [string, string][];
  beforeAll(async () => {
    files = Object.entries(await convertRules(python()));
  });

  it('are valid, as the Sigma tool sees it', async () => {
    const said = await checkRules(python());

    expect(said).toContain('Found 0 errors, 0 condition errors and 0 issues.');
  });

  it.each(ENGINES)('are shipped for %s as they convert today', (engine) => {
    expect(filesOf(engine)).toEqual(
      Object.fromEntries(files.filter(([path]) => path.startsWith(`${engine}/`))),
    );
  });

  it('are parsed by the grammar of ES|QL', () => {
    const queries = filesOf('elastic');

    const errors = parseEsql(python(), { ...queries, wrong: 'from logs-* | where and' });

    expect(errors).toEqual({
      ...Object.fromEntries(Object.keys(queries).map((path) => [path, []])),
      wrong: [expect.stringContaining("mismatched input 'and'")],
    });
  });
});

describe('the rules of an engine', () => {
  it.each(ENGINES)('are all that %s can express, each in a file of its own', (engine) => {
    const files = Object.entries(filesOf(engine)).filter(([path]) => !path.endsWith('.yml'));

    const names = files.map(([path]) => basename(path).replace(/\.\w+$/, ''));

    expect(names).toEqual(RULES.filter((name) => !LOST[engine].includes(name)));
    expect(new Set(files.map(([, text]) => text)).size).toBe(files.length);
  });

  it('have no errors in KQL, by its own language service', () => {
    const queries = filesOf('kql');

    const errors = analyzeKql('ZoomOperation_CL', {
      ...queries,
      wrong: 'ZoomOperation_CL | where nothing == 1',
    });

    expect(errors).toEqual({
      ...Object.fromEntries(Object.keys(queries).map((path) => [path, []])),
      wrong: [expect.stringContaining("The name 'nothing'")],
    });
  });
});

describe('a detection', () => {
  const readme = readFileSync(join(DETECTIONS, 'README.md'), 'utf8');
  const sourceOf = (name: string): string =>
    RULES.includes(name) ? readFileSync(join(DETECTIONS, `${name}.yml`), 'utf8') : queryOf(name);

  it.each(RULES)('%s says all that its reader needs', (name) => {
    const [rule = ''] = sourceOf(name).split('\n---\n');
    const keys = [...rule.matchAll(/^([a-z]+):/gm)].map(([, key]) => key);

    expect(keys).toEqual([
      ...['title', 'id', 'status', 'description', 'references', 'date', 'tags'],
      ...(keys.includes('correlation') ? ['correlation'] : ['logsource', 'detection']),
      ...['falsepositives', 'level', 'response'],
    ]);
  });

  it.each(NAMES)('%s stands in the README with its level and techniques', (name) => {
    const source = sourceOf(name);
    const level = /^(?:-- )?level: (\w+)$/m.exec(source)?.[1];
    const techniques = [...source.matchAll(/attack\.t(\d{4}(?:\.\d{3})?)/g)].map(([, id]) => `T${id}`);
    const [line = ''] = readme.split('\n').filter((text) => text.startsWith(`| [${name}](`));

    const cells = line.split('|').map((cell) => cell.trim());

    expect(cells.slice(2, 4)).toEqual([level, techniques.join(', ')]);
    expect(techniques).not.toEqual([]);
  });

  it('has samples, and no samples are left over', () => {
    const samples = readdirSync(join(DETECTIONS, 'samples')).map((file) => basename(file, '.json'));

    expect(samples.sort()).toEqual([...NAMES]);
  });

  it('has an id of its own', () => {
    const ids = NAMES.flatMap((name) => [...sourceOf(name).matchAll(/^(?:-- )?id: (.*)$/gm)]);

    expect(new Set(ids.map(([, id]) => id)).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(NAMES.length);
  });
});
