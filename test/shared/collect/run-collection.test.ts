import { describe, expect, it } from '@jest/globals';
import type { SliceOutcome } from '../../../shared/collect/collect-slice.ts';
import { readWatermark } from '../../../shared/collect/ledger/watermark.ts';
import type { PlannedListing, Purpose } from '../../../shared/collect/plan.ts';
import type { Page, Reports } from '../../../shared/collect/ports.ts';
import {
  type CollectionContext,
  type PlannedRun,
  reportBackfilled,
  runCollection,
} from '../../../shared/collect/run-collection.ts';
import { readUse } from '../../../shared/collect/state/daily-budget.ts';
import { readLastRun } from '../../../shared/collect/state/last-run.ts';
import { accountOf, pinAccount } from '../../../shared/collect/state/pinned-account.ts';
import { readPollingSince } from '../../../shared/collect/state/polling-since.ts';
import { writeSliceState } from '../../../shared/collect/state/slice-state.ts';
import { writeJson } from '../../../shared/collect/state/state-file.ts';
import { budgetKey, pollingKey } from '../../../shared/contract/object-keys.ts';
import { ConfigurationError, RateLimitedError } from '../../../shared/errors.ts';
import { toListedRow } from '../../../shared/model/listed-row.ts';
import type { Slice } from '../../../shared/model/slice.ts';
import { aCollector, aSlice, day, never } from '../../support/builders/collector.ts';
import { anOperation, aSignIn } from '../../support/builders/rows.ts';
import { aSliceState, wholeAt } from '../../support/builders/slice-states.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';

const TODAY = day('2026-11-18');
const SOURCE = 'quillmere';
const ACCOUNT = 'Sim-Account-000000000001';
const START = '2026-11-18T12:00:00.400Z';

/** A Zoom with rows by stream and day: each listing takes a time and counts its requests. */
class CountedReports implements Reports {
  readonly client = {
    requests: 100,
    errorCounts: { throttled: 10, failed: 20 },
    quota: undefined as CollectionContext['client']['quota'],
  };
  readonly requested: string[] = [];
  readonly #clock: SettableClock;
  rows: Readonly<Record<string, readonly unknown[]>> = {};
  /** What each listing takes, in milliseconds. */
  takes = 1000;
  failure: Error | undefined;

  constructor(clock: SettableClock) {
    this.#clock = clock;
  }

  async *pages(
    { stream, day: on }: Slice,
    _signal: AbortSignal,
    beforeRequest?: Parameters<Reports['pages']>[2],
  ): AsyncGenerator<Page, void, undefined> {
    await beforeRequest?.(() => undefined);
    this.client.requests += 1;
    const { throttled, failed } = this.client.errorCounts;
    this.client.errorCounts = { throttled: throttled + 2, failed: failed + 3 };
    this.requested.push(`${stream} ${on}`);
    await this.#clock.sleep(this.takes);
    if (this.failure) throw this.failure;
    yield { index: 0, rows: (this.rows[`${stream} ${on}`] ?? []).map(toListedRow), last: true };
  }
}

/** An audit log that keeps its calls. */
const aRecordingAudit = () => {
  const calls: unknown[][] = [];
  const keep =
    (name: string) =>
    (outcomes: readonly SliceOutcome[], now: Date): Promise<void> => {
      calls.push([name, outcomes.map(({ slice }) => `${slice.stream} ${slice.day}`), now.toISOString()]);
      return Promise.resolve();
    };
  const audit: CollectionContext['audit'] = {
    seen: keep('seen'),
    rejected: keep('rejected'),
    onNotice: ({ kind, slice }) => Promise.resolve(void calls.push(['notice', kind, slice.day])),
    filled: (from, filled, now) => {
      calls.push(['filled', from, filled, now.toISOString()]);
      return Promise.resolve(true);
    },
    takeFailures: () => ['The disk is full.'],
  };
  return { audit, calls };
};

const listing = (fields: Partial<Slice> = {}, purpose: Purpose = 'whole', requests = 1): PlannedListing => ({
  slice: aSlice({ day: TODAY, ...fields }),
  listing: 'whole',
  purpose,
  requests,
});

