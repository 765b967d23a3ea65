/** An instant of simulated time: a Date, or a text that Date can parse. */
export type Instant = Date | string;

export type PersonStatus = 'active' | 'inactive' | 'pending';

/** What an admin does with the recordings of a person who is deleted: transfer them, put them in the trash, or delete them. */
export type RecordingsOfDeleted =
  { readonly transferTo: string } | { readonly trash: true } | { readonly purge: true };

/** A person of a Zoom account. */
export interface PersonInput {
  /** Zoom's id of the person. Default: a new one. A pending person has one too, but Zoom does not show it. */
  readonly id?: string | undefined;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Default: active. */
  readonly status?: PersonStatus | undefined;
  /** 1 Basic, 2 Licensed (default). */
  readonly type?: number | undefined;
  readonly dept?: string | undefined;
  readonly timezone?: string | undefined;
  readonly createdAt?: Instant | undefined;
  readonly lastLoginAt?: Instant | undefined;
  readonly groupIds?: readonly string[] | undefined;
  /** Default: 2, a member. */
  readonly roleId?: string | undefined;
  /** When the person appears. Default: immediately. */
  readonly visibleFrom?: Instant | undefined;
  /** Deleted from the start. The recordings of the company are treated as stated. */
  readonly deleted?: RecordingsOfDeleted | undefined;
}

export interface GroupInput {
  readonly id: string;
  readonly name: string;
}

/** What the bytes of a file begin with; `wrong` fits no type. */
export type BytesForm = 'mp4' | 'm4a' | 'vtt' | 'json' | 'text' | 'jpg' | 'binary' | 'wrong';

/** One file of a recording. */
export interface FileInput {
  /** Zoom's id of the file (default: a new one), or null: TIMELINE and CC files may have none. */
  readonly id?: string | null | undefined;
  /** `MP4`, `M4A`, `TIMELINE`, `TRANSCRIPT`, `CHAT`, `CC`, `CSV`, `SUMMARY`, … */
  readonly fileType: string;
  /** Default: by type. */
  readonly extension?: string | undefined;
  readonly recordingType?: string | undefined;
  /** Begin and end of the segment. Default: those of the meeting. */
  readonly start?: Instant | undefined;
  readonly end?: Instant | undefined;
  /** The true length. Text, JSON and captions have at most 64 MiB. */
  readonly bytes: number;
  /** Decides the bytes. Default: the file itself. */
  readonly seed?: string | number | undefined;
  /** Default: by type. */
  readonly form?: BytesForm | undefined;
  /** `file_size` in listings, where it is not the true length. */
  readonly listedBytes?: number | undefined;
  /** Zoom's own file name. Default: `GMT20210429-143543_Recording_640x360.mp4`, by start and type. */
  readonly fileName?: string | undefined;
  /** In `participant_audio_files`, which only the recordings of one meeting have. */
  readonly participantAudio?: boolean | undefined;
  /** When it appears in its meeting. Default: immediately. */
  readonly visibleFrom?: Instant | undefined;
  /** Not downloadable yet: `recording` is the form of a meeting in progress, `encoding` the time after it. No `until`: for ever. */
  readonly processing?:
    { readonly as: 'recording' | 'encoding'; readonly until?: Instant | undefined } | undefined;
}

export interface ParticipantInput {
  readonly name: string;
  /** Empty for guests, as is the id. */
  readonly email?: string | undefined;
  readonly personId?: string | undefined;
  /** Minutes after the start of the meeting. Default: all of it. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A question with the reply of one participant: of a poll, or of the Q&A of a webinar. */
export interface QuestionInput {
  readonly name: string;
  readonly email: string;
  readonly question: string;
  readonly reply: string;
}

/** One instance of a meeting or a webinar, with its recording if it has files. */
export interface MeetingInput {
  /** 16 bytes in base64. Default: a new one. */
  readonly uuid?: string | undefined;
  /** 9 to 11 digits, shared by the instances of a meeting. Default: a new one. */
  readonly id?: number | undefined;
  readonly hostId: string;
  readonly topic: string;
  /** 1 instant, 2 scheduled (default), 3 and 8 recurring, 4 personal id; 5, 6, 9 webinar; 99 uploaded, 100 breakout room. */
  readonly type?: number | undefined;
  readonly start: Instant;
  readonly minutes: number;
  readonly timezone?: string | undefined;
  readonly files?: readonly FileInput[] | undefined;
  readonly participants?: readonly ParticipantInput[] | undefined;
  readonly polls?: readonly QuestionInput[] | undefined;
  readonly qa?: readonly QuestionInput[] | undefined;
  readonly inMeetingChat?: boolean | undefined;
  /** `feature_used.record_to_cloud`. Default: it has files. */
  readonly recorded?: boolean | undefined;
  /** The passcode of the recording. */
  readonly password?: string | undefined;
  /** When Zoom deletes the recording by itself. */
  readonly autoDeleteAt?: Instant | undefined;
  /** When the meeting appears in reports and lists. Default: immediately. */
  readonly visibleFrom?: Instant | undefined;
}

/** A stored person. Instants of stored things are epoch milliseconds. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  status: PersonStatus | 'deleted';
  readonly type: number;
  readonly dept: string;
  readonly timezone: string;
  readonly createdAt: number;
  readonly lastLoginAt: number;
  readonly groupIds: readonly string[];
  readonly roleId: string;
  readonly visibleFrom: number;
}

/** The bytes that a file had from an instant on. */
export interface FileVersion {
  readonly number: number;
  readonly bytes: number;
  readonly seed: string;
  readonly form: BytesForm;
  readonly etag: string;
  readonly since: number;
}

/** A file as the file host serves it. */
export interface HostedFile {
  readonly key: string;
  readonly fileName: string;
  /** In upper case. */
  readonly extension: string;
  readonly version: FileVersion;
}

export interface ContentFile {
  /** Names the file for tests, also where Zoom gives no id. */
  readonly key: string;
  readonly id: string | null;
  readonly fileType: string;
  readonly extension: string;
  readonly recordingType: string;
  readonly start: number;
  readonly end: number;
  listedBytes: number | undefined;
  readonly fileName: string;
  readonly participantAudio: boolean;
  readonly visibleFrom: number;
  readonly processingAs: 'recording' | 'encoding' | undefined;
  /** When it can be downloaded; Infinity for one that is processed for ever. */
  readyAt: number;
  /** In the trash, or deleted, before the simulated time began, and not recovered: it never could be downloaded. */
  goneFromStart: boolean;
  trashedAt: number | undefined;
  purgedAt: number | undefined;
  /** Oldest first; the last one is served. */
  readonly versions: FileVersion[];
}

export interface Meeting {
  readonly uuid: string;
  readonly id: number;
  /** Whose recording it is: another person after a transfer. */
  hostId: string;
  /** Who held it. */
  readonly heldBy: string;
  topic: string;
  readonly type: number;
  readonly start: number;
  readonly minutes: number;
  readonly timezone: string;
  readonly files: ContentFile[];
  readonly participants: readonly ParticipantInput[];
  readonly polls: readonly QuestionInput[];
  readonly qa: readonly QuestionInput[];
  readonly inMeetingChat: boolean;
  readonly recorded: boolean | undefined;
  readonly password: string | undefined;
  readonly autoDeleteAt: number | undefined;
  readonly visibleFrom: number;
}
