import { describe, expect, it } from '@jest/globals';
import { assessSilence } from '../../../shared/health/assess-silence.ts';
import { addDays } from '../../../shared/model/day.ts';
import { HOUR_MS } from '../../../shared/model/duration.ts';
import { day } from '../../support/builders/collector.ts';
import { type Habit, office, Year } from '../../support/builders/habits.ts';
import { expecting } from '../../support/builders/observations.ts';

/** The settings that a source comes with. */
const DEFAULTS = expecting({ dropOffMinutes: {}, learnedBaseline: true });

const seconds = (text: string): number => new Date(text).getTime();

/** When a stream begins to be silent, assessed once an hour, with the lateness of rows. */
const silences = (year: Year, from: string, to: string, lateMinutes = 25): string[] => {
  const begins: string[] = [];
  let before: string | undefined;
  for (let at = seconds(from); at < seconds(to); at += HOUR_MS) {
    const now = new Date(at);
    const { verdict } = assessSilence(year.at(now, lateMinutes * 60_000), DEFAULTS, now);
    if (verdict === 'silent' && before !== 'silent') begins.push(now.toISOString().slice(0, 16));
    before = verdict;
  }
  return begins;
};

const BUSY: Habit = { perHour: office(12) };

describe('a year of good health', () => {
  it.each([
    ['America/New_York', '2026-03-05', '2026-03-24'],
    ['America/New_York', '2026-10-29', '2026-11-17'],
    ['Europe/Berlin', '2026-03-26', '2026-04-14'],
    ['Europe/Berlin', '2026-10-22', '2026-11-10'],
    ['Australia/Sydney', '2026-04-02', '2026-04-21'],
    ['Australia/Sydney', '2026-10-01', '2026-10-20'],
    ['America/Santiago', '2026-04-02', '2026-04-21'],
    ['America/Santiago', '2026-09-03', '2026-09-22'],
    ['Australia/Lord_Howe', '2026-04-02', '2026-04-21'],
    ['Australia/Lord_Howe', '2026-10-01', '2026-10-20'],
  ])('has no alarm where the clocks are changed: %s, from %s', (zone, from, to) => {
    const year = new Year(zone, addDays(day(from), -60), day(to), BUSY, 1);

    expect(silences(year, `${from}T00:30Z`, `${to}T00:00Z`, 29)).toEqual([]);
  });

  it.each<[string, string, Habit]>([
    ['an office in New York', 'America/New_York', BUSY],
    ['a small office', 'Europe/Berlin', { perHour: office(1) }],
    ['changes that come together', 'Europe/Berlin', { perHour: office(3), together: 6 }],
    ['three events a week', 'Europe/Berlin', { perHour: () => 3 / 168 }],
    ['people who work day and night', 'Europe/Berlin', { perHour: () => 8 }],
  ])('has no alarm by default: %s', (_, zone, habit) => {
    const year = new Year(zone, day('2025-11-03'), day('2026-12-31'), habit, 1);

    expect(silences(year, '2026-01-05T00:30Z', '2026-12-31T00:00Z')).toEqual([]);
  });

  it('has no alarm for a holiday that makes a weekend longer', () => {
    const mondays = ['2026-04-06', '2026-05-25', '2026-09-07', '2026-10-12'];
    const year = new Year(
      'Europe/Berlin',
      day('2025-12-08'),
      day('2026-12-31'),
      { perHour: office(12, mondays) },
      1,
    );

    expect(silences(year, '2026-03-30T00:30Z', '2026-10-20T00:00Z')).toEqual([]);
  });
});

describe('a real silence', () => {
  /** 2026-06-02 is a Tuesday; Berlin is two hours ahead of UTC. */
  it.each<[string, Habit, string, number]>([
    ['before an office opens', BUSY, '2026-06-02T00:00Z', 12],
    ['as an office opens', BUSY, '2026-06-02T07:00Z', 4],
    ['in the middle of its morning', BUSY, '2026-06-02T08:20Z', 5],
    ['in the middle of the morning of a big office', { perHour: office(40) }, '2026-06-02T08:20Z', 3],
    ['at noon, where people work day and night', { perHour: () => 8 }, '2026-06-02T12:00Z', 7],
    ['after work on Friday: on Tuesday, for Monday might be a holiday', BUSY, '2026-06-05T16:30Z', 92],
    ['as a small office opens', { perHour: office(1) }, '2026-06-02T07:00Z', 60],
    ['where changes come together', { perHour: office(3), together: 6 }, '2026-06-02T07:00Z', 210],
    ['where there are three events a week', { perHour: () => 3 / 168 }, '2026-06-02T07:00Z', 30 * 24],
  ])('that begins %s is reported within hours, or days where less happens', (_, habit, from, hours) => {
    const year = new Year('Europe/Berlin', day('2026-02-02'), day('2026-07-31'), habit, 7, new Date(from));
    const end = new Date(seconds(from) + (hours + 48) * HOUR_MS).toISOString();

    const [recorded, ...again] = silences(year, from, end, 5);

    expect((seconds(`${recorded ?? '2099-01-01T00:00'}Z`) - seconds(from)) / HOUR_MS).toBeLessThanOrEqual(
      hours,
    );
    expect(again).toEqual([]);
  });
});
