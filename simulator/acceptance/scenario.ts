import type { SimulatedRow, StreamName } from '../row-store.ts';

/** One run of the collector, at an instant of the simulated clock, which is stopped during the run. */
export interface ScheduledRun {
  readonly at: Date;
  /** The faults during the run, as the simulator's specs. Default: none. */
  readonly faults?: readonly string[];
}

/** A part of an account's history: rows with the moment when Zoom shows them, and the runs of the collector. */
export interface Scenario {
  readonly name: string;
  /** Its description. */
  readonly about: string;
  /** The first UTC day (`YYYY-MM-DD`) to collect. No row is older. */
  readonly firstDay: string;
  /** The account's rows; the same seed gives the same rows. */
  readonly rows: (seed: number) => readonly ScenarioRow[];
  readonly runs: readonly ScheduledRun[];
  /** The stated duration of a daily limit, in simulated milliseconds. */
  readonly dailyRetryAfterMs?: number;
}

/** A row of Zoom. All its fields are strings. */
export interface ScenarioRow extends SimulatedRow {
  readonly stream: StreamName;
  readonly row: Readonly<Record<string, string>>;
}
