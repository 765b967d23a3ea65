import { describe, expect, it } from '@jest/globals';
import { digestOfIds, readLedger } from '../../shared/collect/ledger/ledger.ts';
import { readWatermark } from '../../shared/collect/ledger/watermark.ts';
import { addDays, type Day, daysBetween, startOf } from '../../shared/model/day.ts';
import { HOUR_MS } from '../../shared/model/duration.ts';
import { STREAM_NAMES, type StreamName } from '../../shared/model/stream.ts';
import { DEFAULT_ACCOUNT, generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { day, never } from '../support/builders/collector.ts';
import { idsOf } from '../support/expect-delivered.ts';
import { MemoryStore } from '../support/doubles/memory-store.ts';
import { connectToSimulator } from '../support/simulated-source.ts';

const FIRST = day('2026-07-01');
const LAST = addDays(FIRST, 91);
const POLL_EVERY_MS = 1.5 * HOUR_MS;
const SOURCES = [
  { source: 'north', accountId: 'Sim-Account-000000000001' },
  { source: 'south', accountId: 'Sim-Account-000000000002' },
];

const hours = (from: Day, start: number, count: number) => ({
  from: startOf(from).getTime() + start * HOUR_MS,
  to: startOf(from).getTime() + (start + count) * HOUR_MS,
});

/** Times without polls: minutes, hours, ten days, seven weeks. */
const DOWNTIMES = [
  hours(addDays(FIRST, 3), 9, 1.5),
  hours(addDays(FIRST, 6), 8, 9),
  hours(addDays(FIRST, 10), 0, 240),
  hours(addDays(FIRST, 30), 5, 49 * 24),
];
/** Zoom answers with 503. */
const ZOOM_OUTAGES = [hours(addDays(FIRST, 5), 10, 4), hours(addDays(FIRST, 24), 20, 8)];
/** Another app of the account uses up the quota of the day. */
const QUOTA_DAYS = [addDays(FIRST, 8), addDays(FIRST, 26)];

const within = (spans: readonly { from: number; to: number }[], at: number): boolean =>
  spans.some(({ from, to }) => from <= at && at < to);

const startQuarter = async (seed: number): Promise<Simulator> => {
  const simulator = await startSimulator({
    seed,
    now: startOf(FIRST),
    speed: 0,
    paging: 'live',
    accounts: SOURCES.map(({ accountId }) => ({ accountId })),
    limits: { perDay: 3000 },
    limitHeaders: 'mixed',
  });
  SOURCES.forEach(({ accountId }, index) => {
    const company = {
      seed: seed + index,
      from: FIRST,
      to: LAST,
      rowsPerDay: 60,
      twinShare: 0.1,
      burstShare: 0.2,
    };
    simulator.addRows(generateCompany({ ...company, lateness: { hours: 168 } }), accountId);
  });
  return simulator;
};

/** Uses up the account's quota of the day, as another app would. */
const burnQuota = async (simulator: Simulator, accountId: string): Promise<void> => {
  const { clientId, clientSecret } = DEFAULT_ACCOUNT;
  const token = await fetch(`${simulator.oauthUrl}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'account_credentials', account_id: accountId }),
  });
  const headers = {
    authorization: `Bearer ${((await token.json()) as { access_token: string }).access_token}`,
  };
  const today = simulator.clock.now().toISOString().slice(0, 10);
  let status: number;
  do {
    const response = await fetch(
      `${simulator.apiUrl}/report/activities?from=${today}&to=${today}&page_size=1`,
      { headers },
    );
    status = response.status;
    await response.arrayBuffer();
  } while (status === 200);
};

/** Every day that the watermark calls complete must have all its rows, those included that Zoom doesn't show yet. */
const assertWatermarkIsHonest = async (store: MemoryStore, simulator: Simulator): Promise<void> => {
  for (const { source, accountId } of SOURCES) {
    const watermark = await readWatermark(store, source);
    for (const stream of STREAM_NAMES) {
      const { complete_from: from, complete_up_to: to } = watermark?.streams[stream] ?? {};
      if (!from || !to) continue;
      for (const claimed of daysBetween(from, to).slice(-12)) {
        expect([claimed, await ledgerRows(store, source, stream, claimed)]).toEqual([
          claimed,
          simulator.rows({ accountId, stream, day: claimed, all: true }).length,
        ]);
      }
    }
  }
};

const ledgerRows = async (
  store: MemoryStore,
  source: string,
  stream: StreamName,
  of: Day,
): Promise<number | undefined> => (await readLedger(store, { source, stream, day: of })).at(-1)?.entry.rows;

describe('a quarter of polling two accounts', () => {
  it.each([11])(
    'ends complete, each row once, and never claimed more than was true (seed %i)',
    async (seed) => {
      const simulator = await startQuarter(seed);
      const store = new MemoryStore();
      const connectors = SOURCES.map((source) =>
        connectToSimulator(simulator, store, { ...source, requestsPerDay: 2000 }),
      );
      const end = startOf(addDays(LAST, 13)).getTime();
      const burnt = new Set<string>();

      try {
        for (let at = startOf(FIRST).getTime() + 600_000; at < end; at += POLL_EVERY_MS) {
          if (within(DOWNTIMES, at)) continue;
          if (simulator.clock.now().getTime() < at) simulator.clock.set(new Date(at));
          simulator.faults.set(...(within(ZOOM_OUTAGES, at) ? ['server-error=1'] : []));
          const today = new Date(at).toISOString().slice(0, 10) as Day;
          if (QUOTA_DAYS.includes(today) && !burnt.has(today)) {
            burnt.add(today);
            for (const { accountId } of SOURCES) await burnQuota(simulator, accountId);
          }
          for (const connector of connectors) await connector.poll(never);
          if (new Date(at).getUTCHours() < 2) await assertWatermarkIsHonest(store, simulator);
        }

        for (const { source, accountId } of SOURCES) {
          const watermark = await readWatermark(store, source);
          for (const stream of STREAM_NAMES) {
            expect(watermark?.streams[stream]).toMatchObject({
              complete_from: addDays(FIRST, -3),
              complete_up_to: addDays(LAST, 1),
            });
            expect(watermark?.streams[stream]?.gaps).toEqual([]);
            for (const of of daysBetween(FIRST, LAST)) {
              const listed = simulator.rows({ accountId, stream, day: of, all: true });
              const entry = (await readLedger(store, { source, stream, day: of })).at(-1)?.entry;
              expect([of, entry?.rows, entry?.digest]).toEqual([
                of,
                listed.length,
                digestOfIds(idsOf(source, stream, listed)),
              ]);
            }
          }
        }
      } finally {
        await simulator.close();
        await Promise.all(connectors.map(({ close }) => close()));
      }
    },
    300_000,
  );
});
