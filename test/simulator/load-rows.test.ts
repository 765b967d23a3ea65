import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadRows } from '../../simulator/index.ts';

const aFile = (...lines: string[]): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'rows-')), 'rows.jsonl');
  writeFileSync(file, lines.join('\n'));
  return file;
};

const SIGN_IN = '{"email":"a@quillmere.example","time":"2026-11-20T09:05:30Z","type":"Sign in"}';
const CHANGE = '{"time":"2026-11-21T10:00:00Z","operation_detail":"Add Group a\u2028b"}';

describe('a file of rows', () => {
  it('distinguishes operation rows from activity rows by their fields', () => {
    const rows = loadRows(aFile(SIGN_IN, '', CHANGE, '{"operator":"x","time":"2026-11-21T10:00:00Z"}', ''));

    expect(rows.map(({ stream }) => stream)).toEqual(['activity', 'operation', 'operation']);
    expect(rows[0]?.row).toEqual(JSON.parse(SIGN_IN));
    expect(rows.slice(0, 2).map(({ json }) => json)).toEqual([SIGN_IN, CHANGE]);
  });

  it('can be moved to a day, keeping the time of day', () => {
    const rows = loadRows(aFile(SIGN_IN, CHANGE, '{"email":"b@quillmere.example"}'), { day: '2026-12-01' });

    expect(rows.map(({ row }) => (row as { time?: string }).time)).toEqual([
      '2026-12-01T09:05:30Z',
      '2026-12-01T10:00:00Z',
      undefined,
    ]);
    expect(rows.every(({ day }) => day === '2026-12-01')).toBe(true);
  });

  it.each([
    ['no JSON', '{"email":', /line 2: not JSON/],
    ['a row of neither report', '{"topic":"x"}', /line 2: neither/],
    ['a row without a time', '{"email":"x"}', /line 2: the row has no time/],
  ])('is refused with the number of the line that has %s', (_, line, message) => {
    expect(() => loadRows(aFile(SIGN_IN, line))).toThrow(message);
  });
});
