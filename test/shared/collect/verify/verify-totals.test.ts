import { hash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { type LoggedRows, toLogged } from '../../../../shared/collect/log/slice-log.ts';
import { RunningTotals } from '../../../../shared/collect/verify/verify-totals.ts';
import { eventIdOf } from '../../../../shared/model/event-id.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { aSlice, day } from '../../../support/builders/collector.ts';
import { anOperation } from '../../../support/builders/rows.ts';

const slice = aSlice();

const logged = (...rows: (readonly [row: unknown, occurrence: number])[]): LoggedRows => ({
  sequence: 0,
  commitTime: new Date(0),
  bytes: 1,
  rows: rows.map(([row, occurrence]) => toLogged(identify(slice.stream, row), occurrence)),
});

const idOf = (row: unknown, occurrence: number, of = slice.day): string =>
  eventIdOf({ ...slice, day: of, digest: identify(slice.stream, row).digest, occurrence });

const digestOf = (ids: readonly string[]): string =>
  hash(
    'sha256',
    ids
      .toSorted()
      .map((id) => `${id}\n`)
      .join(''),
    'hex',
  );

const noon = anOperation({ time: '2026-11-18T12:00:00Z' });
const earlier = anOperation({ time: '2026-11-18T09:00:00Z' });
const later = anOperation({ time: '2026-11-18T15:00:00Z' });
const dayBefore = anOperation({ time: '2026-11-17T23:59:59Z' });

it('adds up a log object by object, for any order of its rows', () => {
  const running = new RunningTotals(slice);
  running.apply(logged([null, 0], [noon, 0], [noon, 1]));
  const first = running.totals;
  running.apply(logged([later, 0], [earlier, 0], [dayBefore, 0]));
  running.apply(logged([noon, 2]));

  const twins = [idOf(noon, 0), idOf(noon, 1)];
  expect(first).toEqual({
    rows: 3,
    distinct: 2,
    rejected: 1,
    digest: digestOf(twins),
    first_event: '2026-11-18T12:00:00.000Z',
    last_event: '2026-11-18T12:00:00.000Z',
  });
  const others = [idOf(later, 0), idOf(earlier, 0), idOf(dayBefore, 0, day('2026-11-17')), idOf(noon, 2)];
  expect(running.totals).toEqual({
    rows: 7,
    distinct: 5,
    rejected: 1,
    digest: digestOf([...twins, ...others]),
    first_event: '2026-11-17T23:59:59.000Z',
    last_event: '2026-11-18T15:00:00.000Z',
  });
  expect([running.objects, running.rows, running.events]).toEqual([3, 7, 6]);
});

it('has no first and no last event for rows without a readable time', () => {
  const running = new RunningTotals(slice);
  running.apply(logged([null, 0], [0, 0]));

  expect(running.totals).toStrictEqual({ rows: 2, distinct: 2, rejected: 2, digest: digestOf([]) });
});
