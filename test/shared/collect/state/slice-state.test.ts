import { describe, expect, it } from '@jest/globals';
import { addFuture, readSliceState, writeSliceState } from '../../../../shared/collect/state/slice-state.ts';
import { writeJson } from '../../../../shared/collect/state/state-file.ts';
import { sliceStateKey } from '../../../../shared/contract/object-keys.ts';
import { aSlice } from '../../../support/builders/collector.ts';
import { aSliceState, inLedger } from '../../../support/builders/slice-states.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';

const NOW = new Date('2026-11-18T12:00:00Z');
const [A, B, C, D] = ['2030-01-01', '2030-01-02', '2030-01-03', '2030-01-04'] as const;

describe('the events from the future of two counts', () => {
  it.each([
    ['the first is around the second', { rows: 5, first: A, last: D }, { rows: 2, first: B, last: C }],
    ['the second is around the first', { rows: 5, first: B, last: C }, { rows: 2, first: A, last: D }],
  ])('are their sum, from the first time to the last: %s', (_, one, other) => {
    expect(addFuture(one, other)).toEqual({ rows: 7, first: A, last: D });
  });

  it('are those of the one that has any', () => {
    const some = { rows: 5, first: A, last: D };

    expect(addFuture(some, undefined)).toEqual(some);
    expect(addFuture(undefined, some)).toEqual(some);
    expect(addFuture(undefined, undefined)).toBeUndefined();
  });
});

describe('the state of a slice', () => {
  it('has the events from the future as they were written', async () => {
    const store = new MemoryStore();
    const future = { rows: 5, first: A, last: D };
    await writeSliceState(store, aSlice(), aSliceState({ future }), NOW);

    expect((await readSliceState(store, aSlice()))?.future).toEqual(future);
  });

  it.each(['complete', 'gap'] as const)('names a ledger entry of the verdict %s', async (verdict) => {
    const store = new MemoryStore();
    const state = aSliceState(inLedger({ verdict }));
    await writeSliceState(store, aSlice(), state, NOW);

    expect((await readSliceState(store, aSlice()))?.ledger).toEqual(state.ledger);
  });

  it('is not used if its events from the future are incomplete', async () => {
    const store = new MemoryStore();
    await writeJson(store, sliceStateKey(aSlice()), { ...aSliceState(), future: { rows: 5 } });

    expect(await readSliceState(store, aSlice())).toBeUndefined();
  });
});
