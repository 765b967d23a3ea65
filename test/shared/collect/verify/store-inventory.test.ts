import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  matches,
  type SliceFilter,
  readStoreInventory,
} from '../../../../shared/collect/verify/store-inventory.ts';
import { labelOf } from '../../../../shared/model/slice.ts';
import { aSlice, day } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';

describe('a slice', () => {
  it.each<[string, SliceFilter, boolean]>([
    ['of any', {}, true],
    ['of its source', { sources: ['other', 'quillmere'] }, true],
    ['of another source', { sources: ['other'] }, false],
    ['of its stream', { streams: ['activity', 'operation'] }, true],
    ['of another stream', { streams: ['activity'] }, false],
    ['of its day alone', { from: day('2026-11-18'), to: day('2026-11-18') }, true],
    ['of days to come', { from: day('2026-11-19') }, false],
    ['of days gone by', { to: day('2026-11-17') }, false],
  ])('is selected, or not, by a filter %s', (_, filter, expected) => {
    expect(matches(aSlice(), filter)).toBe(expected);
  });
});

describe('listing the names of a store', () => {
  let store: MemoryStore;
  const put = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await store.replace(key, Buffer.from('x'));
  };
  beforeEach(() => {
    store = new MemoryStore();
  });

  it('finds slices under every prefix, each once, by source, stream and day', async () => {
    await put(
      'raw/operation/source=b/dt=2026-11-18/x',
      'raw/operation/source=a/dt=2026-11-18/x',
      'raw/operation/source=a/dt=2026-11-18/y',
      'flat/operation/source=a/dt=2026-11-17/x',
      'ocsf/activity/source=b/dt=2026-11-18/x',
      'rejected/activity/source=a/dt=2026-11-18/x',
      'ledger/activity/source=a/dt=2026-11-17/x',
      '_state/slices/operation/source=a/dt=2026-11-01/state.json',
    );

    const { slices, differences } = await readStoreInventory(store, {});

    expect(slices.map(labelOf)).toEqual([
      'a activity 2026-11-17',
      'a activity 2026-11-18',
      'a operation 2026-11-17',
      'a operation 2026-11-18',
      'b activity 2026-11-18',
      'b operation 2026-11-18',
    ]);
    expect(differences).toEqual([]);
  });

  it('leaves out the objects of content, except where content has none', async () => {
    const ofContent = ['raw', 'flat', 'ocsf', 'ledger'].map(
      (root) => `${root}/recording/source=a/dt=2026-11-18/x`,
    );
    const foreign = 'rejected/recording/source=a/dt=2026-11-18/x';
    await put(...ofContent, foreign);

    const { slices, differences } = await readStoreInventory(store, {});

    expect(slices).toEqual([]);
    expect(differences.map(({ key }) => key)).toEqual([foreign]);
  });

  it('finds the formats that a source has anywhere, also in slices that are not selected', async () => {
    await put(
      'raw/operation/source=a/dt=2026-11-17/x',
      'flat/operation/source=a/dt=2026-11-17/x',
      'ocsf/operation/source=a/dt=2026-11-17/x',
      'raw/operation/source=b/dt=2026-11-17/x',
      'ocsf/operation/source=b/dt=2026-11-18/x',
    );

    const { slices, formatsOf } = await readStoreInventory(store, {
      sources: ['b'],
      from: day('2026-11-18'),
    });

    expect(slices.map(labelOf)).toEqual(['b operation 2026-11-18']);
    expect([...formatsOf]).toEqual([
      ['a', ['flat', 'ocsf']],
      ['b', ['ocsf']],
    ]);
  });

  it.each([
    ['of no stream', 'flat/notes.txt'],
    ['of a stream that is none of ours', 'raw/meetings/source=a/dt=2026-11-18/x'],
    ['of no source', 'raw/operation/dt=2026-11-18/x'],
    ['of a source with an invalid name', 'ocsf/operation/source=A_B/dt=2026-11-18/x'],
    ['of a day that no calendar has', 'rejected/operation/source=a/dt=2026-02-30/x'],
    ['in the place of a day', 'ledger/operation/source=a/dt=2026-11-18'],
    ['of a day that lies too deep', 'raw/old/operation/source=a/dt=2026-11-18/x'],
  ])('names an object %s', async (_, key) => {
    await put(key);

    expect(await readStoreInventory(store, { sources: ['other'] })).toEqual({
      slices: [],
      formatsOf: new Map(),
      differences: [
        {
          kind: 'foreign-object',
          key,
          message: 'It belongs to no stream, source and day of the store: it was added by hand.',
        },
      ],
    });
  });
});