const aWorld = (fields: Partial<CollectionContext> = {}) => {
  const store = new MemoryStore();
  const clock = new SettableClock();
  const reports = new CountedReports(clock);
  const { audit, calls } = aRecordingAudit();
  const authorized: AbortSignal[] = [];
  const context: CollectionContext = {
    source: SOURCE,
    streams: ['operation', 'activity'],
    lookbackDays: 3,
    requestsPerDay: 1000,
    concurrency: 1,
    collector: aCollector(store, reports, { clock }),
    authorize: (signal) => Promise.resolve(authorized.push(signal)),
    client: reports.client,
    audit,
    assessParsing: () => undefined,
    ...fields,
  };
  const run = (
    listings: readonly PlannedListing[],
    { name = 'poll', since }: Partial<Pick<PlannedRun, 'name' | 'since'>> = {},
    observer?: Parameters<typeof runCollection>[3],
  ) => runCollection(context, { name, listings, since }, never, observer);
  return { store, clock, reports, context, calls, authorized, run };
};

const dayOf = ({ slice }: { readonly slice: Slice }): string => `${slice.stream} ${slice.day}`;

describe('a run', () => {
  it('delivers the planned slices, and reports what they cost', async () => {
    const { reports, run, authorized, store } = aWorld();
    reports.rows = { 'operation 2026-11-18': [anOperation()], 'activity 2026-11-18': [aSignIn()] };
    const done: string[] = [];

    const report = await run(
      [listing(), listing({ stream: 'activity' })],
      {},
      {
        sliceDone: (outcome) => void done.push(dayOf(outcome)),
      },
    );

    expect(report.outcomes.map(dayOf)).toEqual(['operation 2026-11-18', 'activity 2026-11-18']);
    expect(report.outcomes.map(({ delivered }) => delivered)).toEqual([1, 1]);
    expect(done).toEqual(['operation 2026-11-18', 'activity 2026-11-18']);
    expect(report).toMatchObject({ missing: [], deferred: [], notices: [], unreadable: [], notParsing: [] });
    expect(report.cost).toEqual({ requests: 2, throttled: 4, failed: 6, milliseconds: 2000 });
    expect(report.auditFailures).toEqual(['The disk is full.']);
    expect(authorized).toEqual([never]);
    expect(await accountOf(store, SOURCE)).toBe(ACCOUNT);
  });

  it('counts its requests of the day, and reserves those that it expects in one step', async () => {
    const { context, clock } = aWorld();
    const store = new MemoryStore();
    const listings = [listing({}, 'whole', 3), listing({ stream: 'activity' }, 'whole', 4)];
    const reserved: number[] = [];
    const readReserved = async () =>
      void reserved.push((await readUse(store, SOURCE, clock.now())).requestsToday);
    const reports: Reports = {
      async *pages(_slice, _signal, beforeRequest) {
        await beforeRequest?.(() => undefined);
        await readReserved();
        yield { index: 0, rows: [], last: true };
      },
    };

    const collector = { ...context.collector, store, reports };
    await runCollection({ ...context, collector }, { name: 'poll', listings, since: undefined }, never);
    await readReserved();

    expect(reserved).toEqual([7, 7, 2]);
  });

  it('passes what it delivered to the audit log, also what a failure then stopped', async () => {
    const { reports, run, calls } = aWorld();
    const rows = [anOperation()].map(toListedRow);
    let listings = 0;
    reports.pages = async function* () {
      await Promise.resolve();
      listings += 1;
      yield { index: 0, rows, last: listings === 1 };
      if (listings > 1) throw new Error('The disk is full.');
    };

    const report = await run([listing(), listing({ day: day('2026-11-17') })]);

    expect(report.partial.map(dayOf)).toEqual(['operation 2026-11-17']);
    const days = ['operation 2026-11-18', 'operation 2026-11-17'];
    expect(calls).toEqual([
      ['seen', days, START],
      ['rejected', days, START],
    ]);
  });

  it('records its end for each stream', async () => {
    const { reports, run, store } = aWorld();
    reports.rows = { 'operation 2026-11-18': [anOperation()] };

    await run([listing(), listing({ stream: 'activity' })], { name: 'collect' });

    const ended = { run: 'collect', endedAt: '2026-11-18T12:00:02.400Z', slices: 1, missing: 0 };
    expect(await readLastRun(store, SOURCE, 'operation')).toMatchObject({ ...ended, delivered: 1 });
    expect(await readLastRun(store, SOURCE, 'activity')).toMatchObject({ ...ended, delivered: 0 });
  });

  it('with refused credentials links the source to no account, and collects nothing', async () => {
    const refused = new ConfigurationError('credentials-wrong', 'Zoom refused the credentials.');
    const { run, store, reports } = aWorld({ authorize: () => Promise.reject(refused) });

    const report = await run([listing()]);

    expect(report.missing.map(({ reason }) => reason)).toEqual(['credentials-wrong']);
    expect(reports.requested).toEqual([]);
    expect(await accountOf(store, SOURCE)).toBeUndefined();
  });

  it('with the credentials of another account collects nothing', async () => {
    const { run, store, reports } = aWorld();
    await pinAccount(store, SOURCE, 'Sim-Account-000000000002');

    const report = await run([listing()]);

    expect(report.missing.map(({ reason }) => reason)).toEqual(['another-account']);
    expect(reports.requested).toEqual([]);
  });

  it('requests nothing while Zoom accepts no requests, not even a token', async () => {
    const { run, store, reports, authorized } = aWorld();
    const parkedUntil = '2026-11-19T00:00:00.000Z';
    await writeJson(store, budgetKey(SOURCE), { day: TODAY, used: 5, parkedUntil });

    const report = await run([listing()]);

    expect(report.missing.map(({ reason }) => reason)).toEqual(['rate-limited']);
    expect(report.parkedUntil).toEqual(new Date(parkedUntil));
    expect([reports.requested, authorized]).toEqual([[], []]);
  });

  it('stores until when Zoom accepts no requests', async () => {
    const { run, store, reports, clock } = aWorld();
    const until = new Date('2026-11-19T00:00:00Z');
    reports.failure = new RateLimitedError(until, 'The daily limit is used up.');

    await run([listing()]);

    expect((await readUse(store, SOURCE, clock.now())).parkedUntil).toBe(until.toISOString());
  });
});

