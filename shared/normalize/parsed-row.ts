import type { Instant } from '../model/instant.ts';
import type { StreamName } from '../model/stream.ts';
import type { Area } from './area.ts';
import type { OcsfActivity } from './ocsf-activity.ts';
import type { OperationDetail } from './operation-detail.ts';
import type { Person } from './person.ts';
import type { Verb } from './verb.ts';

/** How it ended, as far as the row tells. */
export type Outcome = 'success' | 'failure' | 'unknown';

/** A row understood once, for every format. */
export interface ParsedRow {
  readonly stream: StreamName;
  /** As Zoom sent it, but well-formed: half a surrogate pair is U+FFFD. */
  readonly row: Readonly<Record<string, unknown>>;
  readonly time: Instant;
  readonly area: Area;
  /** What happened, in one word of ours: `user.sign_in`, `group.setting_change`. */
  readonly eventType: string;
  readonly activity: OcsfActivity;
  readonly outcome: Outcome;
  /** Zoom's own word for what was done. */
  readonly action?: string;
  /** The row in one line. */
  readonly message?: string;
  /** Zoom's own code for this sort of row: `User/Add`, `Sign in`. */
  readonly code?: string;
  readonly actor?: Person;

  /** Operations only: the category as Zoom shows it, what was done to it, and what the detail says. */
  readonly category?: string;
  readonly verb?: Verb;
  readonly detail?: OperationDetail;

  /** Sign-ins only. The address comes first, before those that a list names behind it. */
  readonly addresses?: readonly [string, ...string[]];
  readonly clientType?: string;
}

/** What the reader of a stream finds in a row, beside what every stream has. */
export type ParsedStreamRow = Omit<ParsedRow, 'stream' | 'row' | 'time'>;
