import { describe, expect, it } from '@jest/globals';
import { collectSlice } from '../../../shared/collect/collect-slice.ts';
import { budgetKey } from '../../../shared/contract/object-keys.ts';
import { type RunRecord, writeRunRecord } from '../../../shared/collect/run-record.ts';
import { pinAccount } from '../../../shared/collect/state/pinned-account.ts';
import { readSliceState, writeSliceState } from '../../../shared/collect/state/slice-state.ts';
import { writeJson } from '../../../shared/collect/state/state-file.ts';
import { readSourceStatus, readStatus } from '../../../shared/collect/stream-status.ts';
import { latestEventTime } from '../../../shared/model/event-time.ts';
import { dayOf } from '../../../shared/model/day.ts';
import { aCollector, aSlice, day, never } from '../../support/builders/collector.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';
import { ListedReports } from '../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { RecordingStore } from '../../support/doubles/recording-store.ts';
import { anOperation, aSignIn } from '../../support/builders/rows.ts';

const NOW = new Date('2026-11-18T12:00:00Z');

const at = (time: string, name = 'x') => anOperation({ time, operation_detail: `Add Group ${name}` });

const collected = async (): Promise<RecordingStore> => {
  const store = new RecordingStore();
  await pinAccount(store, 'quillmere', 'Sim-Account-000000000001');
  const collect = (slice: Parameters<typeof aSlice>[0], rows: unknown[]) =>
    collectSlice(aCollector(store, new ListedReports(rows, 300)), aSlice(slice), 'whole', never);
  await collect({ day: day('2026-11-18') }, [
    at('2026-11-18T09:00:00Z'),
    at('2026-11-18T08:00:00Z'),
    'no row',
  ]);
  await collect({ day: day('2026-11-10') }, [at('2026-11-10T23:00:00Z')]);
  await collect({ stream: 'activity' }, [aSignIn({ time: '2026-11-18T08:30:00Z' })]);
  await writeJson(store, budgetKey('quillmere'), { day: dayOf(NOW), used: 7 });
  return store;
};

const OPERATION = {
  source: 'quillmere',
  stream: 'operation',
  newestEvent: '2026-11-18T09:00:00.000Z',
  events: 3,
  rejected: 1,
  objects: 2,
  firstDay: '2026-11-10',
  lastDay: '2026-11-18',
  days: 2,
  openDays: ['2026-11-18'],
  held: 0,
  vanished: 0,
  requestsToday: 7,
  parkedUntil: undefined,
  lastRun: undefined,
  watermark: undefined,
};

