import { describe, expect, it } from '@jest/globals';
import { barOf, barsOf, stepOf } from '../../../shared/report/period.ts';
import { dayStateOf } from '../../../shared/report/calendar.ts';
import { day } from '../../support/builders/collector.ts';

describe('the bars of a period', () => {
  it.each([
    ['2026-11-20', '2026-11-20', 'day', 1],
    ['2026-10-01', '2026-12-01', 'day', 62],
    ['2026-10-01', '2026-12-02', 'week', 10],
    ['2025-10-29', '2026-12-02', 'week', 58],
    ['2025-10-28', '2026-12-02', 'month', 15],
  ] as const)('from %s to %s are one for each %s: %i', (from, to, step, count) => {
    const period = { from: day(from), to: day(to) };

    expect(stepOf(period)).toBe(step);
    expect(barsOf(period)).toHaveLength(count);
    expect(barsOf(period)).toContain(barOf(day(to), step));
  });

  it('begin on Monday, or on the first of the month', () => {
    expect(barOf(day('2026-11-29'), 'week')).toBe('2026-11-23');
    expect(barOf(day('2026-11-30'), 'week')).toBe('2026-11-30');
    expect(barOf(day('2026-11-30'), 'month')).toBe('2026-11-01');
  });
});

describe('the state of a day', () => {
  const entry = { verdict: 'complete', rows: 5 } as const;

  it.each([
    ['none', undefined],
    ['open', { rows: 5 }],
    ['closed', { rows: 5, ledger: entry }],
    ['confirmed', { rows: 5, ledger: { ...entry, confirmedAt: '2026-11-27T00:00:00Z' } }],
    ['open', { rows: 6, ledger: { ...entry, confirmedAt: '2026-11-27T00:00:00Z' } }],
    ['gap', { rows: 6, ledger: { verdict: 'gap', rows: 5 } }],
  ] as const)('is %s for %j', (state, slice) => {
    expect(dayStateOf(slice)).toBe(state);
  });
});