describe('the budget of a run', () => {
  it('defers the listings for which it does not suffice', async () => {
    const { run, reports } = aWorld({ requestsPerDay: 10 });

    const report = await run([listing({}, 'whole', 11), listing({ stream: 'activity' }, 'whole', 10)]);

    expect(report.deferred.map(({ stream }) => stream)).toEqual(['operation']);
    expect(reports.requested).toEqual(['activity 2026-11-18']);
  });

  it('counts each request by its purpose: earlier days may use a part of it', async () => {
    const { run, store } = aWorld({ requestsPerDay: 10 });
    await writeJson(store, budgetKey(SOURCE), { day: TODAY, used: 6 });

    const report = await run([
      listing({ day: day('2026-11-10') }, 'catch-up'),
      listing({ day: day('2026-11-09') }, 'catch-up'),
      listing(),
    ]);

    expect(report.deferred.map((slice) => slice.day)).toEqual(['2026-11-09']);
    expect(report.outcomes.map(dayOf)).toEqual(['operation 2026-11-10', 'operation 2026-11-18']);
  });

  it('defers the listing whose first request another one has used', async () => {
    const { run } = aWorld({ requestsPerDay: 1, concurrency: 2 });

    const report = await run([listing(), listing({ stream: 'activity' })]);

    expect(report.outcomes.map(dayOf)).toEqual(['operation 2026-11-18']);
    expect(report.deferred.map(({ stream }) => stream)).toEqual(['activity']);
    expect(report.missing).toEqual([]);
  });

  it('has the quota of the account from the latest response of Zoom', async () => {
    const { run, reports } = aWorld();
    reports.client.quota = { limit: 1000, remaining: 199 };

    const report = await run([listing({ day: day('2026-11-10') }, 'catch-up'), listing()]);

    expect(report.deferred.map((slice) => slice.day)).toEqual(['2026-11-10']);
    expect(report.outcomes.map(dayOf)).toEqual(['operation 2026-11-18']);
  });
});

