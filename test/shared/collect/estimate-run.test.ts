import { describe, expect, it } from '@jest/globals';
import { type EstimateOptions, estimateRun } from '../../../shared/collect/estimate-run.ts';
import { writeSliceState } from '../../../shared/collect/state/slice-state.ts';
import { writeJson } from '../../../shared/collect/state/state-file.ts';
import { budgetKey } from '../../../shared/contract/object-keys.ts';
import { aSlice, day } from '../../support/builders/collector.ts';
import { aSliceState, wholeAt } from '../../support/builders/slice-states.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const NOW = new Date('2026-11-18T12:00:00Z');
const READ_AT = '2026-11-18T11:00:00.000Z';
const OPTIONS: EstimateOptions = {
  source: 'quillmere',
  streams: ['operation', 'activity'],
  days: [day('2026-11-16'), day('2026-11-17'), day('2026-11-18')],
  requestsPerSecond: 4,
  requestsPerDay: 1001,
  now: NOW,
};

const storeWith = async (used: number): Promise<MemoryStore> => {
  const store = new MemoryStore();
  const write = (on: string, fields: Parameters<typeof aSliceState>[0]) =>
    writeSliceState(store, aSlice({ day: day(on) }), aSliceState(fields), NOW);
  await write('2026-11-16', wholeAt(READ_AT, 12));
  await write('2026-11-17', wholeAt(READ_AT, 0));
  await write('2026-11-18', {});
  await writeJson(store, budgetKey('quillmere'), { day: '2026-11-18', used });
  return store;
};

describe('the estimate of a run', () => {
  it('is one request a slice before anything was collected', async () => {
    expect(await estimateRun(undefined, OPTIONS)).toEqual({
      days: 3,
      slices: 6,
      requests: 6,
      unread: 6,
      seconds: 6 / 4,
      requestsLeftToday: 700,
    });
  });

  it('is the length of the last whole listing of each slice, and at least one', async () => {
    expect(await estimateRun(await storeWith(40), OPTIONS)).toEqual({
      days: 3,
      slices: 6,
      requests: 12 + 1 + 1 + 3,
      unread: 4,
      seconds: 17 / 4,
      requestsLeftToday: 660,
    });
  });

  it('has no requests left, and not less, once live days have used the part of earlier days', async () => {
    expect((await estimateRun(await storeWith(900), OPTIONS)).requestsLeftToday).toBe(0);
  });
});
