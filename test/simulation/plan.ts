import type { StreamName } from '../../shared/model/stream.ts';
import type { Fault } from './faults.ts';

/** The constant conditions of a world, drawn from its seed. */
export interface Climate {
  readonly auth: 'oauth' | 'server-to-server';
  readonly streams: readonly StreamName[];
  /** Whether the world lasts until its days are confirmed, or only until they have closed. */
  readonly ends: 'closed' | 'confirmed';
  readonly lookbackDays: number;
  readonly backfillDays: number;
  readonly requestsPerDay: number;
  readonly requestsPerSecond: number;
  /** Maximum rows per page, for any requested size. */
  readonly pageSize: number;
  readonly order: 'newest-first' | 'oldest-first';
  readonly paging: 'live' | 'snapshot';
  readonly pages: 'full' | 'short' | 'mixed';
  readonly limitHeaders: 'rich' | 'bare' | 'iso' | 'seconds' | 'http-date' | 'mixed';
  readonly perSecond: number | 'off';
  readonly accessTokenSeconds: number;
  readonly pageTokenSeconds: number;
  readonly isMonitored: boolean;
  readonly pollMinutes: number;
  /** Probability that the process of the last effect continues. */
  readonly stickiness: number;
}

/** A row of Zoom's. Instants are milliseconds from the beginning of the world. */
export interface PlannedRow {
  readonly stream: StreamName;
  /** The day that lists it, counted from the first. */
  readonly day: number;
  readonly row: unknown;
  readonly happensAt: number;
  /** The latest time at which Zoom shows it. */
  readonly visibleAt: number;
  /** Zoom shows it between two page requests of its day. */
  readonly shiftsPages: boolean;
}

/** The plan of a world. Rows, polls and faults can be left out, to find the smallest world that fails. */
export interface Plan {
  readonly seed: number;
  /** Selects the order of effects; 0 unless a smaller world needed another. */
  readonly schedule: number;
  /** The start in milliseconds since 1970, and the number of days with faults. */
  readonly start: number;
  readonly days: number;
  readonly climate: Climate;
  readonly rows: readonly PlannedRow[];
  /** When the schedule calls the poller, in milliseconds from the start. */
  readonly polls: readonly number[];
  readonly faults: readonly Fault[];
}
