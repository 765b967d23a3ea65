import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  dayIn,
  dayOf,
  DaySchema,
  daysBetween,
  endOf,
  oldestDayKept,
  parseDay,
} from '../../../shared/model/day.ts';
import { day } from '../../support/builders/collector.ts';

describe('calendar days', () => {
  it.each([
    '2026-02-30',
    '2026-13-01',
    '2026-1-1',
    '20261101',
    '2026-11-20T00:00:00Z',
    '+012026-11',
    '',
    'today',
  ])('does not take %p for a day', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  it('are validated in messages and files', () => {
    expect(DaySchema.parse('2024-02-29')).toBe('2024-02-29');
    expect(DaySchema.safeParse('2026-02-30').error?.issues).toMatchObject([
      { code: 'custom', message: '"2026-02-30" is not a calendar day (YYYY-MM-DD)' },
    ]);
  });

  it('steps over months, years and leap days', () => {
    expect(addDays(day('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
    expect(daysBetween(day('2026-10-30'), day('2026-11-02'))).toHaveLength(4);
    expect(daysBetween(day('2026-11-02'), day('2026-11-01'))).toEqual([]);
  });

  it('changes at midnight in UTC', () => {
    expect(dayOf(new Date('2026-11-19T23:59:59.999Z'))).toBe('2026-11-19');
    expect(endOf(day('2026-11-19'))).toEqual(new Date('2026-11-20T00:00:00Z'));
  });

  it.each([
    ['2026-11-23T10:00:00Z', '2026-05-24'],
    ['2026-08-31T10:00:00Z', '2026-03-01'],
    ['2024-08-31T10:00:00Z', '2024-03-01'],
    ['2026-03-01T00:00:00Z', '2025-09-02'],
  ])('asks Zoom on %s for nothing older than %s', (now, oldest) => {
    expect(oldestDayKept(new Date(now))).toBe(oldest);
  });
});

it('the day of an instant is in its text', () => {
  expect(dayIn('2026-11-20T23:59:59.999Z')).toBe('2026-11-20');
});
