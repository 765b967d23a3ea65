import { describe, expect, it } from '@jest/globals';
import { onlyFailedRuns } from '../../../shared/collect/failed-runs.ts';
import { type RunRecord, writeRunRecord } from '../../../shared/collect/run-record.ts';
import { readLastRun, writeFailedStart, writeLastRun } from '../../../shared/collect/state/last-run.ts';
import { anOutcome } from '../../support/builders/outcomes.ts';
import { aSlice } from '../../support/builders/collector.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';

const ENDED = new Date('2026-11-18T12:00:00Z');
const REFUSED = { day: '2026-11-18', reason: 'credentials-wrong', message: 'Zoom refused the credentials.' };
const KILLED: RunRecord = {
  run: 'poll',
  streams: ['operation'],
  beganAt: '2026-11-18T11:55:00.000Z',
  host: 'collector-1',
  pid: 4711,
};

const NOTHING = { outcomes: [], partial: [], missing: [], deferred: [] };

/** Records that a run of `acme` ended, with the day of one slice or without, and with a failure or without. */
const ended = (store: MemoryStore, { read, failed }: { read: boolean; failed: boolean }): Promise<void> => {
  const slice = aSlice({ source: 'acme' });
  const missing = failed ? [{ slice, reason: 'zoom-failing', message: 'Zoom is gone.' }] : [];
  return writeLastRun(
    store,
    'acme',
    'operation',
    'poll',
    { ...NOTHING, outcomes: read ? [anOutcome({ slice })] : [], missing },
    ENDED,
  );
};

describe('the runs of a store that all failed', () => {
  it('are those of each source, with the last run of each stream that ran', async () => {
    const store = new MemoryStore();
    await writeFailedStart(store, 'acme', 'operation', REFUSED, ENDED);
    await writeFailedStart(store, 'acme', 'activity', REFUSED, ENDED, 'collect');
    await writeFailedStart(store, 'beta', 'activity', REFUSED, ENDED);

    const runs = await onlyFailedRuns(store);

    expect(runs?.map(({ source, unfinished }) => ({ source, unfinished }))).toEqual([
      { source: 'acme', unfinished: undefined },
      { source: 'beta', unfinished: undefined },
    ]);
    expect(runs?.[0]?.streams).toEqual([
      { stream: 'operation', lastRun: await readLastRun(store, 'acme', 'operation') },
      { stream: 'activity', lastRun: await readLastRun(store, 'acme', 'activity') },
    ]);
    expect(runs?.[1]?.streams.map(({ stream, lastRun }) => [stream, lastRun.error])).toEqual([
      ['activity', REFUSED],
    ]);
  });

  it('contain a run that was killed before it recorded anything else', async () => {
    const store = new MemoryStore();
    await writeRunRecord(store, 'acme', KILLED);

    expect(await onlyFailedRuns(store)).toEqual([{ source: 'acme', streams: [], unfinished: KILLED }]);
  });

  it('are only those of the source that was requested', async () => {
    const store = new MemoryStore();
    await writeFailedStart(store, 'acme', 'operation', REFUSED, ENDED);
    await store.create('raw/operation/source=beta/dt=2026-11-18/x.json.gz', Buffer.from(''));
    await writeFailedStart(store, 'beta', 'operation', REFUSED, ENDED);

    expect((await onlyFailedRuns(store, 'acme'))?.map(({ source }) => source)).toEqual(['acme']);
    expect(await onlyFailedRuns(store, 'beta')).toBeUndefined();
    expect(await onlyFailedRuns(store)).toBeUndefined();
  });

  it('do not contain a run that has ended without a result for a stream', async () => {
    const store = new MemoryStore();
    await writeRunRecord(store, 'acme', { ...KILLED, endedAt: '2026-11-18T11:56:00.000Z' });

    expect(await onlyFailedRuns(store)).toBeUndefined();
  });

  it('are none where there was no run', async () => {
    expect(await onlyFailedRuns(new MemoryStore())).toBeUndefined();
    expect(await onlyFailedRuns(new MemoryStore(), 'acme')).toBeUndefined();
  });

  it.each([
    ['read a day without a failure', { read: true, failed: false }, false],
    ['read one day and failed at another', { read: true, failed: true }, false],
    ['read nothing and failed', { read: false, failed: true }, true],
  ])('with one that %s', async (_, result, isFailed) => {
    const store = new MemoryStore();
    await ended(store, result);

    expect((await onlyFailedRuns(store)) !== undefined).toBe(isFailed);
  });

  it('are none with a stored event, even of a stream without the record of a run', async () => {
    const store = new MemoryStore();
    await writeFailedStart(store, 'acme', 'operation', REFUSED, ENDED);
    await store.create('raw/activity/source=acme/dt=2026-11-18/x.json.gz', Buffer.from(''));

    expect(await onlyFailedRuns(store)).toBeUndefined();
  });
});
