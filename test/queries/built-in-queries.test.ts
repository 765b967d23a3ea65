import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { STREAM_NAMES } from '../../shared/model/stream.ts';
import { readBuiltInQueries } from '../../shared/app/query.ts';
import { multiset } from '../support/delivered.ts';
import {
  runQuery,
  type ResponseRecord,
  deliverDemo,
  type DemoArchive,
} from '../support/fixtures/demo-archive.ts';
import { EXPECTED } from './expected-answers.ts';

const questions = readBuiltInQueries();
const pick = (row: ResponseRecord, columns: readonly string[]): ResponseRecord =>
  Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));

/** Puts an unreadable object into each stream's folder of a day. */
const damageDay = (out: string, day: string): void => {
  for (const format of ['flat', 'ocsf'])
    for (const stream of STREAM_NAMES) {
      const folder = join(out, format, stream, 'source=quillmere', `dt=${day}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${stream}_${day}_000000.json.gz`), gzipSync('{"event_id": \n'));
    }
};

describe('the built-in queries over the demo', () => {
  let demo: DemoArchive;
  beforeAll(async () => {
    demo = await deliverDemo();
  });

  it('have an expectation each', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(questions.map(({ name }) => name));
  });

  it.each(questions)('$name answers with the very rows that the company made', async ({ name, sql }) => {
    const expected = EXPECTED[name]?.(demo.rows) ?? [];
    const columns = Object.keys(expected[0] ?? {});

    const answered = await runQuery(demo.out, sql);

    expect(expected.length).toBeGreaterThan(0);
    expect(multiset(answered.map((row) => pick(row, columns)))).toEqual(multiset(expected));
  });

  it.each(questions)(
    '$name reads none of the days before its window: what is damaged there is no matter',
    async ({ sql }) => {
      const before = await runQuery(demo.out, sql);
      damageDay(demo.out, '2026-09-01');

      expect(await runQuery(demo.out, sql)).toEqual(before);
    },
  );

  it('fails on a damaged day in its range', async () => {
    damageDay(demo.out, '2026-09-01');

    await expect(runQuery(demo.out, 'SELECT count(detail) FROM zoom_events')).rejects.toThrow(
      'flat/operation/source=quillmere/dt=2026-09-01/operation_2026-09-01_000000.json.gz is damaged',
    );
  });
});
