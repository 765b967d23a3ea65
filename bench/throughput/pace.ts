import { addDays, DaySchema } from '../../shared/model/day.ts';
import { runChild } from '../child.ts';
import { BENCH_DAY, BENCH_NOW } from '../day.ts';
import { scratchFolder } from '../scratch.ts';
import { startRecordedZoom } from '../zoom/recorded.ts';
import type { Collected } from './throughput.ts';

export interface PaceCase {
  readonly latencyMs: number;
  readonly pagesPerDay: number;
  readonly budgets: readonly PaceBudget[];
}

export interface PaceBudget {
  /** Requests per second. Zoom allows 10 on Pro and 40 on Business. */
  readonly perSecond: number;
  /** Days to collect: enough for a long run. */
  readonly days: number;
}

/** The share of Zoom's per-second budget that many parallel days reached. */
export interface Pace {
  readonly latencyMs: number;
  readonly days: number;
  readonly requests: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly rows: number;
}

const ROWS_PER_PAGE = 300;

/** Collects many days in parallel at a latency, once for each budget. */
export const measurePace = async (wanted: PaceCase, report: (text: string) => void): Promise<Pace[]> => {
  const rows = wanted.pagesPerDay * ROWS_PER_PAGE;
  const last = DaySchema.parse(BENCH_DAY);
  const most = Math.max(...wanted.budgets.map(({ days }) => days));
  const all = Array.from({ length: most }, (_, back) => addDays(last, -back));
  await using zoom = await startRecordedZoom({ now: BENCH_NOW, days: all.map((day) => ({ day, rows })) });
  const paces: Pace[] = [];
  for (const { perSecond, days } of wanted.budgets) {
    report(`${days} days at ${wanted.latencyMs} ms and ${perSecond} requests a second`);
    using folder = scratchFolder();
    const environment = {
      ...zoom.environment(wanted.latencyMs),
      ZOOM_REQUESTS_PER_SECOND: String(perSecond),
    };
    const work = { folder: folder.path, days: all.slice(0, days) };
    const ours = await runChild<Collected>('throughput/ours.ts', work, environment);
    const { requests, seconds, rows: brought } = ours;
    paces.push({ latencyMs: wanted.latencyMs, days, requests, perSecond, seconds, rows: brought });
  }
  return paces;
};

/** The used share of the budget: 1 is all that Zoom allows. The first request does not wait. */
export const shareOfBudget = ({ requests, perSecond, seconds }: Pace): number =>
  requests / perSecond / seconds;
