import { describe, expect, it } from '@jest/globals';
import { hasSource, knownSources } from '../../../shared/collect/known-sources.ts';
import { type RunRecord, writeRunRecord } from '../../../shared/collect/run-record.ts';
import { writeFailedStart } from '../../../shared/collect/state/last-run.ts';
import { pinAccount } from '../../../shared/collect/state/pinned-account.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const ENDED = new Date('2026-11-18T12:00:00Z');
const REFUSED = { day: '2026-11-18', reason: 'credentials-wrong', message: 'Zoom refused the credentials.' };
const RECORD: RunRecord = {
  run: 'poll',
  streams: [],
  beganAt: ENDED.toISOString(),
  host: 'h',
  pid: 1,
};

const storeWith = async (...keys: string[]): Promise<MemoryStore> => {
  const store = new MemoryStore();
  for (const key of keys) await store.create(key, Buffer.from('{}'));
  return store;
};

describe('the known sources of a store', () => {
  it('are those that were collected and those that only ran, each once and in order', async () => {
    const store = new MemoryStore();
    await pinAccount(store, 'quillmere', 'Sim-Account-000000000001');
    await writeFailedStart(store, 'quillmere', 'operation', REFUSED, ENDED);
    await writeFailedStart(store, 'acme', 'activity', REFUSED, ENDED);
    await writeRunRecord(store, 'beta', RECORD);

    expect(await knownSources(store)).toEqual(['acme', 'beta', 'quillmere']);
  });

  it('do not contain a name that no source can have, or a key without a source', async () => {
    const store = await storeWith('_state/runs/source=No Name/run.json', '_state/runs/notes.txt');

    expect(await knownSources(store)).toEqual([]);
  });

  it('are not read from other state', async () => {
    expect(await knownSources(await storeWith('_state/seen/source=acme/gap_1.json'))).toEqual([]);
  });
});

describe('whether a store has a source', () => {
  it.each([
    ['the record of a run', '_state/runs/source=acme/run.json'],
    ['an object of the first stream', 'raw/operation/source=acme/dt=2026-11-18/x.json.gz'],
    ['an object of a later stream', 'raw/activity/source=acme/dt=2026-11-18/x.json.gz'],
    ['an object of a content stream', 'raw/recording/source=acme/dt=2026-11-18/x.json.gz'],
    ['a line of the audit log', 'audit/source=acme/dt=2026-11-18/x.jsonl'],
  ])('is true with %s', async (_, key) => {
    const store = await storeWith(key);

    expect(await hasSource(store, 'acme')).toBe(true);
    expect(await hasSource(store, 'acme-2')).toBe(false);
  });

  it('is false with only a projection of it', async () => {
    const store = await storeWith('flat/operation/source=acme/dt=2026-11-18/x.json.gz');

    expect(await hasSource(store, 'acme')).toBe(false);
  });
});
