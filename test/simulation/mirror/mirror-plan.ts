import type { MirrorRules } from '../../../shared/model/content-config.ts';
import type { MeetingInput, PersonInput, RecordingsOfDeleted } from '../../../simulator/content/model.ts';

/** What happens at Zoom before a run. */
export type MirrorChange = { readonly beforeRun: number } & (
  | {
      readonly kind: 'trash' | 'recover' | 'purge';
      readonly uuid: string;
      /** Undefined: the whole recording. */
      readonly file?: string | undefined;
    }
  | { readonly kind: 'delete'; readonly person: string; readonly recordings: RecordingsOfDeleted }
  /** During the run, after the lists of the new host were read: the recordings are in no list of this run. */
  | { readonly kind: 'transfer-while-listed'; readonly person: string; readonly to: string }
);

/** What an operator does before a run. */
export type OperatorAct = { readonly beforeRun: number } & (
  | {
      readonly kind: 'hold';
      readonly name: string;
      readonly people: 'all' | readonly string[];
      readonly from?: string | undefined;
      readonly to?: string | undefined;
    }
  | { readonly kind: 'end-hold'; readonly name: string }
  /** Releases the brake, if it is on. */
  | { readonly kind: 'release' }
  | { readonly kind: 'mode'; readonly mode: 'archive' | 'mirror' }
);

/** A run of the collector. */
export interface MirrorRun {
  /** In milliseconds from the start. */
  readonly at: number;
  /** Whether it lists all days, or the last ones only. */
  readonly listsAll: boolean;
}

/** The plan of a world with a mirror. Changes and acts can be left out, to find the smallest world that fails. */
export interface MirrorWorldPlan {
  readonly seed: number;
  readonly start: number;
  readonly rules: MirrorRules;
  readonly people: readonly (PersonInput & { readonly id: string })[];
  readonly meetings: readonly (MeetingInput & { readonly uuid: string })[];
  readonly changes: readonly MirrorChange[];
  readonly acts: readonly OperatorAct[];
  readonly runs: readonly MirrorRun[];
}
