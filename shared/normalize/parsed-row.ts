import type { Instant } from '../model/instant.ts';
import type { StreamName } from '../model/stream.ts';
import type { Area } from './area.ts';
import type { OcsfActivity } from './ocsf-activity.ts';
import type { OperationDetail } from './operation-detail.ts';
import type { Person } from './person.ts';
import type { Verb } from './verb.ts';

/** The outcome, if the row contains it. */
export type Outcome = 'success' | 'failure' | 'unknown';

/** A row, parsed once for all formats. */
export interface ParsedRow {
  readonly stream: StreamName;
  /** As Zoom sent it, but well-formed: half a surrogate pair is U+FFFD. */
  readonly row: Readonly<Record<string, unknown>>;
  readonly time: Instant;
  readonly area: Area;
  /** The event type: `user.sign_in`, `group.setting_change`. */
  readonly eventType: string;
  readonly activity: OcsfActivity;
  readonly outcome: Outcome;
  /** Zoom's own word for the action. */
  readonly action?: string;
  /** The row in one line. */
  readonly message?: string;
  /** Zoom's own code for this kind of row: `User/Add`, `Sign in`. */
  readonly code?: string;
  readonly actor?: Person;

  /** Operations only: the category as Zoom shows it, the verb, and the parsed detail. */
  readonly category?: string;
  readonly verb?: Verb;
  readonly detail?: OperationDetail;

  /** Sign-ins only. The address is first, before others of a list. */
  readonly addresses?: readonly [string, ...string[]];
  readonly clientType?: string;
}

/** The fields that the parser of a stream adds to those of every stream. */
export type ParsedStreamRow = Omit<ParsedRow, 'stream' | 'row' | 'time'>;
