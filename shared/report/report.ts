import type { Period } from './period.ts';
import type { StreamCalendar } from './calendar.ts';
import type { EventFigures } from './event-figures.ts';
import type { Level } from '../query/detection.ts';
import type { RoleFigures } from './role-figures.ts';
import type { SettingFigures } from './setting-figures.ts';
import type { SignInFigures } from './sign-in-figures.ts';
import type { Verdict } from '../health/verdict.ts';
import type { AnyStreamName } from '../model/stream.ts';

/** A finding of a detection. */
export interface ReportFinding {
  readonly detection: string;
  readonly title: string;
  readonly level: Level;
  /** As RFC 3339; possibly empty. */
  readonly time: string;
  readonly who: string;
  readonly what: string;
  readonly source: string;
}

/** The health of a stream, and how late its rows are. */
export interface ReportStream {
  readonly source: string;
  readonly stream: AnyStreamName;
  /** Null if nothing is expected of it: it was collected by hand. */
  readonly verdict: Verdict | null;
  readonly newestEvent: string | undefined;
  readonly events: number;
  /** How late rows come after their event, in milliseconds; undefined if it was not measured. */
  readonly lateness: { readonly p99Ms: number; readonly maxMs: number } | undefined;
  readonly lastRun: { readonly run: string; readonly endedAt: string; readonly error?: unknown } | undefined;
  readonly problems: readonly {
    readonly what: string;
    readonly error: string | undefined;
    readonly lost: string;
    readonly todo: string;
  }[];
}

/** Everything that a page shows. */
export interface Report {
  /** The folder or bucket. */
  readonly place: string;
  readonly period: Period;
  readonly now: Date;
  /** Of this program. */
  readonly version: string;
  /** Why figures are not complete, one sentence each. */
  readonly warnings: readonly string[];
  readonly events: EventFigures;
  readonly settings: SettingFigures;
  readonly roles: RoleFigures;
  readonly signIns: SignInFigures;
  /** The number of detections that ran. */
  readonly detections: number;
  /** Those of the period. */
  readonly findings: readonly ReportFinding[];
  readonly calendar: readonly StreamCalendar[];
  readonly streams: readonly ReportStream[];
}

/** Whether all streams are of one source, so that its name is said once. */
export const isOneSource = ({ streams }: Pick<Report, 'streams'>): boolean =>
  new Set(streams.map(({ source }) => source)).size === 1;
