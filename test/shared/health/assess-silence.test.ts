import { describe, expect, it } from '@jest/globals';
import { assessSilence } from '../../../shared/health/assess-silence.ts';
import type { Expectations, StreamObservations } from '../../../shared/health/observations.ts';
import { addDays, type Day } from '../../../shared/model/day.ts';
import { day } from '../../support/builders/collector.ts';
import {
  aDay,
  aPolling,
  aStream,
  daysAgo,
  eachDay,
  eightWeeks,
  expecting,
  minutesAgo,
  NOW,
} from '../../support/builders/observations.ts';

const assessed = (observations: Partial<StreamObservations>, expected: Partial<Expectations> = {}) =>
  assessSilence(aStream(observations), expecting(expected), NOW);

const fixed = (minutes: number): Partial<Expectations> => ({ dropOffMinutes: { operation: minutes } });
const DEFAULTS: Partial<Expectations> = { dropOffMinutes: {}, learnedBaseline: true };

const noEventFor = (minutes: number): Partial<StreamObservations> => ({
  newestEvent: undefined,
  polling: aPolling({ firstReadAt: minutesAgo(minutes) }),
});

/** Known weeks before the last three days, without an event. */
const weeksKnown = (weeks: number) =>
  eachDay(addDays(day('2026-06-10'), -7 * weeks - 4), day('2026-06-10'), aDay(0));

describe('a silence with a fixed limit', () => {
  it.each<[string, Partial<StreamObservations>, number, string, string]>([
    ['a moment', { newestEvent: minutesAgo(10) }, 1440, 'flowing', 'newest event 2026-06-10 11:50 UTC'],
    [
      'just not an hour',
      { newestEvent: minutesAgo(59) },
      1440,
      'flowing',
      'newest event 2026-06-10 11:01 UTC',
    ],
    [
      'an hour',
      { newestEvent: minutesAgo(60) },
      1440,
      'quiet',
      'no new event for 60 minutes, counted from its newest event at 2026-06-10 11:00 UTC; the limit is 24 hours ("dropOffMinutes")',
    ],
    [
      'less than its half hour',
      { newestEvent: minutesAgo(29) },
      30,
      'flowing',
      'newest event 2026-06-10 11:31 UTC',
    ],
    [
      'its half hour',
      { newestEvent: minutesAgo(30) },
      30,
      'silent',
      'no new event for 30 minutes, counted from its newest event at 2026-06-10 11:30 UTC; the limit is 30 minutes ("dropOffMinutes")',
    ],
    [
      'a minute, if that is its limit',
      { newestEvent: minutesAgo(1) },
      1,
      'silent',
      'no new event for 1 minute, counted from its newest event at 2026-06-10 11:59 UTC; the limit is 1 minute ("dropOffMinutes")',
    ],
    [
      'three days, with the alarm disabled',
      { newestEvent: daysAgo(3) },
      0,
      'quiet',
      'no new event for 72 hours, counted from its newest event at 2026-06-07 12:00 UTC; its alarm is disabled ("dropOffMinutes" is 0)',
    ],
    [
      'a moment, with the alarm disabled',
      { newestEvent: minutesAgo(10) },
      0,
      'flowing',
      'newest event 2026-06-10 11:50 UTC',
    ],
    [
      'two days without any event',
      noEventFor(2 * 1440),
      1440,
      'silent',
      'no new event for 48 hours, counted from the first poll at 2026-06-08 12:00 UTC, the start of monitoring; the limit is 24 hours ("dropOffMinutes")',
    ],
    [
      'weeks, but the last poll was more than two hours ago',
      { newestEvent: daysAgo(20), polling: aPolling({ firstReadAt: minutesAgo(120) }) },
      1440,
      'quiet',
      'no new event for 2 hours, counted from the first poll at 2026-06-10 10:00 UTC, the start of monitoring; the limit is 24 hours ("dropOffMinutes")',
    ],
    [
      'three hours of polls that read nothing',
      { newestEvent: undefined, polling: aPolling({ firstAt: minutesAgo(180), firstReadAt: undefined }) },
      120,
      'silent',
      'no new event for 3 hours, counted from the first poll at 2026-06-10 09:00 UTC, the start of monitoring; the limit is 2 hours ("dropOffMinutes")',
    ],
    [
      'an unknown time: there was no poll',
      { polling: undefined, newestEvent: undefined },
      1440,
      'quiet',
      'no new event for 0 minutes, counted from the first poll at 2026-06-10 12:00 UTC, the start of monitoring; the limit is 24 hours ("dropOffMinutes")',
    ],
    [
      'a day since its newest event, which is of the moment of the first poll',
      { newestEvent: daysAgo(1), polling: aPolling({ firstReadAt: daysAgo(1) }) },
      1440,
      'silent',
      'no new event for 24 hours, counted from the first poll at 2026-06-09 12:00 UTC, the start of monitoring; the limit is 24 hours ("dropOffMinutes")',
    ],
    [
      'seven days, which are still counted in hours',
      { newestEvent: daysAgo(7) },
      43_200,
      'quiet',
      'no new event for 168 hours, counted from its newest event at 2026-06-03 12:00 UTC; the limit is 30 days ("dropOffMinutes")',
    ],
    [
      'eight days, which are no longer counted in hours',
      { newestEvent: daysAgo(8) },
      43_200,
      'quiet',
      'no new event for 8 days, counted from its newest event at 2026-06-02 12:00 UTC; the limit is 30 days ("dropOffMinutes")',
    ],
  ])('of %s', (_, observations, minutes, verdict, explanation) => {
    expect(assessed(observations, fixed(minutes))).toMatchObject({ verdict, because: explanation });
  });

  it('does not count the time of quiet days, and states that', () => {
    const quietDays = [day('2026-06-09')];

    expect(assessed({ newestEvent: daysAgo(1.9) }, { quietDays }).verdict).toBe('quiet');
    expect(assessed({ newestEvent: daysAgo(2) }, { quietDays })).toMatchObject({
      verdict: 'silent',
      because:
        'no new event for 24 hours, counted from its newest event at 2026-06-08 12:00 UTC, without quiet days; the limit is 24 hours ("dropOffMinutes")',
    });
  });

  it('is assessed by that limit only, regardless of the weeks before', () => {
    const busy = { newestEvent: new Date('2026-06-10T08:30:00Z'), days: eightWeeks(30) };

    expect(assessed(busy, { ...fixed(1440), learnedBaseline: true }).verdict).toBe('quiet');
    expect(assessed(busy, { ...fixed(0), learnedBaseline: true }).verdict).toBe('quiet');
  });
});

