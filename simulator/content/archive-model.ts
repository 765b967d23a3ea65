import type { FileInput, FileVersion, Instant } from './model.ts';

export type ArchiveStatus = 'processing' | 'completed' | 'failed';

/** One file that Meeting Archiving made. */
export interface ArchiveFileInput extends Pick<
  FileInput,
  'extension' | 'recordingType' | 'bytes' | 'seed' | 'form' | 'listedBytes' | 'visibleFrom'
> {
  /** Default: a new one. */
  readonly id?: string | undefined;
  /** `MP4`, `M4A`, `CHAT`, `CHAT_MESSAGE`, `TRANSCRIPT`, `CC`, … */
  readonly fileType: string;
  /** `encryption_fingerprint`, where it is not the SHA-256 of the file. */
  readonly fingerprint?: string | undefined;
  /** The file of one participant. */
  readonly individual?: boolean | undefined;
  /** Empty for people of other accounts. */
  readonly participantEmail?: string | undefined;
  readonly joinTime?: Instant | undefined;
  readonly leaveTime?: Instant | undefined;
  readonly numberOfMessages?: number | undefined;
  /** Default: when the meeting is complete. */
  readonly readyAt?: Instant | undefined;
  /** It is never made: its status is `failed` from then on. */
  readonly failed?: boolean | undefined;
}

/** A file that was shared in the chat of a meeting: in `physical_files`. */
export interface AttachedFileInput extends Pick<FileInput, 'bytes' | 'seed' | 'form'> {
  /** Default: a new one. */
  readonly id?: string | undefined;
  readonly name: string;
}

/** A meeting that was archived, recorded or not. */
export interface ArchivedMeetingInput {
  /** 16 bytes in base64, and that of the held meeting if there is one. Default: a new one. */
  readonly uuid?: string | undefined;
  /** 9 to 11 digits. Default: a new one. */
  readonly id?: number | undefined;
  readonly hostId: string;
  readonly topic: string;
  /** Default: 2, scheduled. */
  readonly type?: number | undefined;
  readonly start: Instant;
  readonly seconds: number;
  /** Default: internal. */
  readonly meetingType?: 'internal' | 'external' | undefined;
  /** The uuid of the meeting whose breakout room this is. */
  readonly parentUuid?: string | undefined;
  readonly groupId?: string | undefined;
  /** `complete_time`. Default: an hour after the end. `failed`: the archiving failed at that time. */
  readonly completeAt?: Instant | undefined;
  readonly failed?: boolean | undefined;
  readonly files?: readonly ArchiveFileInput[] | undefined;
  readonly attachedFiles?: readonly AttachedFileInput[] | undefined;
}

/** A stored file. Instants of stored things are epoch milliseconds. */
export interface ArchiveFile {
  readonly key: string;
  readonly id: string;
  readonly fileType: string;
  readonly extension: string;
  readonly recordingType: string;
  readonly fileName: string;
  readonly listedBytes: number | undefined;
  readonly fingerprint: string | undefined;
  readonly individual: boolean;
  readonly participantEmail: string;
  readonly joinTime: number;
  readonly leaveTime: number;
  readonly numberOfMessages: number | undefined;
  /** Undefined: with its meeting. */
  readonly readyAt: number | undefined;
  readonly failed: boolean;
  readonly visibleFrom: number;
  readonly version: FileVersion;
}

export interface AttachedFile {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly extension: string;
  readonly version: FileVersion;
}

export interface ArchivedMeeting {
  readonly uuid: string;
  readonly id: number;
  readonly hostId: string;
  readonly topic: string;
  readonly type: number;
  readonly start: number;
  readonly seconds: number;
  readonly meetingType: 'internal' | 'external';
  readonly parentUuid: string | undefined;
  readonly groupId: string | undefined;
  completeAt: number;
  readonly failed: boolean;
  readonly files: ArchiveFile[];
  readonly attachedFiles: readonly AttachedFile[];
}
