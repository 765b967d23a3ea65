import { describe, expect, it } from '@jest/globals';
import { collectSlice, type ListingKind } from '../../../shared/collect/collect-slice.ts';
import { type AdmissionControl, collectSlices } from '../../../shared/collect/collect-slices.ts';
import type { PlannedListing } from '../../../shared/collect/plan.ts';
import type { Page, Reports } from '../../../shared/collect/ports.ts';
import { ConfigurationError, RateLimitedError, UpstreamError } from '../../../shared/errors.ts';
import { addDays } from '../../../shared/model/day.ts';
import type { Slice } from '../../../shared/model/slice.ts';
import { aCollector, aSlice, never } from '../../support/builders/collector.ts';
import { ListedReports } from '../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { anOperation } from '../../support/builders/rows.ts';

const LATER = new Date('2026-11-19T00:00:00Z');

/** A Zoom that answers with one row a slice, or fails. */
class FailingReports implements Reports {
  requested = 0;
  readonly #failure: (slice: Slice) => Error | undefined;

  constructor(failure: (slice: Slice) => Error | undefined) {
    this.#failure = failure;
  }

  async *pages(slice: Slice, signal: AbortSignal): AsyncGenerator<Page, void, undefined> {
    this.requested += 1;
    const failure = this.#failure(slice);
    if (failure) throw failure;
    yield* new ListedReports([anOperation({ time: `${slice.day}T09:00:00Z` })], 300).pages(slice, signal);
  }
}

const named = (...names: string[]) => names.map((name) => anOperation({ operation_detail: name }));

/** Days of both streams, one after another. */
const slices = (count: number): Slice[] =>
  Array.from({ length: count }, (_, index) =>
    aSlice({ stream: index % 2 === 0 ? 'operation' : 'activity', day: addDays(aSlice().day, -index) }),
  );

const planned = (count: number, listing: ListingKind = 'whole'): PlannedListing[] =>
  slices(count).map((slice) => ({ slice, listing, purpose: listing, requests: 1 }));

const ADMITTED: AdmissionControl = {
  run: () => Promise.resolve(),
  listing: () => true,
  request: () => Promise.resolve(),
  concurrency: 4,
};
const ONE_BY_ONE: AdmissionControl = { ...ADMITTED, concurrency: 1 };

const STOPPED = 'The run was stopped before this slice was read to its end. The next run continues here.';

const run = async (
  count: number,
  failure: (slice: Slice) => Error | undefined,
  { admission = ADMITTED, signal = never }: { admission?: AdmissionControl; signal?: AbortSignal } = {},
) => {
  const reports = new FailingReports(failure);
  const recorded: string[] = [];
  const collected = await collectSlices(
    aCollector(new MemoryStore(), reports),
    admission,
    planned(count),
    signal,
    { sliceDone: () => recorded.push('done'), sliceMissing: ({ reason }) => recorded.push(reason) },
  );
  return {
    done: collected.outcomes.length,
    missing: collected.missing.map(({ reason }) => reason),
    messages: new Set(collected.missing.map(({ message }) => message)),
    deferred: collected.deferred.length,
    parkedUntil: collected.parkedUntil,
    requested: reports.requested,
    recorded,
  };
};

