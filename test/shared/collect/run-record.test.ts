import { describe, expect, it } from '@jest/globals';
import { isErasable } from '../../../shared/collect/ports.ts';
import { readRunRecord, type RunRecord, writeRunRecord } from '../../../shared/collect/run-record.ts';
import { writeJson } from '../../../shared/collect/state/state-file.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const RECORD: RunRecord = {
  run: 'poll',
  streams: ['operation', 'recording'],
  beganAt: '2026-11-18T11:55:00.000Z',
  host: 'collector-1',
  pid: 4711,
};
const KEY = '_state/runs/source=acme/run.json';

describe('the record of a run', () => {
  it.each([
    ['that is under way', RECORD],
    ['that has ended', { ...RECORD, run: 'collect' as const, endedAt: '2026-11-18T11:56:00.000Z' }],
  ])('is read as written, of a run %s', async (_, record) => {
    const store = new MemoryStore();
    await writeRunRecord(store, 'acme', record);

    expect(await readRunRecord(store, 'acme')).toEqual(record);
    expect((await store.list('')).map(({ key }) => key)).toEqual([KEY]);
  });

  it('is not the same for the logs and for content', async () => {
    const store = new MemoryStore();
    await writeRunRecord(store, 'acme', RECORD);
    await writeRunRecord(store, 'acme', { ...RECORD, pid: 4712 }, 'content');

    expect((await readRunRecord(store, 'acme'))?.pid).toBe(4711);
    expect((await readRunRecord(store, 'acme', 'content'))?.pid).toBe(4712);
  });

  it.each([
    ['an unknown command', { ...RECORD, run: '' }],
    ['an unknown stream', { ...RECORD, streams: ['chess'] }],
    ['no fields', {}],
  ])('is not used with %s', async (_, value) => {
    const store = new MemoryStore();
    await writeJson(store, KEY, value);

    expect(await readRunRecord(store, 'acme')).toBeUndefined();
  });
});

describe('a key that an operator may remove', () => {
  it.each([
    ['_state/runs/source=acme/run.json', true],
    ['watermark/source=acme.json', true],
    ['raw/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz', false],
    ['raw/_state/x', false],
    ['audit/watermark/x', false],
    ['_states/x', false],
  ])('%s: %s', (key, isState) => {
    expect(isErasable(key)).toBe(isState);
  });
});
