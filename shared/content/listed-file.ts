import { hash } from 'node:crypto';

/** A file, as a row lists it. */
export interface ListedFile {
  /** Identifies the file through all its versions: 16 hex digits. Without the host, which a transfer changes. */
  readonly item: string;
  /** Identifies one version of its bytes, as far as the row shows it: a file that was cut again has another. 16 hex digits. */
  readonly version: string;
  /** Zoom's id of what the file belongs to: the uuid of its meeting, or the id of its chat session. */
  readonly uuid: string;
  readonly fileId: string | undefined;
  /** What the file host said, if it has other bytes than the version that is listed: `of` names that version. */
  readonly served?: ServedFile & { readonly of: string };
  /** Zoom's name of the file, which only the audio of single participants has in a list. */
  readonly fileName?: string | undefined;
  /** Zoom's name of the type, such as `MP4`; empty while the meeting is in progress. */
  readonly fileType: string;
  readonly recordingType: string;
  /** What its bytes are, if its type does not say it: the extension of a chat file. */
  readonly bodyType?: string | undefined;
  readonly extension: string;
  /** Zoom's size in bytes: a hint, which is wrong for some good files. */
  readonly size: number | undefined;
  /** Whether Zoom has finished it. */
  readonly isReady: boolean;
  readonly downloadUrl: string | undefined;
  /** Zoom's SHA-256 of it, in lower-case hex, if Zoom has one. */
  readonly digest?: string | undefined;
  readonly trashed: boolean;
  /** When it was moved to the trash, as Zoom writes it; undefined if Zoom does not say. */
  readonly deletedTime?: string | undefined;
  readonly isParticipantAudio: boolean;
  readonly topic: string;
  readonly hostId: string;
  /** The address of the host, which only the list of the account has. */
  readonly hostEmail?: string | undefined;
  readonly start: string;
}

/** What the file host says of the file that it sends: its strong ETag and its size in bytes, where it gives them. */
export interface ServedFile {
  readonly etag: string | undefined;
  readonly bytes: number | undefined;
}

const DIGEST_DIGITS = 16;

/** The digest of some parts that identifies an item or a version. */
export const shortDigest = (parts: readonly string[]): string =>
  hash('sha256', JSON.stringify(parts), 'hex').slice(0, DIGEST_DIGITS);