describe('collecting slices', () => {
  it('collects each, and reports it', async () => {
    expect(await run(6, () => undefined)).toEqual({
      done: 6,
      missing: [],
      messages: new Set(),
      deferred: 0,
      parkedUntil: undefined,
      requested: 6,
      recorded: Array(6).fill('done'),
    });
  });

  it('continues after a failure of one', async () => {
    const [, second] = slices(6);
    const failure = ({ day }: Slice) => (day === second?.day ? new Error('Broken.') : undefined);

    expect(await run(6, failure)).toMatchObject({ done: 5, missing: ['failed'], requested: 6 });
  });

  it('makes no more requests for a stream that is refused', async () => {
    const refused = new ConfigurationError('scope-missing', 'No.', { scope: 'stream' });

    const { done, missing, requested } = await run(
      20,
      ({ stream }) => (stream === 'activity' ? refused : undefined),
      { admission: ONE_BY_ONE },
    );

    expect([done, missing]).toEqual([10, Array(10).fill('scope-missing')]);
    expect(requested).toBe(11);
  });

  it.each([
    ['a source that is refused', new ConfigurationError('grant-dead', 'No.'), 'grant-dead', undefined],
    ['a limit', new RateLimitedError(LATER, 'Tomorrow.'), 'rate-limited', LATER],
  ])('makes no more requests after %s', async (_, error, reason, parkedUntil) => {
    expect(await run(12, () => error, { admission: ONE_BY_ONE })).toMatchObject({
      done: 0,
      missing: Array(12).fill(reason),
      requested: 1,
      parkedUntil,
    });
  });

  it('keeps the time until which Zoom accepts no requests, with any other failure', async () => {
    const failures = [new RateLimitedError(LATER, 'Tomorrow.'), new ConfigurationError('grant-dead', 'No.')];

    expect(await run(4, () => failures.shift())).toMatchObject({ parkedUntil: LATER });
    expect(failures).toEqual([]);
  });

  it('stops after three consecutive failures of Zoom, but not for occasional ones', async () => {
    const admission = ONE_BY_ONE;
    const always = await run(20, () => new UpstreamError('Down.'), { admission });
    let count = 0;
    const sometimes = await run(20, () => ((count += 1) % 3 === 0 ? undefined : new UpstreamError('Down.')), {
      admission,
    });

    expect(always.requested).toBe(6); // three of each of two streams
    expect(always.missing).toHaveLength(20);
    expect(sometimes.requested).toBe(20);
    expect(sometimes.done).toBe(6);
  });

  it('neither skips nor reports a stream because of a failure in the other', async () => {
    const down = ({ stream, day }: Slice) =>
      stream === 'operation' ? new UpstreamError(`The operation log of ${day} failed.`) : undefined;

    const { done, requested, messages } = await run(20, down, { admission: ONE_BY_ONE });

    expect([done, requested]).toEqual([10, 13]);
    expect([...messages].every((message) => message.startsWith('The operation log'))).toBe(true);
  });

  it('does not count our own failures as failures of Zoom', async () => {
    expect(await run(20, () => new Error('Broken.'))).toMatchObject({ requested: 20 });
  });

  it('does not begin where the run is not admitted', async () => {
    const admission = { ...ADMITTED, run: () => Promise.reject(new ConfigurationError('grant-dead', 'No.')) };

    expect(await run(3, () => undefined, { admission })).toMatchObject({
      done: 0,
      missing: Array(3).fill('grant-dead'),
      requested: 0,
    });
  });

  it('checks admission once, and not at all for a run without slices', async () => {
    let requested = 0;
    const admission = { ...ADMITTED, run: () => Promise.resolve(void (requested += 1)) };

    await run(0, () => undefined, { admission });
    expect(requested).toBe(0);
    await run(3, () => undefined, { admission });
    expect(requested).toBe(1);
  });

  it('needs no progress callbacks', async () => {
    const [, second] = slices(2);
    const reports = new FailingReports(({ day }) => (day === second?.day ? new Error('Broken.') : undefined));

    const collected = await collectSlices(
      aCollector(new MemoryStore(), reports),
      ADMITTED,
      planned(2),
      never,
    );

    expect(collected).toMatchObject({ outcomes: [{ delivered: 1 }], missing: [{ message: 'Broken.' }] });
  });

  it('defers slices that exceed the budget of the day', async () => {
    const admission: AdmissionControl = { ...ADMITTED, listing: ({ slice }) => slice.stream === 'operation' };

    expect(await run(6, () => undefined, { admission })).toMatchObject({
      done: 3,
      deferred: 3,
      requested: 3,
    });
  });

  it('reports the remaining slices as stopped', async () => {
    expect(await run(3, () => undefined, { signal: AbortSignal.abort() })).toMatchObject({
      done: 0,
      missing: ['stopped', 'stopped', 'stopped'],
      messages: new Set([STOPPED]),
      requested: 0,
    });
  });

  it('reports the slice that was being read as stopped, too', async () => {
    const stop = new AbortController();
    const failure = () => {
      stop.abort();
      return new Error('Broken off.');
    };

    expect(await run(3, failure, { admission: ONE_BY_ONE, signal: stop.signal })).toMatchObject({
      missing: ['stopped', 'stopped', 'stopped'],
      messages: new Set([STOPPED]),
      requested: 1,
    });
  });

  it('lists a slice again until copies across a page edge are proven', async () => {
    const twin = anOperation();
    const others = ['a', 'b'].map((name) => anOperation({ operation_detail: name }));
    const reports = new ListedReports([others[0], twin, twin, others[1]], 2);

    const { outcomes, missing } = await collectSlices(
      aCollector(new MemoryStore(), reports),
      ADMITTED,
      planned(1),
      never,
    );

    expect(missing).toEqual([]);
    expect(outcomes).toMatchObject([{ delivered: 4, held: 0, read: 8, rejected: 0, duplicate: 4 }]);
  });

  it('reports several listings of a slice as one', async () => {
    const store = new MemoryStore();
    const reports = new ListedReports(named('a', 'gone', 'going', 'b', 'c', 'd'), 3);
    const collector = aCollector(store, reports);
    const earlier = await collectSlice(collector, aSlice(), 'whole', never);
    const strange = (name: string) => [
      anOperation({ time: '2026-11-17T23:59:59Z', operation_detail: name }),
      anOperation({ category_type: 'Teleporter', operation_detail: name }),
      { no: 'row', operator: name },
    ];
    const list = (...rows: unknown[]) => reports.rows.splice(0, Infinity, ...rows);
    list(...named('a', 'b', 'twin', 'twin', 'going'), ...strange('1'), ...named('c', 'd'));
    let listings = 0;
    reports.afterPage = (index) => {
      if (index === 0) listings += 1;
      if (index < 3 || listings > 1) return;
      list(...named('a', 'b', 'twin', 'twin', 'c', 'd'), ...strange('1'), ...strange('2'), ...strange('3'));
    };

    const { outcomes } = await collectSlices(collector, ADMITTED, planned(1), never);

    const keys = (await store.list('')).map(({ key }) => key).filter((key) => !key.startsWith('_state/'));
    const bodies = await Promise.all(keys.map((key) => store.read(key)));
    expect(listings).toBe(3);
    expect(outcomes).toMatchObject([
      {
        read: 10 + 15 + 15,
        delivered: 8,
        duplicate: 29,
        held: 0,
        rejected: 3,
        vanished: 2,
        newlyVanished: 2,
        dayMismatch: 3,
        objects: 4 + 4 + 3,
        bytes: bodies.reduce((sum, body) => sum + (body?.length ?? 0), 0) - earlier.bytes,
        details: { none: 8 },
        categoryUnknown: 3,
      },
    ]);
    expect(outcomes[0]?.lagsMs).toHaveLength(8);
  });

  it.each([
    [1, '1 possible duplicate is', 'it'],
    [2, '2 possible duplicates are', 'them'],
  ])(
    'stops proving %d of them after five listings of a list that keeps changing',
    async (count, duplicates, pronoun) => {
      const reports = new ListedReports(named('a', 'b', 'c', 'd'), 2);
      let listings = 0;
      reports.afterPage = (index) => {
        if (index > 0 || listings === 8) return;
        listings += 1;
        reports.rows.unshift(
          ...named('x', 'y')
            .slice(0, count)
            .map((row) => ({ ...row, operator: `${listings}` })),
        );
      };

      const { outcomes, missing } = await collectSlices(
        aCollector(new MemoryStore(), reports),
        ADMITTED,
        planned(1),
        never,
      );

      expect(listings).toBe(5);
      expect(outcomes).toMatchObject([{ complete: true, delivered: 4 + 4 * count, held: count }]);
      expect(missing).toMatchObject([
        {
          reason: 'zoom-failing',
          message:
            `quillmere operation 2026-11-18: ${duplicates} split across pages, and Zoom's list changed during the listing. ` +
            `Run it again later to confirm ${pronoun}.`,
        },
      ]);
    },
  );

  it('leaves the unconfirmed copies of a tip listing to the next whole listing', async () => {
    const reports = new ListedReports(named('a', 'twin', 'twin', 'b'), 2);

    const { outcomes, missing } = await collectSlices(
      aCollector(new MemoryStore(), reports),
      ADMITTED,
      planned(1, 'tip'),
      never,
    );

    expect(outcomes).toMatchObject([{ read: 4, delivered: 3, held: 1 }]);
    expect(missing).toEqual([]);
  });
});

