import { describe, expect, it } from '@jest/globals';
import { readUse } from '../../shared/collect/state/daily-budget.ts';
import { readLastRun } from '../../shared/collect/state/last-run.ts';
import { day } from '../support/builders/collector.ts';
import { MemoryStore } from '../support/doubles/memory-store.ts';
import { anOperation } from '../support/builders/rows.ts';
import { connectToSimulator } from '../support/simulated-source.ts';
import { aZoom, closeLater, never, NOON } from '../support/zoom.ts';

const DAY = day('2026-11-19');

/** A day of so many pages. */
const pages = (count: number) =>
  Array.from({ length: count * 300 - 5 }, (_, index) =>
    anOperation({ time: `${DAY}T10:00:00Z`, operation_detail: `Change ${index}` }),
  );

const started = async (rows: ReturnType<typeof pages>, requestsPerDay: number, faults: string[] = []) => {
  const zoom = await aZoom({
    faults,
    accounts: [{ rows: rows.map((row) => ({ stream: 'operation', row })) }],
  });
  const store = new MemoryStore();
  const connect = () => {
    const connector = connectToSimulator(zoom, store, { source: 'quillmere', requestsPerDay });
    closeLater(() => connector.close());
    return connector;
  };
  const requestsToZoom = () => {
    const { operation = {}, activity = {} } = zoom.requests().byEndpoint;
    return [...Object.values(operation), ...Object.values(activity)].reduce((sum, count) => sum + count, 0);
  };
  return { store, connect, requestsToZoom };
};

describe("the day's requests", () => {
  it('end a listing between its pages; what was read is delivered, and the day is left for later', async () => {
    const { store, connect, requestsToZoom } = await started(pages(20), 10);

    const report = await connect().collectDays([DAY], never);

    expect(requestsToZoom()).toBe(7);
    expect(report.deferred.map(({ stream }) => stream)).toEqual(['operation']);
    expect(report.missing).toEqual([]);
    expect(report.outcomes.map(({ delivered }) => delivered).reduce((a, b) => a + b, 0)).toBeGreaterThan(900);
    expect((await readUse(store, 'quillmere', NOON)).requestsToday).toBe(7);
    expect((await readLastRun(store, 'quillmere', 'operation'))?.slices).toBe(0);
  });

  it('count a request that is repeated after a failure', async () => {
    const { store, connect, requestsToZoom } = await started(pages(20), 10, ['server-error*4']);

    await connect().collectDays([DAY], never);

    expect(requestsToZoom()).toBe(7);
    expect((await readUse(store, 'quillmere', NOON)).requestsToday).toBe(7);
  });

  it.each([
    ['collectDays', 8],
    ['poll', 12],
  ] as const)('are not exceeded by two runs at once: %s, %d of 12', async (verb, share) => {
    const { store, connect, requestsToZoom } = await started(pages(20), 12);
    const run = (connector: ReturnType<typeof connect>) =>
      verb === 'poll' ? connector.poll(never) : connector.collectDays([DAY], never);

    await Promise.all([connect(), connect()].map(run));

    expect(requestsToZoom()).toBeLessThanOrEqual(share);
    expect(requestsToZoom()).toBeGreaterThanOrEqual(share - 2);
    expect((await readUse(store, 'quillmere', NOON)).requestsToday).toBe(requestsToZoom());
  });

  it('of two runs at once are counted together', async () => {
    const { store, connect, requestsToZoom } = await started(pages(7), 1000);

    await Promise.all([connect(), connect()].map((connector) => connector.collectDays([DAY], never)));

    expect((await readUse(store, 'quillmere', NOON)).requestsToday).toBe(requestsToZoom());
    expect(requestsToZoom()).toBeGreaterThanOrEqual(16);
  });
});
