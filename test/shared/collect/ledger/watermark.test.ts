import { describe, expect, it } from '@jest/globals';
import type { SliceState } from '../../../../shared/collect/state/slice-state.ts';
import {
  readWatermark,
  streamWatermark,
  writeWatermark,
} from '../../../../shared/collect/ledger/watermark.ts';
import type { Day } from '../../../../shared/model/day.ts';
import { day } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { aSliceState, inLedger } from '../../../support/builders/slice-states.ts';

const CLOSED = inLedger();
const CONFIRMED = inLedger({ confirmedAt: '2026-06-12T00:10:00.000Z' });
const GAP = inLedger({ verdict: 'gap' });

/** Days of June 2026, by their date. */
const june = (days: Record<number, Partial<SliceState>>): Map<Day, SliceState> =>
  new Map(
    Object.entries(days).map(([date, state]) => [day(`2026-06-0${date}`), aSliceState(state)] as const),
  );

describe('what a watermark claims', () => {
  it('is the consecutive days that closed, and that were confirmed', () => {
    const states = june({ 1: CONFIRMED, 2: CONFIRMED, 3: CLOSED, 4: {}, 5: CLOSED });

    expect(streamWatermark(states, day('2026-06-01'), '2026-06-09T00:00:00Z')).toEqual({
      complete_from: '2026-06-01',
      closed_up_to: '2026-06-03',
      complete_up_to: '2026-06-02',
      best_effort_up_to: '2026-06-09T00:00:00Z',
      gaps: [],
    });
  });

  it('does not include a day that has more rows than its entry', () => {
    const states = june({ 1: CLOSED, 2: { ...CLOSED, rows: 11 }, 3: CLOSED });

    expect(streamWatermark(states, day('2026-06-01'), undefined)).toEqual({
      complete_from: '2026-06-01',
      closed_up_to: '2026-06-01',
      gaps: [],
    });
  });

  it('extends to consecutive days before the first', () => {
    const states = june({ 1: CLOSED, 3: CONFIRMED, 4: CONFIRMED });

    expect(streamWatermark(states, day('2026-06-04'), undefined)).toMatchObject({
      complete_from: '2026-06-03',
      complete_up_to: '2026-06-04',
    });
  });

  it('uses the last days of a source that is not polled', () => {
    const states = june({ 1: CLOSED, 2: CLOSED, 5: CLOSED, 4: CLOSED, 6: {} });

    expect(streamWatermark(states, undefined, undefined)).toEqual({
      complete_from: '2026-06-04',
      closed_up_to: '2026-06-05',
      gaps: [],
    });
  });

  it('is empty if no day has closed', () => {
    expect(streamWatermark(june({ 1: {} }), undefined, '2026-06-09T00:00:00Z')).toEqual({
      best_effort_up_to: '2026-06-09T00:00:00Z',
      gaps: [],
    });
    expect(streamWatermark(june({ 2: CLOSED }), day('2026-06-01'), undefined)).toEqual({ gaps: [] });
  });

  it('names the gaps, consecutive ones as one, and continues after them', () => {
    const states = june({ 6: GAP, 1: CONFIRMED, 2: GAP, 3: GAP, 4: CONFIRMED, 5: CONFIRMED, 7: CLOSED });

    expect(streamWatermark(states, day('2026-06-01'), undefined)).toEqual({
      complete_from: '2026-06-01',
      closed_up_to: '2026-06-07',
      complete_up_to: '2026-06-06',
      gaps: [
        { from: '2026-06-02', to: '2026-06-03' },
        { from: '2026-06-06', to: '2026-06-06' },
      ],
    });
  });

  it('is read back as it was written; a malformed file is ignored', async () => {
    const store = new MemoryStore();
    const streams = { operation: streamWatermark(june({ 1: CONFIRMED, 2: GAP }), undefined, undefined) };

    expect(await readWatermark(store, 'acme')).toBeUndefined();
    await writeWatermark(store, 'acme', streams, new Date('2026-06-09T00:00:00Z'));
    expect(await readWatermark(store, 'acme')).toEqual({
      source: 'acme',
      generated_at: '2026-06-09T00:00:00.000Z',
      streams,
    });
    await writeWatermark(store, 'acme', { chat: {} } as object, new Date('2026-06-09T00:00:00Z'));
    expect(await readWatermark(store, 'acme')).toBeUndefined();
  });
});