describe('the time of a run', () => {
  const backfill = [
    listing({ day: day('2026-11-10') }, 'catch-up'),
    listing({ day: day('2026-11-09') }, 'confirm'),
    listing(),
  ];

  it.each([
    ['of a poll that takes three minutes', 'poll', 180_000, 3],
    ['of a poll that takes longer, and only for the live days', 'poll', 180_001, 2],
    ['of a requested collection that takes longer', 'collect', 180_001, 3],
  ] as const)('suffices for a back-fill: %s', async (_, name, takes, read) => {
    const { run, reports } = aWorld();
    reports.takes = takes;

    const report = await run(backfill, { name });

    expect(report.outcomes).toHaveLength(read);
    expect(report.deferred.map((slice) => slice.day)).toEqual(read < 3 ? ['2026-11-09'] : []);
  });
});

describe('what a run publishes', () => {
  it('are the claims of each stream that was ever read, with when its newest rows were requested', async () => {
    const { run, store } = aWorld();

    await run([listing(), listing({ stream: 'activity', day: day('2026-11-17') })]);

    expect(await readWatermark(store, SOURCE)).toEqual({
      source: SOURCE,
      generated_at: '2026-11-18T12:00:02.400Z',
      streams: { operation: { best_effort_up_to: START, gaps: [] }, activity: { gaps: [] } },
    });
  });

  it('keeps when the newest rows were last requested, and the claims of streams that are not run', async () => {
    const { run, store, clock, context } = aWorld();
    await run([listing(), listing({ stream: 'activity' })]);
    await clock.sleep(3_600_000);

    const only = { ...context, streams: ['operation'] as const };
    await runCollection(
      only,
      { name: 'poll', listings: [listing({ day: day('2026-11-17') })], since: undefined },
      never,
    );

    expect((await readWatermark(store, SOURCE))?.streams).toEqual({
      operation: { best_effort_up_to: START, gaps: [] },
      activity: { best_effort_up_to: START, gaps: [] },
    });
  });

  it('has no time of the newest rows of a stream that joins with an earlier day', async () => {
    const { run, store } = aWorld();
    await run([listing()]);

    await run([listing({ stream: 'activity', day: day('2026-11-17') })]);

    expect((await readWatermark(store, SOURCE))?.streams).toEqual({
      operation: { best_effort_up_to: START, gaps: [] },
      activity: { gaps: [] },
    });
  });

  it('is nothing before any day was read', async () => {
    const { run, store, reports, calls } = aWorld();
    reports.failure = new Error('Zoom is gone.');

    await run([listing()], { since: day('2026-11-01') });

    expect(await readWatermark(store, SOURCE)).toBeUndefined();
    expect(calls.filter(([name]) => name === 'notice')).toEqual([]);
  });

  it('has no newer rows if the budget stopped the listing of today', async () => {
    const { run, reports, store } = aWorld({ requestsPerDay: 1 });
    const rows = [anOperation()].map(toListedRow);
    reports.pages = async function* (_slice, _signal, beforeRequest) {
      await beforeRequest?.(() => undefined);
      yield { index: 0, rows, last: false };
      await beforeRequest?.(() => undefined);
    };

    const report = await run([listing()]);

    expect(report.outcomes.map(({ cutShort }) => cutShort)).toEqual([true]);
    expect(report.deferred).toEqual([aSlice({ day: TODAY })]);
    expect((await readWatermark(store, SOURCE))?.streams).toEqual({ operation: { gaps: [] } });
  });

  it('closes the days that are due since the first day of polling, with their notices', async () => {
    const { run, store, calls } = aWorld();
    // Zoom keeps days for six months: the first day was deleted before it was read whole.
    await writeSliceState(
      store,
      aSlice({ day: day('2026-11-10') }),
      aSliceState(wholeAt(START)),
      new Date(START),
    );

    const report = await run([], { since: day('2026-05-01') });

    expect(report.notices.length).toBeGreaterThan(0);
    expect(report.notices[0]).toMatchObject({
      kind: 'gap',
      slice: { stream: 'operation', day: '2026-05-01' },
    });
    expect(calls.filter(([name]) => name === 'notice')).toEqual(
      report.notices.map(({ kind, slice }) => ['notice', kind, slice.day]),
    );
    expect((await readWatermark(store, SOURCE))?.streams.operation?.gaps[0]).toMatchObject({
      from: '2026-05-01',
    });
  });

  it.each([
    [3, '2026-11-14'],
    [5, undefined],
  ])('closes a day after the lookback: %d days', async (lookbackDays, closed) => {
    const { run, store } = aWorld({ lookbackDays });
    await writeSliceState(
      store,
      aSlice({ day: day('2026-11-14') }),
      aSliceState({ objects: 0, rows: 0, ...wholeAt('2026-11-18T11:00:00.000Z') }),
      new Date(START),
    );

    await run([]);

    expect((await readWatermark(store, SOURCE))?.streams.operation?.closed_up_to).toBe(closed);
  });
});

