import type { Day } from '../model/day.ts';
import type { StreamName } from '../model/stream.ts';

/** The results of the polls of a stream. */
export interface PollingObservations {
  /** When the first and the last poll ended. */
  readonly firstAt: Date;
  readonly endedAt: Date;
  /** When the stream was last read, and first. */
  readonly firstReadAt: Date | undefined;
  readonly readAt: Date | undefined;
  /** The current failure, with the end of the first poll that had it. */
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

/** Rejected rows that arrived after the last readable row. */
export interface UnreadableObservations {
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
  /** Undefined if the newest rows could be read. */
  readonly unreadable: UnreadableObservations | undefined;
  readonly closedUpTo: Day | undefined;
  readonly completeUpTo: Day | undefined;
  readonly days: ReadonlyMap<Day, DayObservations>;
}

/** The last failure in the poller's log, for when it could write nowhere else. */
export interface LastFailure {
  readonly at: Date;
  readonly reason: string;
  readonly message: string;
}

/** Everything known of a source at one moment, from what its runs stored. */
export interface SourceObservations {
  readonly source: string;
  readonly streams: readonly StreamObservations[];
  /** Since when this source is monitored. */
  readonly watchedSince: Date;
  /** The first day that polling collects. */
  readonly pollingSince: Day | undefined;
  /** Requests made today (UTC), and those that a run has reserved. */
  readonly requestsToday: number;
  /** Until when Zoom accepts no requests, by its Retry-After. */
  readonly parkedUntil: Date | undefined;
  /** Why none of the above could be read, if so. */
  readonly unreadable: { readonly reason: string; readonly message: string } | undefined;
  readonly lastFailure: LastFailure | undefined;
}

/** What is expected of a source. */
export interface Expectations {
  readonly auth: 'oauth' | 'server-to-server';
  /** The interval of the polls; undefined: the observed one. */
  readonly pollMs: number | undefined;
  readonly lookbackDays: number;
  /** How long a stream may be silent, in minutes, where the operator has set it; 0 disables the alarm. */
  readonly dropOffMinutes: Readonly<Partial<Record<StreamName, number | undefined>>>;
  /** Whether the limits of the other streams are learned from previous weeks. */
  readonly learnedBaseline: boolean;
  /** Days whose silence is not counted. */
  readonly quietDays: readonly Day[];
}
