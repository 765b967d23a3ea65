import { describe, expect, it } from '@jest/globals';
import { writeFailedStart, writeLastRun } from '../../../shared/collect/state/last-run.ts';
import { budgetKey, lastRunKey, sliceStateKey, watermarkKey } from '../../../shared/contract/object-keys.ts';
import { pollingSince } from '../../../shared/collect/state/polling-since.ts';
import { type SliceState, writeSliceState } from '../../../shared/collect/state/slice-state.ts';
import { readSliceStates } from '../../../shared/collect/state/slice-states.ts';
import { writeJson } from '../../../shared/collect/state/state-file.ts';
import { writeWatermark } from '../../../shared/collect/ledger/watermark.ts';
import { ConfigurationError, UpstreamError } from '../../../shared/errors.ts';
import { silenceMs } from '../../../shared/health/silence.ts';
import type { SourceObservations, StreamObservations } from '../../../shared/health/observations.ts';
import { STREAM_NAMES } from '../../../shared/model/stream.ts';
import { readObservations } from '../../../shared/monitor/read-observations.ts';
import { aSlice, day } from '../../support/builders/collector.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { anOutcome } from '../../support/builders/outcomes.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const TODAY = aSlice({ source: 'acme', day: day('2026-11-20') });
const YESTERDAY = aSlice({ source: 'acme', day: day('2026-11-19') });

const MONITORED = { source: 'acme', streams: STREAM_NAMES, watchedSince: new Date('2026-11-01T00:00:00Z') };

const aState = (fields: Partial<SliceState> = {}): SliceState => ({
  openedAt: NOW.toISOString(),
  objects: 1,
  rows: 4,
  rejected: 0,
  dayMismatch: 0,
  newest: '2026-11-20T09:00:00Z',
  held: 0,
  vanished: 0,
  pagesRead: 1,
  lateness: Array<number>(17).fill(0),
  ...fields,
});

const observationsOf = (store: MemoryStore): Promise<SourceObservations> =>
  readObservations(store, MONITORED, NOW);

const operation = async (store: MemoryStore): Promise<StreamObservations | undefined> =>
  (await observationsOf(store)).streams.find(({ stream }) => stream === 'operation');

const NOTHING = {
  polling: undefined,
  newestEvent: undefined,
  unreadable: undefined,
  closedUpTo: undefined,
  completeUpTo: undefined,
};

/** All that runs leave behind. */
const aLivedInStore = async (): Promise<MemoryStore> => {
  const store = new MemoryStore();
  await writeSliceState(store, YESTERDAY, aState({ newest: '2026-11-19T18:00:00Z' }), NOW);
  await writeSliceState(store, TODAY, aState(), NOW);
  await writeLastRun(
    store,
    'acme',
    'operation',
    'poll',
    { outcomes: [anOutcome()], partial: [], missing: [], deferred: [] },
    new Date('2026-11-20T11:50:00Z'),
  );
  const error = { day: TODAY.day, reason: 'scope-missing', message: 'No.' };
  await writeFailedStart(store, 'acme', 'operation', error, new Date('2026-11-20T11:55:00Z'));
  await pollingSince(store, 'acme', day('2026-08-01'));
  await writeJson(store, budgetKey('acme'), {
    day: TODAY.day,
    used: 812,
    parkedUntil: '2026-11-21T00:00:00.000Z',
  });
  const claims = { gaps: [], closed_up_to: day('2026-11-16'), complete_up_to: day('2026-11-09') };
  await writeWatermark(store, 'acme', { operation: claims }, NOW);
  return store;
};

