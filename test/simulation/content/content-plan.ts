import type {
  FileInput,
  MeetingInput,
  PersonInput,
  RecordingsOfDeleted,
} from '../../../simulator/content/model.ts';
import type { Fault } from '../faults.ts';

/** The constant conditions of a content world, drawn from its seed. */
export interface ContentClimate {
  /** Meetings are held on so many days from the first on. */
  readonly meetingDays: number;
  readonly collectsMeetings: boolean;
  readonly partBytes: number;
  /** Bytes of a body that arrive at once. */
  readonly chunkBytes: number;
  /** Most rows of a page, whatever is requested. */
  readonly pageSize: number;
  readonly paging: 'live' | 'snapshot';
  readonly order: 'newest-first' | 'oldest-first' | 'shuffled';
  readonly toInclusive: boolean;
  readonly trashedDownloads: 'refuse' | 'serve';
  readonly fileHost: 'self' | 'localhost';
  readonly accessTokenSeconds: number;
  readonly signedUrlSeconds: number;
  readonly pageTokenSeconds: number;
  /** Whether the store repeats a conditional put whose response was lost, as the SDK does. */
  readonly storeRetries: boolean;
  /** Probability that the process of the last effect continues. */
  readonly stickiness: number;
}

/** A file of a planned meeting. `name` is its name within the plan. */
export interface PlannedFile {
  readonly name: string;
  readonly input: FileInput;
}

/** A meeting. Its times are in the input; a recording has at least one file. */
export interface PlannedMeeting {
  readonly uuid: string;
  readonly input: Omit<MeetingInput, 'files' | 'uuid'>;
  readonly files: readonly PlannedFile[];
}

/** What happens at Zoom. `at` is in milliseconds from the start of the world; a file is named by its name within the plan. */
export type Change =
  | { readonly kind: 'add-file'; readonly at: number; readonly uuid: string; readonly file: PlannedFile }
  | { readonly kind: 'finish'; readonly at: number; readonly uuid: string; readonly file: string }
  | { readonly kind: 'rename'; readonly at: number; readonly uuid: string; readonly topic: string }
  | {
      readonly kind: 'recut';
      readonly at: number;
      readonly uuid: string;
      readonly file: string;
      readonly bytes: number;
      /** Whether lists stay as they were. */
      readonly silent?: boolean;
    }
  | {
      readonly kind: 'trash' | 'recover' | 'purge';
      readonly at: number;
      readonly uuid: string;
      /** Undefined: the whole recording. */
      readonly file?: string | undefined;
    }
  | {
      readonly kind: 'status';
      readonly at: number;
      readonly person: string;
      readonly status: 'active' | 'inactive';
    }
  | {
      readonly kind: 'delete';
      readonly at: number;
      readonly person: string;
      readonly recordings: RecordingsOfDeleted;
    };

/** The plan of a content world. Meetings, changes, runs and faults can be left out, to find the smallest world that fails. */
export interface ContentPlan {
  readonly seed: number;
  /** Selects the order of effects; 0 unless a smaller world needed another. */
  readonly schedule: number;
  /** The start in milliseconds since 1970, and the number of days with changes and faults. */
  readonly start: number;
  readonly days: number;
  readonly climate: ContentClimate;
  readonly people: readonly PersonInput[];
  readonly meetings: readonly PlannedMeeting[];
  readonly changes: readonly Change[];
  /** When a collector starts, in milliseconds from the start. */
  readonly runs: readonly number[];
  readonly faults: readonly Fault[];
}
