import type { SimulatedRow, StreamName } from '../row-store.ts';

/** One start of the collector, at an instant of the simulated clock, which stands still until it has ended. */
export interface ScheduledRun {
  readonly at: Date;
  /** What goes wrong while it runs, as the simulator's specs. Nothing, unless said otherwise. */
  readonly faults?: readonly string[];
}

/** A piece of an account's life: rows with the moment Zoom shows them, and when the collector is run. */
export interface Scenario {
  readonly name: string;
  /** What happens, in a sentence. */
  readonly about: string;
  /** The first UTC day (`YYYY-MM-DD`) that the collector is to bring; no row is older. */
  readonly firstDay: string;
  /** The account's rows; the same seed gives the same rows. */
  readonly rows: (seed: number) => readonly ScenarioRow[];
  readonly runs: readonly ScheduledRun[];
  /** How long a daily limit says that it lasts, in simulated milliseconds. */
  readonly dailyRetryAfterMs?: number;
}

/** A row of Zoom's, whose fields are all texts. */
export interface ScenarioRow extends SimulatedRow {
  readonly stream: StreamName;
  readonly row: Readonly<Record<string, string>>;
}
