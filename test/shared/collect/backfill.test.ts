import { describe, expect, it } from '@jest/globals';
import { backfillProgress } from '../../../shared/collect/backfill.ts';
import { daysBetween } from '../../../shared/model/day.ts';
import { day } from '../../support/builders/collector.ts';
import { aSliceState, wholeAt } from '../../support/builders/slice-states.ts';

const NOW = new Date('2026-06-10T12:00:00Z');
const READ = aSliceState({ ...wholeAt('2026-06-10T11:00:00Z'), rows: 10, rejected: 1 });

const readFrom = (from: string) => new Map(daysBetween(day(from), day('2026-06-10')).map((on) => [on, READ]));

describe('a back-fill', () => {
  it('is complete when each day to today was read whole', () => {
    expect(backfillProgress('operation', day('2026-06-08'), readFrom('2026-06-08'), NOW)).toEqual({
      stream: 'operation',
      days: 3,
      events: 27,
    });
    expect(backfillProgress('operation', day('2026-06-08'), readFrom('2026-06-09'), NOW)).toBeUndefined();
  });

  it('is not complete while a day was only partly read', () => {
    const states = readFrom('2026-06-08').set(day('2026-06-09'), aSliceState());

    expect(backfillProgress('operation', day('2026-06-08'), states, NOW)).toBeUndefined();
  });

  it('does not wait for days that Zoom has deleted', () => {
    expect(backfillProgress('operation', day('2025-06-01'), readFrom('2025-12-11'), NOW)?.days).toBe(182);
  });
});
