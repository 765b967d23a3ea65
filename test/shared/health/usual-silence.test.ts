import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DaySigns } from '../../../shared/health/signs.ts';
import { usualSilence } from '../../../shared/health/usual-silence.ts';
import { addDays, type Day, dayOf } from '../../../shared/model/day.ts';
import { day } from '../../support/collector.ts';

/** A Tuesday: silent from 9 to 11 o'clock, and half an hour more in which rows may still come. */
const SINCE = new Date('2026-06-30T09:00:00Z');
const NOW = new Date('2026-06-30T11:30:00Z');

const aDay = (hour: number, events: number, fields: Partial<DaySigns> = {}): DaySigns => ({
  rows: events,
  byHour: Array.from({ length: 24 }, (_, index) => (index === hour ? events : 0)),
  details: undefined,
  rejected: 0,
  held: 0,
  wasRead: true,
  ...fields,
});

/** The days that an instant fell on in the weeks before, the last week first, each with so many events at ten o'clock. */
const weeks = (counts: readonly number[], at = SINCE): Map<Day, DaySigns> =>
  new Map(counts.map((events, week) => [addDays(dayOf(at), -7 * (week + 1)), aDay(10, events)]));

describe('what silence is usual', () => {
  it.each([
    ['three weeks are too few to learn from', [50, 50, 50], undefined],
    ['four weeks are enough', [50, 50, 50, 50], 'never'],
    ['each week had at least three events, and the middle one ten', [3, 3, 10, 10], 'never'],
    ['a week had only two', [2, 50, 50, 50], undefined],
    ['the middle week had only nine', [9, 9, 9, 50], undefined],
    ['one of four weeks was silent', [0, 50, 50, 50], 'often'],
    ['one of five weeks was silent: less than a quarter', [0, 50, 50, 50, 50], undefined],
    ['two of eight weeks were silent', [50, 0, 50, 50, 0, 50, 50, 50], 'often'],
    ['one of eight weeks was silent', [0, 50, 50, 50, 50, 50, 50, 50], undefined],
    ['all weeks were silent', [0, 0, 0, 0], 'often'],
    ['weeks before the eighth count for nothing', [50, 50, 50, 50, 50, 50, 50, 50, 0, 0, 0, 0], 'never'],
  ])('%s', (_, counts, silence) => {
    expect(usualSilence(weeks(counts), SINCE, NOW, [])?.silence).toBe(silence);
  });

  it('is told with the hours, the weeks and the counts that decided it', () => {
    const never = usualSilence(weeks([12, 4, 30, 20]), SINCE, NOW, []);
    const often = usualSilence(weeks([0, 0, 30, 20]), SINCE, NOW, []);

    expect([never?.because, often?.because]).toEqual([
      'in each of the last 4 weeks the hours from Tue 09:00 to Tue 11:00 UTC had at least 4 events (20 in the middle), and now none',
      'in 2 of the last 4 weeks the hours from Tue 09:00 to Tue 11:00 UTC had no events either',
    ]);
  });

  it.each([
    ['before the silence began', 8, 'often'],
    ['in its first hour', 9, 'never'],
    ['in its last hour', 10, 'never'],
    ['in the hour whose rows may still come', 11, 'often'],
  ])('goes by the same hours: events %s', (_, hour, silence) => {
    const days = new Map([...weeks([0, 0, 0, 0]).keys()].map((of) => [of, aDay(hour, 50)]));

    expect(usualSilence(days, SINCE, NOW, [])?.silence).toBe(silence);
  });

  it.each([
    ['is not yet over', '2026-06-30T09:01:00Z', '2026-06-30T10:29:00Z', undefined],
    [
      'is over, and its rows have had half an hour to come',
      '2026-06-30T09:00:00Z',
      '2026-06-30T10:30:00Z',
      'never',
    ],
  ])('needs a whole hour of silence: one that %s', (_, since, now, silence) => {
    const days = new Map([...weeks([0, 0, 0, 0]).keys()].map((of) => [of, aDay(9, 50)]));

    expect(usualSilence(days, new Date(since), new Date(now), [])?.silence).toBe(silence);
  });

  it.each([
    ['a holiday', (days: Map<Day, DaySigns>) => days, ['2026-06-23']],
    [
      'never read',
      (days: Map<Day, DaySigns>) => days.set(day('2026-06-23'), aDay(10, 0, { wasRead: false })),
      [],
    ],
    [
      'counted before hours were',
      (days: Map<Day, DaySigns>) => days.set(day('2026-06-23'), aDay(10, 9, { byHour: undefined })),
      [],
    ],
    ['unknown', (days: Map<Day, DaySigns>) => (days.delete(day('2026-06-23')), days), []],
  ])('leaves out a week whose day was %s', (_, change, quiet) => {
    const five = change(weeks([0, 50, 50, 50, 50]));
    const four = change(weeks([0, 50, 50, 50]));

    expect(usualSilence(five, SINCE, NOW, quiet.map(day))?.silence).toBe('never');
    expect(usualSilence(four, SINCE, NOW, quiet.map(day))).toBeUndefined();
  });

  it('takes a day that was read and had no rows for a silent one', () => {
    const days = new Map(
      [...weeks([0, 0, 0, 0]).keys()].map((of) => [of, aDay(10, 0, { byHour: undefined })]),
    );

    expect(usualSilence(days, SINCE, NOW, [])?.silence).toBe('often');
  });

  it('is not asked for on a quiet day', () => {
    expect(usualSilence(weeks([50, 50, 50, 50]), SINCE, NOW, [day('2026-06-30')])).toBeUndefined();
  });

  it.each([
    ['of seven days is excused', '2026-06-23T12:00:00Z', '2026-06-30T12:00:00Z', 'often'],
    ['of a minute more is not', '2026-06-23T11:59:00Z', '2026-06-30T12:00:00Z', undefined],
  ])('excuses no more than a week, whatever is usual: a silence %s', (_, since, now, silence) => {
    const days = new Map(
      Array.from({ length: 70 }, (_day, ago) => [addDays(day('2026-06-30'), -ago), aDay(10, 0)]),
    );

    expect(usualSilence(days, new Date(since), new Date(now), [])?.silence).toBe(silence);
  });

  it('is not asked for before a whole hour has passed, even where every hour is silent', () => {
    const [from, to] = [new Date('2026-06-30T10:30:00Z'), new Date('2026-06-30T12:15:00Z')];
    const beforeNoon = new Date('2026-06-30T11:15:00Z');

    expect(usualSilence(weeks([0, 0, 0, 0]), from, beforeNoon, [])).toBeUndefined();
    expect(usualSilence(weeks([0, 0, 0, 0]), new Date('2026-06-30T11:00:00Z'), to, [])).toBeUndefined();
  });

  describe('over midnight', () => {
    const EVENING = new Date('2026-06-30T21:00:00Z');
    const MIDNIGHT = new Date('2026-07-01T00:30:00Z');
    const MORNING = new Date('2026-07-01T02:30:00Z');
    const known = weeks([0, 0, 0, 0], EVENING);
    const both = new Map([...known, ...weeks([0, 0, 0, 0], MORNING)]);

    it('is not asked for if one of the days is quiet', () => {
      expect(usualSilence(both, EVENING, MORNING, [])?.silence).toBe('often');
      expect(usualSilence(both, EVENING, MORNING, [day('2026-07-01')])).toBeUndefined();
      expect(usualSilence(both, EVENING, MORNING, [day('2026-06-30')])).toBeUndefined();
    });

    it('does not ask for the day that begins where the silence ends', () => {
      expect(usualSilence(known, EVENING, MIDNIGHT, [day('2026-07-01')])?.silence).toBe('often');
    });
  });

  it.each([...['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].entries()])(
    'names the weekday: day %d is %s',
    (index, weekday) => {
      const date = 28 + index <= 30 ? `2026-06-${28 + index}` : `2026-07-0${index - 2}`;
      const since = new Date(`${date}T09:00:00Z`);

      const usual = usualSilence(weeks([0, 0, 0, 0], since), since, new Date(`${date}T11:30:00Z`), []);

      expect(usual?.because).toContain(`from ${weekday} 09:00 to ${weekday} 11:00 UTC`);
    },
  );

  it('does not depend on the order in which the weeks are busy', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(counts, (before) => {
        const [there, back] = [before, before.toReversed()].map(
          (of) => usualSilence(weeks(of), SINCE, NOW, [])?.because,
        );

        expect(there).toBe(back);
      }),
    );
  });
});
