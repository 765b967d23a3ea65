import type { Day } from '../model/day.ts';
import type { StreamName } from '../model/stream.ts';

/** How the polls of a stream have gone. */
export interface PollingObservations {
  /** When the first and the last poll ended. */
  readonly firstAt: Date;
  readonly endedAt: Date;
  /** When the stream was last read, and first. */
  readonly firstReadAt: Date | undefined;
  readonly readAt: Date | undefined;
  /** The failure that lasts, with the end of the first poll that met it. */
  readonly failing: { readonly since: Date; readonly reason: string; readonly message: string } | undefined;
  /** From the poll before to the last one, in milliseconds; undefined after the first. */
  readonly everyMs: number | undefined;
}

/** What is known of the rows of one day. */
export interface DayObservations {
  readonly rows: number;
  /** Events in each of the 24 hours, by their own time. */
  readonly byHour: readonly number[] | undefined;
  /** Operations whose detail was read to the end, in part or not at all. */
  readonly details: { readonly read: number; readonly unread: number } | undefined;
  readonly rejected: number;
  readonly held: number;
  /** Whether it was ever read to its end. */
  readonly wasRead: boolean;
}

/** Rejected rows that came after the last row that could be read. */
export interface UnreadableRows {
  readonly rows: number;
  /** The first and the last day that Zoom lists them under. */
  readonly from: Day;
  readonly to: Day;
  /** When the first of them was found. */
  readonly since: Date;
  /** Whether they are a small share of the rows of their days. */
  readonly isFew: boolean;
}

/** What is known of a stream. */
export interface StreamObservations {
  readonly stream: StreamName;
  /** Undefined before the first poll. */
  readonly polling: PollingObservations | undefined;
  /** Time of the newest event delivered. */
  readonly newestEvent: Date | undefined;
  /** Undefined if the last rows that came could be read. */
  readonly unreadable: UnreadableRows | undefined;
  readonly closedUpTo: Day | undefined;
  readonly completeUpTo: Day | undefined;
  readonly days: ReadonlyMap<Day, DayObservations>;
}

/** What the poller wrote into its log last, when it could write nowhere else. */
export interface LastFailure {
  readonly at: Date;
  readonly reason: string;
  readonly message: string;
}

/** All that is known of a source at one moment, from what its runs left behind. */
export interface SourceObservations {
  readonly source: string;
  readonly streams: readonly StreamObservations[];
  /** Since when anybody watches this source. */
  readonly watchedSince: Date;
  /** The first day that polling is to bring. */
  readonly pollingSince: Day | undefined;
  /** Requests made today (UTC), and those that a run has reserved. */
  readonly requestsToday: number;
  /** Until when Zoom wants no requests, by its own word. */
  readonly parkedUntil: Date | undefined;
  /** Why nothing of the above could be read, if so. */
  readonly unreadable: { readonly reason: string; readonly message: string } | undefined;
  readonly lastFailure: LastFailure | undefined;
}

/** What is expected of a source. */
export interface Expectations {
  readonly auth: 'oauth' | 'server-to-server';
  /** The distance of two polls; undefined: whatever it has been. */
  readonly pollMs: number | undefined;
  readonly lookbackDays: number;
  /** How long a stream may be silent, in minutes, where the operator has set it; 0: for ever. */
  readonly dropOffMinutes: Readonly<Partial<Record<StreamName, number | undefined>>>;
  /** Whether the weeks before tell how long the other streams may be silent. */
  readonly learnedBaseline: boolean;
  /** Days on which silence is no news. */
  readonly quietDays: readonly Day[];
}