describe('the status of a stream', () => {
  it('is the sum of its objects', async () => {
    const [operation, activity, ...others] = await readStatus(await collected(), NOW, 3);

    expect(operation).toMatchObject(OPERATION);
    expect(activity).toMatchObject({ stream: 'activity', events: 1, days: 1, rejected: 0 });
    expect(others).toEqual([]);
  });

  it('is the same from only the log', async () => {
    const store = await collected();
    for (const { key } of await store.list('_state/slices/')) store.remove(key);

    expect((await readStatus(store, NOW, 3))[0]).toMatchObject({ ...OPERATION, lateness: undefined });
  });

  it('is that of all its days, with any other files among them', async () => {
    const store = await collected();
    for (const [on, rows] of [
      ['2026-11-19', [at('2026-11-19T07:00:00Z')]],
      ['2026-11-20', ['no row']],
    ] as const) {
      const clock = new SettableClock();
      clock.time = new Date(`${on}T23:00:00Z`);
      const collector = aCollector(store, new ListedReports(rows, 300), { clock });
      await collectSlice(collector, aSlice({ day: day(on) }), 'whole', never);
    }
    await store.replace('raw/operation/source=quillmere/notes.txt', Buffer.from('mine'));

    expect((await readStatus(store, new Date('2026-11-20T23:30:00Z'), 3))[0]).toMatchObject({
      newestEvent: '2026-11-19T07:00:00.000Z',
      firstDay: '2026-11-10',
      lastDay: '2026-11-20',
      days: 4,
    });
  });

  it('does not report a row from the future as the newest event, and still has the newest event', async () => {
    const store = await collected();
    const rows = [at('2030-01-01T00:00:00Z'), at('2026-11-18T11:00:00Z'), at('2026-11-18T13:00:01Z')];

    await collectSlice(aCollector(store, new ListedReports(rows, 300)), aSlice(), 'whole', never);

    expect((await readStatus(store, NOW, 3))[0]?.newestEvent).toBe('2026-11-18T11:00:00.000Z');
    expect((await readStatus(store, new Date('2030-06-01T00:00:00Z'), 3))[0]?.newestEvent).toBe(
      '2026-11-18T11:00:00.000Z',
    );
  });

  it('does not report a row from the future as the newest event if an older release stored it so', async () => {
    const store = await collected();
    const state = await readSliceState(store, aSlice());
    if (state) await writeSliceState(store, aSlice(), { ...state, newest: '2030-01-01T00:00:00.000Z' }, NOW);

    expect((await readStatus(store, NOW, 3))[0]?.newestEvent).toBe('2026-11-10T23:00:00.000Z');
  });

  it('has the newest of all events up to the latest possible time', async () => {
    const store = await collected();
    const [latest, later] = ['2026-11-18T12:59:59.999Z', '2026-11-18T13:00:00.000Z'];
    const state = await readSliceState(store, aSlice());
    const newestAt = async (now: Date, newest: string) => {
      if (state) await writeSliceState(store, aSlice(), { ...state, newest }, NOW);
      return (await readStatus(store, now, 3))[0]?.newestEvent;
    };

    expect(latestEventTime(NOW)).toBe(later);
    expect(await newestAt(NOW, latest)).toBe(latest);
    expect(await newestAt(NOW, later)).toBe(later);
    expect(await newestAt(new Date(NOW.getTime() - 1), later)).toBe('2026-11-10T23:00:00.000Z');
  });

  it('has the events from the future of all days until their time has come', async () => {
    const store = new MemoryStore();
    await pinAccount(store, 'quillmere', 'Sim-Account-000000000001');
    const collect = (on: string, rows: unknown[]) =>
      collectSlice(aCollector(store, new ListedReports(rows, 300)), aSlice({ day: day(on) }), 'whole', never);
    await collect('2026-11-18', [
      at('2030-01-02T00:00:00Z'),
      at('2030-01-01T00:00:00Z'),
      at('2026-11-18T09:00:00Z'),
    ]);
    await collect('2026-11-17', [at('2026-11-19T00:00:00Z')]);
    await collect('2026-11-16', [at('2026-11-16T00:00:00Z')]);
    const futureAt = async (now: string) => (await readStatus(store, new Date(now), 3))[0]?.futureEvents;

    const far = { rows: 2, first: '2030-01-01T00:00:00.000Z', last: '2030-01-02T00:00:00.000Z' };
    expect(await futureAt('2026-11-18T12:00:00Z')).toEqual({
      ...far,
      rows: 3,
      first: '2026-11-19T00:00:00.000Z',
    });
    expect(await futureAt('2026-11-18T22:59:59.999Z')).toMatchObject({ rows: 3 });
    expect(await futureAt('2026-11-18T23:00:00Z')).toEqual(far);
    expect(await futureAt('2030-01-03T00:00:00Z')).toBeUndefined();
  });

  it.each<[string, Partial<RunRecord>, boolean]>([
    ['a run that left no end, of the stream', {}, true],
    ['a run that left no end, of another stream', { streams: ['activity'] }, false],
    ['a run that has ended', { endedAt: '2026-11-18T11:56:00.000Z' }, false],
  ])('names as unfinished, or not: %s', async (_, fields, isNamed) => {
    const store = await collected();
    const record: RunRecord = {
      run: 'poll',
      streams: ['operation'],
      beganAt: '2026-11-18T11:55:00.000Z',
      host: 'collector-1',
      pid: 4711,
    };
    await writeRunRecord(store, 'quillmere', { ...record, ...fields });

    expect((await readStatus(store, NOW, 3))[0]?.unfinishedRun).toEqual(isNamed ? record : undefined);
  });

  it('does not read a log if its small state is up to date', async () => {
    const store = await collected();
    store.forget();

    await readStatus(store, NOW, 3);

    expect(store.lists.filter((prefix) => prefix.includes('/dt='))).toEqual([]);
    expect(store.reads.filter((key) => key.endsWith('manifest'))).toEqual([]);
  });

  it('is empty for a source that was never collected from', async () => {
    expect(await readSourceStatus(new MemoryStore(), 'acme', ['activity'], NOW, 3)).toEqual([
      {
        ...OPERATION,
        source: 'acme',
        stream: 'activity',
        newestEvent: undefined,
        events: 0,
        rejected: 0,
        objects: 0,
        firstDay: undefined,
        lastDay: undefined,
        days: 0,
        openDays: [],
        requestsToday: 0,
        lateness: undefined,
      },
    ]);
  });
});