describe('a slice that a failure stops', () => {
  const failure = new UpstreamError('Zoom failed.');

  /** A Zoom that answers with two rows a page, and fails after a number of pages. */
  const breaksOff = (rows: readonly unknown[], pagesBefore: number): Reports => ({
    async *pages(slice, signal) {
      let pages = 0;
      for await (const page of new ListedReports([...rows], 2).pages(slice, signal)) {
        if (pages === pagesBefore) throw failure;
        pages += 1;
        yield page;
      }
    },
  });

  it('is reported once, with the rows that were delivered before', async () => {
    const store = new MemoryStore();
    const rows = named('a', 'b', 'c', 'd', 'e', 'f');
    const recorded: number[] = [];
    const collect = (reports: Reports) =>
      collectSlices(aCollector(store, reports), ADMITTED, planned(1), never, {
        slicePartial: ({ delivered }) => recorded.push(delivered),
      });

    const broken = await collect(breaksOff(rows, 2));
    const whole = await collect(new ListedReports(rows, 2));

    expect(broken.outcomes).toEqual([]);
    expect(broken.missing).toMatchObject([{ message: 'Zoom failed.' }]);
    expect(broken.partial).toMatchObject([{ complete: false, read: 4, delivered: 4, duplicate: 0, held: 0 }]);
    expect(recorded).toEqual([4]);
    expect(whole.partial).toEqual([]);
    expect(whole.outcomes).toMatchObject([{ complete: true, read: 6, delivered: 2, duplicate: 4 }]);
  });

  it('needs no observer', async () => {
    const collecting = collectSlices(
      aCollector(new MemoryStore(), breaksOff(named('a', 'b', 'c'), 1)),
      ADMITTED,
      planned(1),
      never,
      {},
    );

    expect((await collecting).missing).toMatchObject([{ message: 'Zoom failed.' }]);
  });

  it('is not reported if it delivered nothing', async () => {
    const { partial } = await collectSlices(
      aCollector(new MemoryStore(), breaksOff(named('a'), 0)),
      ADMITTED,
      planned(1),
      never,
    );

    expect(partial).toEqual([]);
  });

  it('counts what an earlier listing of the same run delivered', async () => {
    const rows = [...named('a', 'b'), ...named('b', 'c')]; // a copy across a page edge: it is listed again
    let listings = 0;
    const reports: Reports = {
      pages: (slice, signal) => {
        listings += 1;
        return (listings === 1 ? new ListedReports(rows, 2) : breaksOff(rows, 0)).pages(slice, signal);
      },
    };

    const { partial } = await collectSlices(
      aCollector(new MemoryStore(), reports),
      ADMITTED,
      planned(1),
      never,
    );

    expect(listings).toBe(2);
    expect(partial).toMatchObject([{ complete: false, delivered: 3 }]);
  });
});

describe('a page with invalid UTF-8', () => {
  it('is counted where its rows are committed, and not again', async () => {
    const store = new MemoryStore();
    const reports: Reports = {
      async *pages(slice, signal) {
        for await (const page of new ListedReports(named('caf\ufffd'), 2).pages(slice, signal))
          yield { ...page, invalidUtf8: true };
      },
    };
    const collect = () => collectSlices(aCollector(store, reports), ADMITTED, planned(1), never);

    const [first, second] = [await collect(), await collect()];

    expect(first.outcomes).toMatchObject([{ invalidUtf8: 1 }]);
    expect(second.outcomes).toMatchObject([{ invalidUtf8: 0 }]);
  });
});
