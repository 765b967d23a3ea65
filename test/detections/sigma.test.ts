import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithPython } from './describe-with-python.ts';
import { DETECTIONS, NAMES, queryOf, REQUIREMENTS, RULES, sqlFile } from './detection-files.ts';
import { checkRules, convertRules, queryToFile } from './sigma.ts';

describeWithPython('the Sigma rules', { requirements: REQUIREMENTS }, (python) => {
  let queries: Record<string, string>;
  beforeAll(async () => {
    queries = await convertRules(python(), 'duckdb');
  });

  it('are valid, as the Sigma tool sees it', async () => {
    const said = await checkRules(python());

    expect(said).toContain('Found 0 errors, 0 condition errors and 0 issues.');
  });

  it.each(RULES)('%s is shipped in SQL as it converts today', (name) => {
    expect(readFileSync(sqlFile(name), 'utf8')).toBe(queryToFile(name, queries[name] ?? ''));
  });

  it.each(['splunk', 'esql'] as const)('convert for %s, each to a query of its own', async (target) => {
    const converted = await convertRules(python(), target);

    expect(Object.keys(converted).sort()).toEqual([...RULES].sort());
    expect(new Set(Object.values(converted)).size).toBe(RULES.length);
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
