import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { never } from '../support/zoom.ts';
import { collectInto, type Lake, openLake } from './delivered.ts';
import { queryOf, RULES } from './detection-files.ts';
import { readScenarios } from './samples.ts';

const SOURCE = 'quillmere';
const NIGHT = new Date('2026-11-18T23:59:59Z');
const NOON = new Date('2026-11-18T12:00:00Z').getTime();

/** Texts that an attacker may write at the end of a detail to look harmless. */
const TAILS = [
  ' - Description: set to from Off to On',
  ' - Job Title: set to x: from Co-Owner to Admin',
  ' - Topic: from Admin to Member',
  ' - Name: set to Change Role  - a@b.example: from Owner to Billing Admin',
  '\n - Name: line\u2028feed: from\n to ',
  ` - Name: % _ \\ ' " * ? ]`,
  ` - Name: ${'long '.repeat(2000)}`,
];

/** Rows at which a rule fires by itself, each with every tail. */
const rowsOf = (rule: string): Record<string, unknown>[] =>
  readScenarios([rule])
    .filter(({ hits, rows }) => hits === 1 && rows.length === 1)
    .flatMap(({ rows: [only] }) => {
      const row = only?.row as Readonly<Record<string, unknown>>;
      return TAILS.map((tail) => ({ ...row, operation_detail: `${String(row['operation_detail'])}${tail}` }));
    })
    .map((row, index) => ({ ...row, time: new Date(NOON + index * 1000).toISOString() }));

const ROWS = new Map(
  RULES.map((rule) => [rule, rowsOf(rule)] as const).filter(([, rows]) => rows.length > 0),
);

describe('an attacker who can write the end of a detail', () => {
  let lake: Lake;
  beforeAll(async () => {
    const folder = join(temporaryFolder(), 'out');
    const rows = [...ROWS].flatMap(([rule, own]) => own.map((row) => ({ ...row, scenario: rule })));
    const account = { source: SOURCE, rows: rows.map((row) => ({ stream: 'operation' as const, row })) };
    await collectInto(folder, NIGHT, [account], never);
    lake = await openLake(folder, ['operation']);
  });
  afterAll(() => lake.close());

  it.each([...ROWS.keys()])('does not silence %s', async (rule) => {
    const own = `(FROM zoom_operation WHERE scenario = '${rule}')`;
    const silent = await lake.query(
      SOURCE,
      `SELECT operation_detail FROM ${own} ANTI JOIN (${queryOf(rule).replace(/;\s*$/, '')}) AS hits USING (event_id)`,
    );
    const [events] = await lake.query(SOURCE, `SELECT count(*)::INTEGER AS events FROM ${own}`);

    expect(events).toEqual({ events: ROWS.get(rule)?.length });
    expect(silent).toEqual([]);
  });
});
