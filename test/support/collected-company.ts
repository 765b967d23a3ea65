import { collectSlice } from '../../shared/collect/collect-slice.ts';
import { pinAccount } from '../../shared/collect/state/pinned-account.ts';
import { MINUTE_MS } from '../../shared/model/duration.ts';
import type { Slice } from '../../shared/model/slice.ts';
import { generateCompany } from '../../simulator/index.ts';
import { aCollector, aSlice, day, never, SettableClock } from './collector.ts';
import { ListedReports } from './listed-reports.ts';
import { MemoryStore } from './memory-store.ts';

/** Three days of a made-up company's operation log, each collected in two runs, with twins and rows out of time. */
export const COLLECTED: readonly Slice[] = ['2026-11-16', '2026-11-17', '2026-11-18'].map((text) =>
  aSlice({ day: day(text) }),
);

/** Rows that nobody can place, by their index among the day's: tests name the objects that they lie in. */
const UNREADABLE: Readonly<Record<string, readonly (readonly [index: number, row: unknown])[]>> = {
  '2026-11-17': [[8, null]],
  '2026-11-18': [
    [23, 0],
    [31, null],
  ],
};

export const collectCompany = async (): Promise<MemoryStore> => {
  const store = new MemoryStore();
  const clock = new SettableClock();
  await pinAccount(store, 'quillmere', 'Sim-Account-000000000001');
  for (const slice of COLLECTED) {
    const { stream, day } = slice;
    const company = generateCompany({
      seed: 9,
      from: day,
      to: day,
      rowsPerDay: 120,
      twinShare: 0.1,
    });
    const rows = [...company].filter((row) => row.stream === stream).map(({ row }) => row);
    for (const [index, row] of UNREADABLE[day] ?? []) rows[index] = row;
    for (const share of [0.5, 1]) {
      const reports = new ListedReports(rows.slice(0, Math.ceil(rows.length * share)), 300);
      await collectSlice(aCollector(store, reports, { clock }), slice, 'whole', never);
      clock.time = new Date(clock.time.getTime() + 5 * MINUTE_MS);
    }
  }
  return store;
};
