import { collectSlice } from '../../shared/collect/collect-slice.ts';
import { pinAccount } from '../../shared/collect/state/pinned-account.ts';
import type { ObjectStore } from '../../shared/collect/ports.ts';
import type { Slice } from '../../shared/model/slice.ts';
import { STREAM_NAMES, type StreamName } from '../../shared/model/stream.ts';
import { generateCompany } from '../../simulator/index.ts';
import { aCollector, aSlice, day, never, SettableClock } from './collector.ts';
import { closeInChain } from './ledger-entries.ts';
import { ListedReports } from './listed-reports.ts';
import { anOperation, aSignIn } from './rows.ts';

/** A field that Zoom documents nowhere. */
export const UNDOCUMENTED = 'seat_count';

const DAYS = ['2026-11-16', '2026-11-17', '2026-11-18'].map(day);

/** The last of the days: nothing happened. */
export const QUIET_DAY = day('2026-11-19');

/** What a company's rows don't come to by themselves. */
const RARE: Readonly<Record<StreamName, (on: string) => Record<string, unknown>[]>> = {
  operation: (on) => [
    anOperation({
      time: `${on}T00:00:00Z`,
      operation_detail: 'Security  - Waiting room: from Off to On - Lock: On',
      [UNDOCUMENTED]: 12,
    }),
  ],
  activity: (on) => [
    aSignIn({ time: `${on}T23:59:59Z`, email: 'A Name', [UNDOCUMENTED]: { of: 'activity' } }),
    aSignIn({ time: `${on}T12:00:00Z`, email: { name: 'no text' } }),
  ],
};

/**
 * Three days of a made-up company and a quiet one, both streams, delivered and closed: each day in several objects whose times
 * overlap, with twins, rows that are no events, and fields that nobody documents.
 */
export const closedCompany = async (store: ObjectStore, rowsPerDay = 900): Promise<Slice[]> => {
  await pinAccount(store, aSlice().source, 'Sim-Account-000000000001');
  const slices: Slice[] = [];
  for (const stream of STREAM_NAMES) {
    const ofStream = [...DAYS, QUIET_DAY].map((on) => aSlice({ stream, day: on }));
    for (const slice of ofStream) if (slice.day !== QUIET_DAY) await collect(store, slice, rowsPerDay);
    await closeInChain(store, ofStream);
    slices.push(...ofStream);
  }
  return slices;
};

const collect = async (store: ObjectStore, slice: Slice, rowsPerDay: number): Promise<void> => {
  const { stream, day: on } = slice;
  const options = { seed: 9, from: on, to: on, rowsPerDay, twinShare: 0.05, unreadable: true };
  const company = [...generateCompany(options)].filter((row) => row.stream === stream).map(({ row }) => row);
  const rows = [...company, ...RARE[stream](on)];
  const clock = new SettableClock();
  for (const share of [0.3, 0.6, 1]) {
    const listed = new ListedReports(rows.slice(0, Math.ceil(rows.length * share)), 300);
    await collectSlice(aCollector(store, listed, { clock }), slice, 'whole', never);
    clock.time = new Date(clock.time.getTime() + 300_000);
  }
};
