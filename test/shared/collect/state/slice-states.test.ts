import { hash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { sliceStateKey } from '../../../../shared/contract/object-keys.ts';
import type { StoredObject } from '../../../../shared/collect/ports.ts';
import { writeSliceState } from '../../../../shared/collect/state/slice-state.ts';
import { readSliceStatesCached, readSliceStates } from '../../../../shared/collect/state/slice-states.ts';
import { writeJson } from '../../../../shared/collect/state/state-file.ts';
import { aSlice, day } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { RecordingStore } from '../../../support/doubles/recording-store.ts';
import { aSliceState } from '../../../support/builders/slice-states.ts';

const CACHE = '_state/streams/operation/source=quillmere/states.json';

/** The calls of a store since the last time. */
const doneTo = (store: RecordingStore): { reads: number; wroteCopy: boolean } => {
  const reads = store.reads.filter((key) => key.startsWith('_state/slices/')).length;
  const wroteCopy = store.replaces.includes(CACHE);
  store.forget();
  return { reads, wroteCopy };
};

/** A store like S3, which calls a version by a digest of its bytes. */
class VersionedByBytes extends MemoryStore {
  beforeRead: (key: string) => Promise<void> = () => Promise.resolve();

  override async list(prefix: string): Promise<StoredObject[]> {
    const stored = await super.list(prefix);
    const digestOf = async (key: string) => hash('md5', (await super.read(key)) ?? '', 'hex');
    return Promise.all(stored.map(async ({ key }) => ({ key, version: await digestOf(key) })));
  }

  override async read(key: string): Promise<Buffer | undefined> {
    await this.beforeRead(key);
    return super.read(key);
  }
}

const [MONDAY, TUESDAY] = [day('2026-11-16'), day('2026-11-17')];

const write = (store: MemoryStore, on: typeof MONDAY, rows: number): Promise<void> =>
  writeSliceState(store, aSlice({ day: on }), aSliceState({ rows }), new Date('2026-11-17T12:00:00Z'));

const rowsOf = async (store: MemoryStore): Promise<[string, number][]> =>
  [...(await readSliceStates(store, 'quillmere', 'operation'))].map(([on, { rows }]) => [on, rows]);

describe('the states of a stream', () => {
  it('are read once each, and again only where they changed', async () => {
    const store = new RecordingStore();
    await write(store, MONDAY, 1);
    await write(store, TUESDAY, 2);
    doneTo(store);

    expect(await rowsOf(store)).toEqual([
      ['2026-11-16', 1],
      ['2026-11-17', 2],
    ]);
    expect(doneTo(store)).toEqual({ reads: 2, wroteCopy: true });
    await rowsOf(store);
    expect(doneTo(store)).toEqual({ reads: 0, wroteCopy: false });
    await write(store, TUESDAY, 3);
    doneTo(store);
    expect(await rowsOf(store)).toEqual([
      ['2026-11-16', 1],
      ['2026-11-17', 3],
    ]);
    expect(doneTo(store)).toEqual({ reads: 1, wroteCopy: true });
  });

  it('are correct if an earlier state is written again, although the store identifies a version by its bytes', async () => {
    const store = new VersionedByBytes();
    const key = sliceStateKey(aSlice({ day: MONDAY }));
    const early = new Date('2026-11-17T12:00:00Z');
    const put = (rows: number, at: Date) =>
      writeSliceState(store, aSlice({ day: MONDAY }), aSliceState({ rows }), at);
    await put(2, early);
    // Another collector writes what it knew before, just when this one has seen the version and reads.
    store.beforeRead = async (of) => {
      if (of === key) await put(1, early);
    };
    expect(await rowsOf(store)).toEqual([['2026-11-16', 1]]);
    store.beforeRead = () => Promise.resolve();

    await put(2, new Date('2026-11-17T12:00:01Z'));

    expect(await rowsOf(store)).toEqual([['2026-11-16', 2]]);
  });

  it('do not include removed or unreadable ones, or other files', async () => {
    const store = new RecordingStore();
    await write(store, MONDAY, 1);
    await write(store, TUESDAY, 2);
    await writeJson(store, '_state/slices/operation/source=quillmere/moved/state.json', aSliceState());
    await rowsOf(store);

    store.remove('_state/slices/operation/source=quillmere/dt=2026-11-16/state.json');
    await store.replace(
      '_state/slices/operation/source=quillmere/dt=2026-11-18/state.json',
      Buffer.from('?'),
    );
    await store.replace(
      '_state/slices/operation/source=quillmere/dt=2026-11-17/manifest.json',
      Buffer.from('?'),
    );
    doneTo(store);

    expect(await rowsOf(store)).toEqual([['2026-11-17', 2]]);
    expect(doneTo(store)).toEqual({ reads: 1, wroteCopy: true });
  });

  it('are not copied while there are none', async () => {
    const store = new RecordingStore();

    expect(await rowsOf(store)).toEqual([]);
    expect(doneTo(store)).toEqual({ reads: 0, wroteCopy: false });
  });

  it('are read without changing anything', async () => {
    const store = new RecordingStore();
    await write(store, MONDAY, 1);
    doneTo(store);

    expect([...(await readSliceStatesCached(store, 'quillmere', 'operation')).keys()]).toEqual([
      '2026-11-16',
    ]);
    expect(doneTo(store).wroteCopy).toBe(false);
  });
});
