import { describe, expect, it } from '@jest/globals';
import { collectSlice } from '../../../shared/collect/collect-slice.ts';
import { readSliceState } from '../../../shared/collect/state/slice-state.ts';
import { unreadableRows } from '../../../shared/collect/unreadable-rows.ts';
import type { Day } from '../../../shared/model/day.ts';
import { aCollector, aSlice, day, never } from '../../support/builders/collector.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';
import { ListedReports } from '../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { anOperation } from '../../support/builders/rows.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

type Known = Parameters<typeof unreadableRows>[0] extends ReadonlyMap<Day, infer State> ? State : never;

/** A day with so many rows, of which the last ones could not be read. */
const aDay = (rows: number, unreadable = 0, since = '2026-11-20T09:00:00.000Z'): Known => ({
  openedAt: '2026-11-20T00:05:00.000Z',
  rows,
  rejected: unreadable,
  unreadable: unreadable > 0 ? { rows: unreadable, since } : undefined,
});

const found = (days: Readonly<Record<string, Known>>) =>
  unreadableRows(new Map(Object.entries(days).map(([on, state]) => [day(on), state])), NOW);

describe('the unreadable rows at the end of a stream', () => {
  it('are all rows of a first day, even if there are only three', () => {
    expect(found({ '2026-11-20': aDay(3, 3) })).toEqual({
      rows: 3,
      from: '2026-11-20',
      to: '2026-11-20',
      since: new Date('2026-11-20T09:00:00Z'),
      isFew: false,
    });
  });

  it('are counted over all days since the last readable row, from the first of them on', () => {
    const days = {
      '2026-11-17': aDay(50),
      '2026-11-18': aDay(40, 2, '2026-11-18T20:00:00.000Z'),
      '2026-11-19': aDay(0),
      '2026-11-20': aDay(1, 1),
    };

    expect(found(days)).toEqual({
      rows: 3,
      from: '2026-11-18',
      to: '2026-11-20',
      since: new Date('2026-11-18T20:00:00Z'),
      isFew: false,
    });
  });

  it.each([
    ['there are no rows', {}],
    ['all rows could be read', { '2026-11-20': aDay(5) }],
    [
      'a row that could be read came later, on another day',
      { '2026-11-19': aDay(3, 3), '2026-11-20': aDay(1) },
    ],
    ['they are of a day long past', { '2026-10-01': aDay(3, 3) }],
    ['a back-fill met them in an old day', { '2026-11-01': aDay(90, 90), '2026-11-19': aDay(7) }],
  ])('are none where %s', (_, days) => {
    expect(found(days)).toBeUndefined();
  });

  it.each([
    ['one of a hundred', aDay(100, 1), true],
    ['one of ninety-nine', aDay(99, 1), false],
    ['ten of a thousand', aDay(1000, 10), true],
    ['eleven of a thousand', aDay(1000, 11), false],
  ])('are few or not by their share: %s', (_, today, isFew) => {
    expect(found({ '2026-11-20': today })?.isFew).toBe(isFew);
  });

  it('are compared with the rows of the day before as well: the first row of a day may be the bad one', () => {
    expect(found({ '2026-11-19': aDay(3000), '2026-11-20': aDay(1, 1) })?.isFew).toBe(true);
  });

  it.each([
    ['the first day that counts', '2026-10-23', 3],
    ['the day before it', '2026-10-22', undefined],
  ])('are those of four weeks: %s', (_, on, rows) => {
    expect(found({ [on]: aDay(3, 3) })?.rows).toBe(rows);
  });

  it('end at a day with a row that could be read, and are compared with the rows of one more day only', () => {
    const days = {
      '2026-11-17': aDay(100_000, 7),
      '2026-11-18': aDay(40, 2),
      '2026-11-19': aDay(1, 1, '2026-11-19T10:00:00.000Z'),
      '2026-11-20': aDay(1, 1, '2026-11-20T10:00:00.000Z'),
    };

    expect(found(days)).toEqual({
      rows: 4,
      from: '2026-11-18',
      to: '2026-11-20',
      since: new Date('2026-11-19T10:00:00Z'),
      isFew: true,
    });
    expect(found({ ...days, '2026-11-16': aDay(100_000), '2026-11-17': aDay(10) })?.isFew).toBe(false);
  });

  it('were found when the first of them was, on any of their days', () => {
    const days = {
      '2026-11-18': aDay(2, 2, '2026-11-20T11:00:00.000Z'),
      '2026-11-19': aDay(2, 2, '2026-11-20T09:00:00.000Z'),
      '2026-11-20': aDay(2, 2, '2026-11-20T10:00:00.000Z'),
    };

    expect(found(days)?.since).toEqual(new Date('2026-11-20T09:00:00Z'));
  });

  it('do not end at a day without rows, and the states may be in any order', () => {
    const days = {
      '2026-11-20': aDay(1, 1),
      '2026-11-17': aDay(7),
      '2026-11-19': aDay(0),
      '2026-11-18': aDay(3, 3),
    };

    expect(found(days)).toMatchObject({
      rows: 4,
      from: '2026-11-18',
      to: '2026-11-20',
      since: new Date('2026-11-20T09:00:00Z'),
    });
  });

  it('are found if a state of an older release shows that no row of a day could be read', () => {
    const older = { ...aDay(3), rejected: 3 };

    expect(found({ '2026-11-20': older })).toMatchObject({
      rows: 3,
      since: new Date('2026-11-20T00:05:00Z'),
    });
  });
});

describe('the unreadable rows in the state of a slice', () => {
  const bad = (name: string) =>
    anOperation({ time: 1_795_860_000_000 as unknown as string, operation_detail: name });
  const good = (name: string) => anOperation({ time: '2026-11-18T09:00:00Z', operation_detail: name });

  /** Lists one day again and again, an hour apart, each time with more rows. */
  const listed = async (...rounds: readonly unknown[][]) => {
    const store = new MemoryStore();
    const clock = new SettableClock();
    const rows: unknown[] = [];
    for (const round of rounds) {
      rows.unshift(...round);
      const collector = aCollector(store, new ListedReports(rows, 300), { clock });
      await collectSlice(collector, aSlice(), 'whole', never);
      await clock.sleep(3_600_000);
    }
    return (await readSliceState(store, aSlice()))?.unreadable;
  };

  it.each([
    ['three rows, all bad', [[bad('a'), bad('b'), bad('c')]], 3],
    ['a bad row among good ones', [[bad('a'), good('b')]], undefined],
    ['bad rows after good ones', [[good('a')], [bad('b')], [bad('c')]], 2],
    ['bad rows, and a good one after them', [[bad('a')], [good('b')]], undefined],
    ['bad rows that stand in the list still, and nothing new', [[bad('a')], [], []], 1],
  ])('%s', async (_, rounds, rows) => {
    expect((await listed(...rounds))?.rows).toBe(rows);
  });

  it('has the time when the first of them was found', async () => {
    const unreadable = await listed([good('a')], [bad('b')], [bad('c')]);

    expect(unreadable?.since).toBe('2026-11-18T13:00:00.400Z');
  });
});
