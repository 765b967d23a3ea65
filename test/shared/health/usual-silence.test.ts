import { describe, expect, it } from '@jest/globals';
import type { DayObservations } from '../../../shared/health/observations.ts';
import { usualSilence } from '../../../shared/health/usual-silence.ts';
import { addDays, type Day, daysBetween, startOf } from '../../../shared/model/day.ts';
import { HOUR_MS } from '../../../shared/model/duration.ts';
import { day } from '../../support/builders/collector.ts';

/** A Tuesday: silent from 9 o'clock on, and half an hour more in which rows may still come. */
const TUESDAY = day('2026-06-30');
const SINCE = new Date('2026-06-30T09:00:00Z');
const NOW = new Date('2026-06-30T12:30:00Z');

const aDay = (byHour: readonly number[]): DayObservations => ({
  rows: byHour.reduce((sum, count) => sum + count, 0),
  byHour,
  details: undefined,
  rejected: 0,
  held: 0,
  wasRead: true,
});

/** So many events in each hour from 8 to 18 o'clock. */
const worked = (anHour: number): DayObservations =>
  aDay(Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 18 ? anHour : 0)));
const IDLE = worked(0);

/** Weeks before Tuesday, from Monday to Friday; the last week first, each with so many events an hour. */
const weeks = (anHour: readonly number[]): Map<Day, DayObservations> => {
  const days = daysBetween(addDays(TUESDAY, -7 * anHour.length - 1), addDays(TUESDAY, -1));
  return new Map(
    days.map((of, index) => {
      const week = anHour[Math.max(0, anHour.length - 1 - Math.floor(index / 7))] ?? 0;
      const isWorkday = index % 7 < 5;
      return [of, isWorkday ? worked(week) : IDLE];
    }),
  );
};

const unusual = (days: Map<Day, DayObservations>, now = NOW, since = SINCE, quiet: readonly Day[] = []) =>
  usualSilence(days, since, now, quiet).unusual;

const ALWAYS = [30, 30, 30, 30, 30, 30, 30, 30];

