import { runChild } from '../child.ts';
import { BENCH_DAY, BENCH_NOW } from '../day.ts';
import type { Measured } from '../measured.ts';
import { scratchFolder } from '../scratch.ts';
import { type RecordedZoom, startRecordedZoom } from '../zoom/recorded.ts';

/** A day, its latency, and the number of rounds. */
export interface ThroughputCase {
  readonly rows: number;
  readonly latencyMs: number;
  readonly rounds: number;
}

/** The report of our process. */
export interface Collected extends Measured {
  /** Requests to Zoom's reports. */
  readonly requests: number;
}

/** One round: ours, then the floor over the bytes that ours delivered. */
export interface Round {
  readonly ours: Collected;
  readonly floor: Measured;
  /** CPU of the simulated Zoom, for ours and the floor together. */
  readonly zoomCpuSeconds: number;
}

export interface Throughput extends Omit<ThroughputCase, 'rounds'> {
  readonly rounds: readonly Round[];
}

/** Measures ours and the floor in turn, one size of day at a time, each in a separate process. */
export const measureThroughput = async (
  cases: readonly ThroughputCase[],
  report: (text: string) => void,
): Promise<Throughput[]> => {
  const measured: Throughput[] = [];
  for (const [rows, ofSize] of Map.groupBy(cases, (one) => one.rows)) {
    report(`rendering the pages of ${rows.toLocaleString('en-US')} rows`);
    await using zoom = await startRecordedZoom({ now: BENCH_NOW, days: [{ day: BENCH_DAY, rows }] });
    for (const { latencyMs, rounds: wanted } of ofSize) {
      const rounds: Round[] = [];
      while (rounds.length < wanted) {
        report(
          `${rows.toLocaleString('en-US')} rows at ${latencyMs} ms: round ${rounds.length + 1} of ${wanted}`,
        );
        rounds.push(await measureRound(zoom, latencyMs));
      }
      measured.push({ rows, latencyMs, rounds });
    }
  }
  return measured;
};

const measureRound = async (zoom: RecordedZoom, latencyMs: number): Promise<Round> => {
  using folder = scratchFolder();
  const environment = zoom.environment(latencyMs);
  const before = await zoom.cpuSeconds();
  const work = { folder: folder.path, days: [BENCH_DAY] };
  const ours = await runChild<Collected>('throughput/ours.ts', work, environment);
  const floor = await runChild<Measured>('throughput/floor.ts', work, environment);
  if (ours.rows !== floor.rows) throw new Error(`Ours collected ${ours.rows} rows, the floor ${floor.rows}.`);
  return { ours, floor, zoomCpuSeconds: (await zoom.cpuSeconds()) - before };
};
