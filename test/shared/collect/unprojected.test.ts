import { describe, expect, it } from '@jest/globals';
import { pinAccount } from '../../../shared/collect/state/pinned-account.ts';
import { countUnprojected } from '../../../shared/collect/unprojected.ts';
import { type Kind, objectKey } from '../../../shared/contract/object-keys.ts';
import { keyInVersion } from '../../../shared/contract/object-keys.ts';
import type { Slice } from '../../../shared/model/slice.ts';
import { aSlice, day } from '../../support/builders/collector.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const ACCOUNT = 'Sim-Account-000000000001';

/** A store with the objects of some kinds of a slice; sources are those that were collected. */
const storeOf = async (
  sources: readonly string[],
  objects: readonly (readonly [Kind, Slice, number, string?])[],
): Promise<MemoryStore> => {
  const store = new MemoryStore();
  for (const source of sources) await pinAccount(store, source, ACCOUNT);
  for (const [kind, slice, sequence, label] of objects) {
    await store.create(keyInVersion(objectKey(kind, slice, sequence), label), Buffer.from('x'));
  }
  return store;
};

const slice = aSlice();
const activity = aSlice({ stream: 'activity', day: day('2026-11-17') });
const acme = aSlice({ source: 'acme' });

describe('the raw objects without an object of a format', () => {
  it('are counted over all streams of all sources that were collected', async () => {
    const store = await storeOf(
      ['quillmere', 'acme'],
      [
        ['raw', slice, 0],
        ['raw', slice, 1],
        ['flat', slice, 1],
        ['raw', activity, 0],
        ['raw', acme, 0],
        ['raw', aSlice({ source: 'unknown' }), 0],
      ],
    );

    expect(await countUnprojected(store, 'flat')).toBe(3);
    expect(await countUnprojected(store, 'ocsf')).toBe(4);
  });

  it('are only those of the named sources, from a day on', async () => {
    const store = await storeOf(
      ['quillmere', 'acme'],
      [
        ['raw', slice, 0],
        ['raw', activity, 0],
        ['raw', acme, 0],
      ],
    );

    expect(await countUnprojected(store, 'flat', { sources: ['quillmere'] })).toBe(2);
    expect(await countUnprojected(store, 'flat', { sources: ['quillmere'], since: day('2026-11-18') })).toBe(
      1,
    );
    expect(await countUnprojected(store, 'flat', { sources: ['quillmere'], since: day('2026-11-17') })).toBe(
      2,
    );
    expect(await countUnprojected(store, 'flat', { since: day('2026-11-19') })).toBe(0);
  });

  it('do not contain one whose rows were all rejected', async () => {
    const store = await storeOf(
      ['quillmere'],
      [
        ['raw', slice, 0],
        ['rejected', slice, 0],
        ['raw', slice, 1],
        ['rejected', slice, 2],
      ],
    );

    expect(await countUnprojected(store, 'flat')).toBe(1);
  });

  it('are those of the version that a replay wrote, if it is named', async () => {
    const store = await storeOf(
      ['quillmere'],
      [
        ['raw', slice, 0],
        ['raw', slice, 1],
        ['raw', slice, 2],
        ['flat', slice, 0],
        ['flat', slice, 1],
        ['flat', slice, 1, 'v2'],
        ['rejected', slice, 2],
      ],
    );

    expect(await countUnprojected(store, 'flat')).toBe(0);
    expect(await countUnprojected(store, 'flat', { version: 'v2' })).toBe(1);
    expect(await countUnprojected(store, 'flat', { version: 'v3' })).toBe(2);
  });

  it('do not contain files that are no raw objects', async () => {
    const store = await storeOf(['quillmere'], []);
    for (const key of [
      'raw/operation/source=quillmere/notes.txt',
      'raw/operation/source=quillmere/dt=2026-11-18/notes.txt',
    ]) {
      await store.create(key, Buffer.from('x'));
    }

    expect(await countUnprojected(store, 'flat')).toBe(0);
  });
});