describe('the rows that a run could not parse', () => {
  const bad = { ...anOperation(), time: 'yesterday' };
  const unread = async (name: 'poll' | 'collect', listings: readonly PlannedListing[]) => {
    const assessed: unknown[] = [];
    const world = aWorld({
      assessParsing: (states, unreadable, now) => {
        assessed.push([[...states.keys()], unreadable?.rows, now.toISOString()]);
        return unreadable && { because: 'Rows have no time', from: unreadable.from, to: unreadable.to };
      },
    });
    world.reports.rows = { 'operation 2026-11-18': [bad] };
    await world.run([listing()]);
    assessed.length = 0;
    return { report: await world.run(listings, { name }), assessed };
  };

  const SHOWN = {
    unreadable: [{ stream: 'operation', rows: 1, from: '2026-11-18', to: '2026-11-18' }],
    notParsing: [{ stream: 'operation', because: 'Rows have no time', from: '2026-11-18', to: '2026-11-18' }],
  };

  it('are in the report of every poll', async () => {
    const { report, assessed } = await unread('poll', []);

    expect(report).toMatchObject(SHOWN);
    expect(report.notParsing).toEqual(SHOWN.notParsing);
    expect(assessed).toEqual([[['2026-11-18'], 1, '2026-11-18T12:00:01.400Z']]);
  });

  it('are in the report of a collection that was requested for their days, among others', async () => {
    const others = [listing({ day: day('2026-11-17') }), listing({ stream: 'activity' })];
    const { report } = await unread('collect', [...others, listing()]);

    expect(report).toMatchObject(SHOWN);
  });

  it.each([
    ['another stream', listing({ stream: 'activity' })],
    ['an earlier day', listing({ day: day('2026-11-17') })],
    ['a later day', listing({ day: day('2026-11-19') })],
  ])('are not in the report of a collection of %s', async (_, other) => {
    const { report } = await unread('collect', [other]);

    expect(report).toMatchObject({ unreadable: [], notParsing: [] });
  });
});

describe('the report that a back-fill is complete', () => {
  const since = day('2026-11-01');
  const now = new Date('2026-11-18T12:00:00Z');
  const FILLED = [
    { stream: 'operation', days: 18, events: 4 },
    { stream: 'activity', days: 18, events: 9 },
  ] as const;

  it('is a line of the audit log, and the time is stored', async () => {
    const { context, store, calls } = aWorld();

    await reportBackfilled(context, since, FILLED, now);

    expect(calls).toEqual([['filled', since, FILLED, now.toISOString()]]);
    expect(await readPollingSince(store, SOURCE)).toBe(since);
    expect(JSON.parse(String(await store.read(pollingKey(SOURCE))))).toEqual({
      since,
      filledAt: now.toISOString(),
    });
  });

  it('is not made while a stream has days missing', async () => {
    const { context, store, calls } = aWorld();

    await reportBackfilled(context, since, [FILLED[0], undefined], now);

    expect([calls, await store.list('')]).toEqual([[], []]);
  });

  it('is made again by the next run if the line could not be written', async () => {
    const { context, store } = aWorld();
    const audit = { ...context.audit, filled: () => Promise.resolve(false) };

    await reportBackfilled({ ...context, audit }, since, FILLED, now);

    expect(await store.list('')).toEqual([]);
  });
});