describe('a silence that is unusual', () => {
  it('is reported with the weeks, the hours and the counts that show it', () => {
    expect(unusual(weeks([12, 12, 13, 14, 14, 13, 12, 12]))).toBe(
      'in 7 of the last 8 weeks the hours from Tue 09:00 to Tue 12:00 UTC had at least 36 events',
    );
  });

  it.each([
    ['four weeks are enough', [30, 30, 30, 30], true],
    ['three weeks are too few to learn from', [30, 30, 30], false],
    ['a week that had next to nothing', [30, 30, 30, 1, 30], false],
    ['a week that was as silent', [30, 30, 30, 0, 30], false],
    ['one week of holidays among many', [30, 30, 30, 0, 30, 30, 30, 30], true],
    ['one week with few events among six', [30, 30, 30, 12, 30, 30], true],
    ['one week with few events among five', [30, 30, 30, 12, 30], false],
    ['two such weeks', [30, 30, 30, 0, 0, 30, 30, 30], false],
    ['too few events in three hours: they may be absent by chance', [6, 6, 6, 6], false],
    ['weeks that differ much', [10, 50, 10, 50, 10, 50, 10, 50], false],
    ['weeks that differ a little too much', [24, 36, 24, 36], false],
    ['weeks that differ less', [26, 34, 26, 34], true],
    ['weeks before the eighth count for nothing', [...ALWAYS, 0, 0, 0], true],
  ])('%s: %s', (_, anHour, isUnusual) => {
    expect(unusual(weeks(anHour)) !== undefined).toBe(isUnusual);
  });

  it('needs more events if they occur in groups', () => {
    const together = new Map(
      [...weeks(ALWAYS)].map(([of, { rows, byHour = [] }], index) => {
        const clustered = byHour.map((count, hour) => (hour % 2 === index % 2 ? 2 * count : 0));
        return [of, rows > 0 ? aDay(clustered) : IDLE];
      }),
    );

    const [apart, clustered] = [weeks(ALWAYS), together].map((days) =>
      unusual(days, new Date('2026-06-30T11:30:00Z')),
    );

    expect([apart !== undefined, clustered !== undefined]).toEqual([true, false]);
  });

  it.each([
    [20, true],
    [19, false],
  ])('needs twenty independent events: %d', (count, isUnusual) => {
    const now = new Date('2026-06-30T10:30:00Z');

    expect(unusual(weeks([count, count, count, count]), now) !== undefined).toBe(isUnusual);
  });

  it('ignores hours of the week that are known in fewer than four weeks', () => {
    const mondays = [1, 8, 15, 22, 29].map((daysAgo) => addDays(TUESDAY, -daysAgo));
    const days = weeks([30, 30, 30, 30]);
    for (const monday of mondays) days.delete(monday);

    expect(unusual(days)).toBeDefined();
  });

  it('does not ignore hours of the week that are known in four weeks', () => {
    const days = weeks([30, 30, 30, 30]);
    days.delete(addDays(TUESDAY, -29));

    expect(unusual(days)).toBeDefined();
  });

  it.each([
    ['an hour has not passed', '2026-06-30T09:29:00Z', false],
    ['an hour is over, but its rows may still arrive', '2026-06-30T10:29:00Z', false],
    ['an hour is over, and its rows have had half an hour to come', '2026-06-30T10:30:00Z', true],
  ])('is looked at hour by hour: %s', (_, now, isUnusual) => {
    expect(unusual(weeks(ALWAYS), new Date(now)) !== undefined).toBe(isUnusual);
  });

  it.each([
    ['the end of work, an hour earlier than before', '2026-06-29T17:00:00Z', '2026-06-30T06:30:00Z'],
    ['the begin of work, an hour later than before', '2026-06-29T19:00:00Z', '2026-06-30T09:30:00Z'],
  ])('is none where the clocks may have been changed: %s', (_, since, now) => {
    expect(unusual(weeks(ALWAYS), new Date(now), new Date(since))).toBeUndefined();
  });

  it('is one where no change of the clocks explains it', () => {
    const now = new Date('2026-06-30T10:30:00Z');

    expect(unusual(weeks(ALWAYS), now, new Date('2026-06-29T18:00:00Z'))).toContain(
      'from Mon 18:00 to Tue 10:00',
    );
  });

  it('waits a day longer where it begins with a weekend: the next day may be a holiday', () => {
    const friday = new Date('2026-06-26T18:00:00Z');

    expect(unusual(weeks(ALWAYS), new Date('2026-06-29T17:30:00Z'), friday)).toBeUndefined();
    expect(unusual(weeks(ALWAYS), new Date('2026-06-30T10:30:00Z'), friday)).toContain(
      'from Fri 18:00 to Tue 10:00',
    );
  });

  it('waits a day longer where it begins in the middle of a weekend', () => {
    const sunday = new Date('2026-06-28T18:00:00Z');

    expect(unusual(weeks(ALWAYS), new Date('2026-06-29T17:30:00Z'), sunday)).toBeUndefined();
    expect(unusual(weeks(ALWAYS), new Date('2026-06-30T10:30:00Z'), sunday)).toContain(
      'from Sun 18:00 to Tue 10:00',
    );
  });

  it.each([
    ['a day that ends an hour before the silence', -25, 24, true],
    ['a day that ends two hours before it', -26, 24, false],
    ['a day around its begin', -10, 24, true],
    ['an hour less than a day around its begin', -10, 23, false],
    ['a day that begins an hour after it', 1, 24, true],
    ['a day that begins two hours after it', 2, 24, false],
  ])('waits a day longer where it begins beside %s that is idle each week', (_, first, hours, isWaiting) => {
    const start = SINCE.getTime() / HOUR_MS;
    const isIdle = (hour: number): boolean => (hour - start - first + 9 * 168) % 168 < hours;
    const days = daysBetween(addDays(TUESDAY, -58), addDays(TUESDAY, -1)).map(
      (of): [Day, DayObservations] => {
        const midnight = startOf(of).getTime() / HOUR_MS;
        return [of, aDay(Array.from({ length: 24 }, (__, hour) => (isIdle(midnight + hour) ? 0 : 10)))];
      },
    );
    // Three hours that are not idle each week.
    const now = new Date(NOW.getTime() + Math.max(0, first + hours) * HOUR_MS);

    expect(unusual(new Map(days), now) === undefined).toBe(isWaiting);
  });

  it.each([
    ['a holiday', (days: Map<Day, DayObservations>) => days, ['2026-06-23']],
    [
      'never read',
      (days: Map<Day, DayObservations>) => days.set(day('2026-06-23'), { ...IDLE, wasRead: false }),
      [],
    ],
    [
      'counted before hours were',
      (days: Map<Day, DayObservations>) => days.set(day('2026-06-23'), { ...worked(9), byHour: undefined }),
      [],
    ],
    ['unknown', (days: Map<Day, DayObservations>) => (days.delete(day('2026-06-23')), days), []],
  ])('leaves out a week whose day was %s', (_, change, quiet) => {
    const [five, four] = [5, 4].map((count) =>
      change(weeks(ALWAYS.slice(0, count)).set(day('2026-06-23'), IDLE)),
    );

    expect(usualSilence(five ?? new Map(), SINCE, NOW, quiet.map(day))).toMatchObject({
      weeks: 4,
      unusual: expect.any(String),
    });
    expect(usualSilence(four ?? new Map(), SINCE, NOW, quiet.map(day))).toMatchObject({
      weeks: 3,
      unusual: undefined,
    });
  });

  it('counts the known weeks even before an hour of it is over', () => {
    const now = new Date('2026-06-30T09:29:00Z');

    expect(usualSilence(weeks(ALWAYS), SINCE, now, [])).toMatchObject({ weeks: 8, unusual: undefined });
    expect(usualSilence(new Map(), SINCE, now, [])).toMatchObject({ weeks: 0, unusual: undefined });
  });

  it('is compared with the whole of eight weeks where it begins at midnight', () => {
    const days = weeks([20, 30, 30, 30, 30, 30, 30, 30]);

    expect(unusual(days, NOW, new Date('2026-06-30T00:00:00Z'))).toBe(
      'in 7 of the last 8 weeks the hours from Tue 00:00 to Tue 12:00 UTC had at least 90 events',
    );
  });

  it.each([
    ['the hour before those of the silence', '2026-06-30T00:00:00Z', '2026-06-30T12:30:00Z', '2026-06-22'],
    ['the hour after those of the silence', '2026-06-29T09:00:00Z', '2026-06-30T00:30:00Z', '2026-06-23'],
  ])('leaves out a week in which %s is not known', (_, since, now, unknown) => {
    const days = weeks(ALWAYS);
    days.delete(day(unknown));

    expect(usualSilence(days, new Date(since), new Date(now), []).weeks).toBe(7);
  });

  it('treats a day that was read and had no rows as a silent one', () => {
    const days = weeks(ALWAYS.slice(0, 5)).set(day('2026-06-23'), { ...IDLE, byHour: undefined });

    expect(usualSilence(days, SINCE, NOW, [])).toMatchObject({ weeks: 5, unusual: undefined });
  });

  it('is assessed without the quiet days in it', () => {
    const since = new Date('2026-06-28T18:00:00Z');
    const [monday, now] = [day('2026-06-29'), new Date('2026-06-30T10:30:00Z')];

    expect(unusual(weeks(ALWAYS), now, since, [monday])).toContain('from Tue 00:00 to Tue 10:00');
    expect(unusual(weeks(ALWAYS), now, since, [monday, TUESDAY])).toBeUndefined();
  });

  it.each([
    ['a week', 7],
    ['three weeks', 21],
  ])('goes on being unusual after %s', (_, daysLater) => {
    const days = weeks(ALWAYS);
    for (const of of daysBetween(TUESDAY, addDays(TUESDAY, daysLater))) days.set(of, IDLE);

    expect(unusual(days, new Date(NOW.getTime() + daysLater * 24 * HOUR_MS))).toBeDefined();
  });

  it.each([...['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].entries()])(
    'names the weekday: day %d is %s',
    (index, weekday) => {
      const date = addDays(day('2026-06-28'), index);
      const days = new Map(
        daysBetween(addDays(date, -60), date).map((of) => [of, aDay(Array<number>(24).fill(20))]),
      );

      const explanation = unusual(days, new Date(`${date}T12:30:00Z`), new Date(`${date}T09:00:00Z`));

      expect(explanation).toContain(`from ${weekday} 09:00 to ${weekday} 12:00 UTC`);
    },
  );
});

describe('the longest silence of the weeks before', () => {
  it.each([
    ['of an office is its weekend', weeks(ALWAYS), 62],
    ['of an office with a holiday is its long weekend', weeks(ALWAYS).set(day('2026-06-08'), IDLE), 62 + 24],
    [
      'is not prolonged by days that were not read',
      weeks(ALWAYS).set(day('2026-06-08'), { ...IDLE, wasRead: false }),
      62,
    ],
  ])('%s', (_, days, hours) => {
    expect(usualSilence(days, SINCE, NOW, []).longestMs).toBe(hours * HOUR_MS);
  });

  it('does not count the present one', () => {
    const [night, today] = [8, 15];
    const busy = aDay(Array.from({ length: 24 }, (_, hour) => (hour < night ? 0 : 5)));
    const days = new Map(daysBetween(addDays(TUESDAY, -58), addDays(TUESDAY, -1)).map((of) => [of, busy]));
    days.set(
      TUESDAY,
      aDay(Array.from({ length: 24 }, (_, hour) => (hour < night || hour >= 24 - today ? 0 : 5))),
    );

    expect(usualSilence(days, SINCE, new Date('2026-07-01T12:00:00Z'), []).longestMs).toBe(night * HOUR_MS);
  });
});
