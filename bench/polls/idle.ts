import { runChild } from '../child.ts';
import { BENCH_DAY } from '../day.ts';
import type { Scale } from '../scale.ts';
import { scratchFolder } from '../scratch.ts';
import { startRecordedZoom } from '../zoom/recorded.ts';
import { mostCalls } from './counting-store.ts';
import type { RunCost } from './run-cost.ts';

/** The cost of polls without new rows, on a delivered day with a number of rows. */
export interface Idle {
  readonly rows: number;
  /** CPU of the first poll of each fresh process. */
  readonly firstMs: readonly number[];
  /** CPU of the later polls in the same process, as in a deployed poller. */
  readonly warmMs: readonly number[];
  /** The maximum of requests to Zoom and calls to the store. */
  readonly most: Pick<RunCost, 'requests' | 'calls'>;
}

/** Rows end here. Then the polls follow, a minute apart, within the hour before the day is listed whole again. */
const DELIVERED_AT = '23:00';
const POLLS_A_PROCESS = 11;
const minutesLater = (minutes: number): string => `${BENCH_DAY}T23:${String(minutes).padStart(2, '0')}:00Z`;

interface Polls {
  readonly costs: readonly RunCost[];
  readonly delivered: number;
}

/** For each size, delivers a day and polls it in several new processes, several times each. */
export const measureIdle = async (
  { sizes, processes }: Scale['idle'],
  report: (text: string) => void,
): Promise<Idle[]> => {
  const measured: Idle[] = [];
  for (const rows of sizes) {
    report(`an idle poll of a day of ${rows.toLocaleString('en-US')} rows`);
    const days = [{ day: BENCH_DAY, rows, before: DELIVERED_AT }];
    await using zoom = await startRecordedZoom({ now: minutesLater(0), days });
    using folder = scratchFolder();
    const poll = (moments: readonly string[]): Promise<Polls> =>
      runChild('polls/idle-polls.ts', { folder: folder.path, moments }, zoom.environment(0));

    const { delivered } = await poll([minutesLater(0)]);
    if (delivered !== rows) throw new Error(`${delivered} of ${rows} rows were delivered.`);
    const first: RunCost[] = [];
    const warm: RunCost[] = [];
    for (let i = 0; i < processes; i += 1) {
      const moments = Array.from({ length: POLLS_A_PROCESS }, (_, at) =>
        minutesLater(1 + i * POLLS_A_PROCESS + at),
      );
      const { costs, delivered: more } = await poll(moments);
      if (more > 0) throw new Error('The idle polls were not idle.');
      first.push(...costs.slice(0, 1));
      warm.push(...costs.slice(1));
    }
    measured.push({
      rows,
      firstMs: first.map(({ cpuMs }) => cpuMs),
      warmMs: warm.map(({ cpuMs }) => cpuMs),
      most: {
        requests: Math.max(...warm.map(({ requests }) => requests)),
        calls: mostCalls(warm.map(({ calls }) => calls)),
      },
    });
  }
  return measured;
};
