import type { StreamName } from '../../shared/model/stream.ts';
import type { Fault } from './faults.ts';

/** What a world is like from beginning to end; all of it by seed. */
export interface Climate {
  readonly auth: 'oauth' | 'server-to-server';
  readonly streams: readonly StreamName[];
  /** Whether the world goes on until its days are confirmed, or only until they have closed. */
  readonly ends: 'closed' | 'confirmed';
  readonly lookbackDays: number;
  readonly backfillDays: number;
  readonly requestsPerDay: number;
  readonly requestsPerSecond: number;
  /** Rows a page at most, whatever is asked for. */
  readonly pageSize: number;
  readonly order: 'newest-first' | 'oldest-first';
  readonly paging: 'live' | 'snapshot';
  readonly pages: 'full' | 'short' | 'mixed';
  readonly limitHeaders: 'rich' | 'bare' | 'iso' | 'seconds' | 'http-date' | 'mixed';
  readonly perSecond: number | 'off';
  readonly accessTokenSeconds: number;
  readonly pageTokenSeconds: number;
  readonly isWatched: boolean;
  readonly pollMinutes: number;
  /** How likely the process that went on last goes on next. */
  readonly stickiness: number;
}

/** A row of Zoom's. Instants are milliseconds from the beginning of the world. */
export interface PlannedRow {
  readonly stream: StreamName;
  /** Whose listing has it: days from the first. */
  readonly day: number;
  readonly row: unknown;
  readonly happensAt: number;
  /** When Zoom shows it at the latest. */
  readonly visibleAt: number;
  /** Zoom shows it as soon as somebody has read a page of its day and asks for the next. */
  readonly shiftsPages: boolean;
}

/** A world before anything happens in it. Rows, polls and troubles can be left out, to find the smallest that fails. */
export interface Plan {
  readonly seed: number;
  /** Another order of the same things; 0 unless a smaller world needed one. */
  readonly schedule: number;
  /** The first instant, in milliseconds since 1970, and how many days from there have trouble. */
  readonly start: number;
  readonly days: number;
  readonly climate: Climate;
  readonly rows: readonly PlannedRow[];
  /** When the schedule calls the poller, in milliseconds from the start. */
  readonly polls: readonly number[];
  readonly faults: readonly Fault[];
}
