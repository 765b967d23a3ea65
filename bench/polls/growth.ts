import { runChild } from '../child.ts';
import { BENCH_DAY } from '../day.ts';
import type { Scale } from '../scale.ts';
import { scratchFolder } from '../scratch.ts';
import { startLivingZoom } from '../zoom/living.ts';
import type { RunCost } from './run-cost.ts';

/** The cost of a day that ends with a number of rows. */
export interface Growth {
  readonly rows: number;
  /** Listed whole after its end. */
  readonly once: RunCost;
  /** Polled while its rows appear. */
  readonly through: RunCost;
}

/** Rows of the last minute appear only after it. */
const UNTIL = '23:59';

export const measureGrowth = async (
  { sizes, polls }: Scale['growth'],
  report: (text: string) => void,
): Promise<Growth[]> => {
  const measured: Growth[] = [];
  for (const rows of sizes) {
    report(`a day that grows to ${rows.toLocaleString('en-US')} rows`);
    const collect = async (times: number): Promise<RunCost> => {
      const exactly = [{ day: BENCH_DAY, rows, before: UNTIL }];
      await using zoom = await startLivingZoom({ now: `${BENCH_DAY}T00:00:00Z`, exactly });
      using folder = scratchFolder();
      const { delivered, ...cost } = await runChild<RunCost & { delivered: number }>(
        'polls/growing-day.ts',
        { folder: folder.path, polls: times },
        zoom.environment,
      );
      if (delivered !== rows) throw new Error(`${delivered} of ${rows} rows were delivered.`);
      return cost;
    };
    measured.push({ rows, once: await collect(1), through: await collect(polls) });
  }
  return measured;
};