describe('the observations of a source', () => {
  it('are what its runs left behind', async () => {
    const { streams, ...observations } = await observationsOf(await aLivedInStore());

    expect(observations).toEqual({
      source: 'acme',
      watchedSince: MONITORED.watchedSince,
      pollingSince: '2026-08-01',
      requestsToday: 812,
      parkedUntil: new Date('2026-11-21T00:00:00Z'),
      unreadable: undefined,
      lastFailure: undefined,
    });
    const [read, unread] = ['operation', 'activity'].map((name) =>
      streams.find(({ stream }) => stream === name),
    );
    expect(read).toMatchObject({
      polling: {
        firstAt: new Date('2026-11-20T11:50:00Z'),
        endedAt: new Date('2026-11-20T11:55:00Z'),
        firstReadAt: new Date('2026-11-20T11:50:00Z'),
        readAt: new Date('2026-11-20T11:50:00Z'),
        failing: { reason: 'scope-missing', message: 'No.', since: new Date('2026-11-20T11:55:00Z') },
        everyMs: 300_000,
      },
      newestEvent: new Date('2026-11-20T09:00:00Z'),
      closedUpTo: '2026-11-16',
      completeUpTo: '2026-11-09',
    });
    expect(unread).toEqual({ stream: 'activity', ...NOTHING, days: new Map() });
  });

  it('have the rows of a day, their hours, how they were parsed, and whether the day was ever read', async () => {
    const store = new MemoryStore();
    const byHour = Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 4 : 0));
    const whole = { beganAt: NOW.toISOString(), endedAt: NOW.toISOString(), pages: 1, rows: 4, order: '' };
    const details = { full: 1, likely: 1, partial: 1, none: 1 };
    await writeSliceState(
      store,
      TODAY,
      aState({ byHour, details, held: 2, rejected: 1, lastWhole: whole }),
      NOW,
    );
    await writeSliceState(store, YESTERDAY, aState(), NOW);

    const days = (await operation(store))?.days;

    expect([days?.get(TODAY.day), days?.get(YESTERDAY.day)]).toEqual([
      { rows: 4, byHour, details: { read: 3, unread: 1 }, rejected: 1, held: 2, wasRead: true },
      { rows: 4, byHour: undefined, details: undefined, rejected: 0, held: 0, wasRead: false },
    ]);
  });

  it.each([
    ['an hour ahead, as clocks may be', '2026-11-20T12:59:59Z', '2026-11-20T12:59:59Z'],
    ['further ahead', '2026-11-20T13:00:01Z', '2026-11-19T18:00:00Z'],
    ['years ahead', '2031-01-01T00:00:00Z', '2026-11-19T18:00:00Z'],
  ])('do not let a row from the future hide a silence: one that is %s', async (_, newest, expected) => {
    const store = new MemoryStore();
    await writeSliceState(store, YESTERDAY, aState({ newest: '2026-11-19T18:00:00Z' }), NOW);
    await writeSliceState(store, TODAY, aState({ newest }), NOW);

    const newestEvent = (await operation(store))?.newestEvent;

    expect(newestEvent).toEqual(new Date(expected));
    expect(silenceMs(newestEvent ?? NOW, NOW, [])).toBe(
      Math.max(0, NOW.getTime() - new Date(expected).getTime()),
    );
  });

  it('of a store in which nothing is are none, and that is no failure', async () => {
    expect(await observationsOf(new MemoryStore())).toEqual({
      source: 'acme',
      watchedSince: MONITORED.watchedSince,
      streams: STREAM_NAMES.map((stream) => ({ stream, ...NOTHING, days: new Map() })),
      pollingSince: undefined,
      requestsToday: 0,
      parkedUntil: undefined,
      unreadable: undefined,
      lastFailure: undefined,
    });
  });

  it.each([
    ['the last run', lastRunKey(TODAY), { polling: undefined }],
    ['the watermark', watermarkKey('acme'), { closedUpTo: undefined, completeUpTo: undefined }],
    ['the state of a day', sliceStateKey(TODAY), { newestEvent: new Date('2026-11-19T18:00:00Z') }],
  ])('lack what can’t be read, and keep the rest: %s', async (_, key, expected) => {
    for (const damage of ['', '{', 'null', '{"polling":7}', '\u0000']) {
      const store = await aLivedInStore();
      const whole = await operation(store);
      await store.replace(key, Buffer.from(damage));

      const observations = await observationsOf(store);

      expect(observations.unreadable).toBeUndefined();
      const days = key === sliceStateKey(TODAY) ? new Map([...(whole?.days ?? [])].slice(0, 1)) : whole?.days;
      expect(observations.streams.find(({ stream }) => stream === 'operation')).toEqual({
        ...whole,
        days,
        ...expected,
      });
    }
  });

  it('count no requests if their number is not readable', async () => {
    const store = await aLivedInStore();
    await store.replace(budgetKey('acme'), Buffer.from('{"used":'));

    expect(await observationsOf(store)).toMatchObject({ requestsToday: 0, parkedUntil: undefined });
  });

  it('change nothing in the store', async () => {
    const store = await aLivedInStore();
    await readSliceStates(store, 'acme', 'operation');
    await writeSliceState(store, TODAY, aState({ rows: 5 }), NOW);
    const before = await store.list('');

    await observationsOf(store);

    expect(await store.list('')).toEqual(before);
  });

  it('of a bucket that may not be read are that, with the reason', async () => {
    const store = await aLivedInStore();
    store.list = () => Promise.reject(new ConfigurationError('aws-denied', 'AWS denied s3:ListBucket.'));

    expect(await observationsOf(store)).toEqual({
      source: 'acme',
      watchedSince: MONITORED.watchedSince,
      streams: STREAM_NAMES.map((stream) => ({ stream, ...NOTHING, days: new Map() })),
      pollingSince: undefined,
      requestsToday: 0,
      parkedUntil: undefined,
      unreadable: { reason: 'aws-denied', message: 'AWS denied s3:ListBucket.' },
      lastFailure: undefined,
    });
  });

  it('are not made up where the store fails for another reason', async () => {
    const store = await aLivedInStore();
    store.read = () => Promise.reject(new UpstreamError('The network is gone.'));

    await expect(observationsOf(store)).rejects.toThrow('The network is gone.');
  });
});
