import { describe, expect, it } from '@jest/globals';
import { writeSliceState } from '../../../shared/collect/slice-state.ts';
import { peekSliceStates, readSliceStates } from '../../../shared/collect/slice-states.ts';
import { aSlice, day } from '../../support/collector.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { aSliceState } from '../../support/slice-states.ts';

const CACHE = '_state/streams/operation/source=quillmere/states.json';

/** A store that says which keys were read and written. */
class WatchedStore extends MemoryStore {
  readonly reads: string[] = [];
  readonly writes: string[] = [];

  override read(key: string): Promise<Buffer | undefined> {
    this.reads.push(key);
    return super.read(key);
  }

  override replace(key: string, body: Uint8Array): Promise<void> {
    this.writes.push(key);
    return super.replace(key, body);
  }

  /** What was done since the last time. */
  done(): { reads: number; wroteCopy: boolean } {
    return {
      reads: this.reads.splice(0).filter((key) => key.endsWith('/state.json')).length,
      wroteCopy: this.writes.splice(0).includes(CACHE),
    };
  }
}

const [MONDAY, TUESDAY] = ['2026-11-16', '2026-11-17'].map(day);

const write = (store: MemoryStore, on: typeof MONDAY, rows: number): Promise<void> =>
  writeSliceState(store, aSlice({ day: on ?? day('2026-11-16') }), aSliceState({ rows }));

const rowsOf = async (store: MemoryStore): Promise<[string, number][]> =>
  [...(await readSliceStates(store, 'quillmere', 'operation'))].map(([on, { rows }]) => [on, rows]);

describe('the states of a stream', () => {
  it('are read once each, and again only where they changed', async () => {
    const store = new WatchedStore();
    await write(store, MONDAY, 1);
    await write(store, TUESDAY, 2);
    store.done();

    expect(await rowsOf(store)).toEqual([
      ['2026-11-16', 1],
      ['2026-11-17', 2],
    ]);
    expect(store.done()).toEqual({ reads: 2, wroteCopy: true });
    await rowsOf(store);
    expect(store.done()).toEqual({ reads: 0, wroteCopy: false });
    await write(store, TUESDAY, 3);
    store.done();
    expect(await rowsOf(store)).toEqual([
      ['2026-11-16', 1],
      ['2026-11-17', 3],
    ]);
    expect(store.done()).toEqual({ reads: 1, wroteCopy: true });
  });

  it('are without those that are gone, or can’t be read, and nothing else lies among them', async () => {
    const store = new WatchedStore();
    await write(store, MONDAY, 1);
    await write(store, TUESDAY, 2);
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
    store.done();

    expect(await rowsOf(store)).toEqual([['2026-11-17', 2]]);
    expect(store.done().wroteCopy).toBe(true);
  });

  it('are looked at without a trace', async () => {
    const store = new WatchedStore();
    await write(store, MONDAY, 1);
    store.done();

    expect([...(await peekSliceStates(store, 'quillmere', 'operation')).keys()]).toEqual(['2026-11-16']);
    expect(store.done().wroteCopy).toBe(false);
  });
});
