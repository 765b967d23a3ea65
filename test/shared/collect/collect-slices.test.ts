import { describe, expect, it } from '@jest/globals';
import type { Admission } from '../../../shared/collect/collect-slices.ts';
import { collectSlices } from '../../../shared/collect/collect-slices.ts';
import type { PlannedListing } from '../../../shared/collect/plan.ts';
import type { Page, Reports } from '../../../shared/collect/ports.ts';
import { ConfigurationError, RateLimitedError, UpstreamError } from '../../../shared/errors.ts';
import { addDays } from '../../../shared/model/day.ts';
import type { Slice } from '../../../shared/model/slice.ts';
import { aCollector, aSlice, never } from '../../support/collector.ts';
import { ListedReports } from '../../support/listed-reports.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { anOperation } from '../../support/rows.ts';

const LATER = new Date('2026-11-19T00:00:00Z');

/** A Zoom that answers with one row a slice, or fails. */
class FailingReports implements Reports {
  asked = 0;
  readonly #failure: (slice: Slice) => Error | undefined;

  constructor(failure: (slice: Slice) => Error | undefined) {
    this.#failure = failure;
  }

  async *pages(slice: Slice, signal: AbortSignal): AsyncGenerator<Page, void, undefined> {
    this.asked += 1;
    const failure = this.#failure(slice);
    if (failure) throw failure;
    yield* new ListedReports([anOperation({ time: `${slice.day}T09:00:00Z` })], 300).pages(slice, signal);
  }
}

/** Days of both streams, one after another. */
const slices = (count: number): Slice[] =>
  Array.from({ length: count }, (_, index) =>
    aSlice({ stream: index % 2 === 0 ? 'operation' : 'activity', day: addDays(aSlice().day, -index) }),
  );

const planned = (count: number): PlannedListing[] =>
  slices(count).map((slice) => ({ slice, listing: 'whole', purpose: 'whole', requests: 1 }));

const ADMITTED: Admission = { run: () => Promise.resolve(), listing: () => true };

const run = async (
  count: number,
  failure: (slice: Slice) => Error | undefined,
  { admission = ADMITTED, signal = never }: { admission?: Admission; signal?: AbortSignal } = {},
) => {
  const reports = new FailingReports(failure);
  const told: string[] = [];
  const collected = await collectSlices(
    aCollector(new MemoryStore(), reports),
    admission,
    planned(count),
    signal,
    { sliceDone: () => told.push('done'), sliceMissing: ({ reason }) => told.push(reason) },
  );
  return {
    done: collected.outcomes.length,
    missing: collected.missing.map(({ reason }) => reason),
    deferred: collected.deferred.length,
    parkedUntil: collected.parkedUntil,
    asked: reports.asked,
    told,
  };
};

describe('collecting slices', () => {
  it('brings each, and tells of it', async () => {
    expect(await run(6, () => undefined)).toEqual({
      done: 6,
      missing: [],
      deferred: 0,
      parkedUntil: undefined,
      asked: 6,
      told: Array(6).fill('done'),
    });
  });

  it('goes on after a failure of one', async () => {
    const [, second] = slices(6);
    const failure = ({ day }: Slice) => (day === second?.day ? new Error('Broken.') : undefined);

    expect(await run(6, failure)).toMatchObject({ done: 5, missing: ['failed'], asked: 6 });
  });

  it('asks no more for a stream that is refused', async () => {
    const refused = new ConfigurationError('scope-missing', 'No.', { scope: 'stream' });

    const { done, missing, asked } = await run(20, ({ stream }) =>
      stream === 'activity' ? refused : undefined,
    );

    expect([done, missing]).toEqual([10, Array(10).fill('scope-missing')]);
    expect(asked).toBeLessThan(16);
  });

  it.each([
    ['a source that is refused', new ConfigurationError('grant-dead', 'No.'), 'grant-dead', undefined],
    ['a limit', new RateLimitedError(LATER, 'Tomorrow.'), 'rate-limited', LATER],
  ])('asks no more after %s', async (_, error, reason, parkedUntil) => {
    const { done, missing, asked, ...rest } = await run(12, () => error);

    expect([done, missing]).toEqual([0, Array(12).fill(reason)]);
    expect(asked).toBeLessThan(6);
    expect(rest.parkedUntil).toEqual(parkedUntil);
  });

  it('gives up a Zoom that failed three times in a row, and not one that fails now and then', async () => {
    const always = await run(20, () => new UpstreamError('Down.'));
    let count = 0;
    const sometimes = await run(20, () => ((count += 1) % 3 === 0 ? new UpstreamError('Down.') : undefined));

    expect(always.asked).toBeLessThan(8);
    expect(always.missing).toHaveLength(20);
    expect(sometimes.asked).toBe(20);
    expect(sometimes.done).toBe(14);
  });

  it('does not begin where the run is not admitted', async () => {
    const admission = { ...ADMITTED, run: () => Promise.reject(new ConfigurationError('grant-dead', 'No.')) };

    expect(await run(3, () => undefined, { admission })).toMatchObject({
      done: 0,
      missing: Array(3).fill('grant-dead'),
      asked: 0,
    });
    expect(await run(0, () => undefined, { admission })).toMatchObject({ missing: [] });
  });

  it('puts off what the share of the day has no room for', async () => {
    const admission: Admission = { ...ADMITTED, listing: ({ slice }) => slice.stream === 'operation' };

    expect(await run(6, () => undefined, { admission })).toMatchObject({ done: 3, deferred: 3, asked: 3 });
  });

  it('says of what is left that the run was stopped', async () => {
    expect(await run(3, () => undefined, { signal: AbortSignal.abort() })).toMatchObject({
      done: 0,
      missing: ['stopped', 'stopped', 'stopped'],
      asked: 0,
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
});