describe('a silence without a fixed limit', () => {
  it.each([
    [
      'before four weeks are known',
      DEFAULTS,
      weeksKnown(2),
      ' while its usual pattern is still being learned (2 of 4 weeks)',
    ],
    [
      'before anything is known',
      DEFAULTS,
      new Map<Day, never>(),
      ' while its usual pattern is still being learned (0 of 4 weeks)',
    ],
    [
      'where nothing is to be learned',
      { ...DEFAULTS, learnedBaseline: false },
      weeksKnown(8),
      ', the default',
    ],
  ])('may last for 72 hours %s, and says so', (_, expected, days, text) => {
    const silent = assessed({ newestEvent: daysAgo(3), days }, expected);

    expect(assessed({ newestEvent: daysAgo(2.99), days }, expected).verdict).toBe('quiet');
    expect(silent.verdict).toBe('silent');
    expect(silent.because).toBe(
      `no new event for 72 hours, counted from its newest event at 2026-06-07 12:00 UTC; the limit is 72 hours${text}`,
    );
  });

  it.each([
    [3, '72 hours while its usual pattern is still being learned (3 of 4 weeks)'],
    [4, '30 days, learned from the last 4 weeks'],
  ])('has a learned limit from four known weeks on: %d', (weeks, text) => {
    const { because } = assessed({ newestEvent: daysAgo(3), days: weeksKnown(weeks) }, DEFAULTS);

    expect(because).toBe(
      `no new event for 72 hours, counted from its newest event at 2026-06-07 12:00 UTC; the limit is ${text}`,
    );
  });

  it('is reported within hours if each of the previous weeks had many events at that time', () => {
    const busy = { newestEvent: new Date('2026-06-10T08:30:00Z'), days: eightWeeks(30) };

    expect(assessed(busy, DEFAULTS)).toMatchObject({
      verdict: 'silent',
      because:
        'no new event for 3 hours, counted from its newest event at 2026-06-10 08:30 UTC; in 7 of the last 8 weeks the hours from Wed 09:00 to Wed 11:00 UTC had at least 60 events',
    });
  });

  it.each([
    ['of at least 72 hours, be the longest silence less than a day', 20, 72, 'the limit is 72 hours'],
    ['of three times the longest silence', 40, 120, 'the limit is 120 hours'],
    ['of a month at most', 400, 30 * 24, 'the limit is 30 days'],
  ])('has else a learned limit %s', (_, longest, limit, text) => {
    // One event every so many hours: too few to draw a conclusion from their absence in some hours.
    const days = eachDay(addDays(day('2026-06-10'), -90), day('2026-06-10'), aDay(0));
    for (let hour = 0; hour < 90 * 24; hour += longest + 1) {
      const on = addDays(day('2026-06-10'), -Math.floor(hour / 24) - 40);
      const before = days.get(on) ?? aDay(0);
      const byHour = (before.byHour ?? []).map((count, at) => (at === 23 - (hour % 24) ? 1 : count));
      days.set(on, { ...before, rows: before.rows + 1, byHour });
    }
    const newestEvent = new Date('2026-05-01T23:59:00Z');
    const observations = aStream({ newestEvent, days });
    const after = (hours: number) =>
      assessSilence(observations, expecting(DEFAULTS), new Date(newestEvent.getTime() + hours * 3_600_000));

    expect(after(limit - 1)).toMatchObject({
      verdict: 'quiet',
      because: expect.stringContaining(`; ${text}`),
    });
    expect(after(limit)).toMatchObject({
      verdict: 'silent',
      because: expect.stringContaining('learned from the last'),
    });
  });
});
