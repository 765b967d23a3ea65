import { hash } from 'node:crypto';
import { apiError } from '../response.ts';
import type { Fault, FaultEffect } from '../fault-table.ts';
import { listRewritten, twisted } from './list-rewrites.ts';
import { noteMissing } from './notes.ts';
import { chatUrlRefused } from './other-downloads.ts';

const only = (strike: FaultEffect) => ({ plain: strike });

type Item = Record<string, unknown>;

/** A body of a list of archived meetings, or of one of them. */
interface ArchiveBody {
  readonly meetings?: readonly Item[];
  readonly archive_files?: readonly Item[];
}

/** Changes the files of each archived meeting of a response. */
const archivesRewritten = (change: (files: readonly Item[]) => readonly Item[]): FaultEffect => {
  const changed = <T extends ArchiveBody>(meeting: T): T =>
    meeting.archive_files ? { ...meeting, archive_files: change(meeting.archive_files) } : meeting;
  return listRewritten((body) => ({
    ...changed(body as ArchiveBody),
    ...(body.meetings && { meetings: body.meetings.map((meeting) => changed(meeting)) }),
  }));
};

/** A checksum that is one, but not of this file. */
const otherSum = (sum: unknown): string => hash('sha256', String(sum));

/** Faults of Team Chat. */
const OF_CHAT = {
  'edits-with-first-page': {
    nature: 'harmless',
    on: ['chat-messages'],
    does: 'edits and deletions come with the first page only',
    variants: only(twisted('edits-with-first-page')),
  },
  'edits-by-day-of-edit': {
    nature: 'transient',
    on: ['chat-sessions', 'chat-messages'],
    does: 'an edit or deletion is listed under its own day, not under that of the message',
    variants: only(twisted('edits-by-day-of-edit')),
  },
  'reaction-change': {
    nature: 'harmless',
    on: ['chat-messages'],
    does: 'a member reacts to a message, or takes it back, without an edit',
    variants: only(twisted('reaction-change')),
  },
  'thread-parent-on-another-day': {
    nature: 'harmless',
    on: ['chat-messages'],
    does: 'a reply is posted to the oldest message of the session, which lies on another day',
    variants: only(twisted('thread-reply')),
  },
  'one-sided-session-missing': {
    nature: 'transient',
    on: ['chat-sessions'],
    does: 'a 1:1 session in which only one person wrote is not listed; it can be read per user',
    variants: only(twisted('without-one-sided')),
  },
  'bot-messages-missing': {
    nature: 'transient',
    on: ['chat-messages'],
    does: 'messages of bots are left out in spite of include_bot_message',
    variants: only(twisted('without-bots')),
  },
  'session-left-out': {
    nature: 'transient',
    on: ['chat-sessions'],
    does: 'a page leaves out one of its sessions, although it has messages',
    variants: only(
      listRewritten((body) => ({ ...body, sessions: (body as { sessions?: Item[] }).sessions?.slice(1) })),
    ),
  },
  'wrong-chat-digest': {
    nature: 'transient',
    on: ['chat-file'],
    does: 'the digest of a chat file is not its SHA-256',
    variants: only(
      listRewritten((body) => ({ ...body, digest: otherSum((body as { digest?: unknown }).digest) })),
    ),
  },
  'chat-url-expired': {
    nature: 'transient',
    on: ['chat-download'],
    does: 'the jwt of the address of a chat file has expired: 403 with a page of HTML, or 401',
    variants: {
      '403': () => chatUrlRefused(),
      '401': () => apiError(401, 124, 'Access token is expired.'),
    },
  },
} as const satisfies Record<string, Fault>;

/** Faults of archives and AI notes. */
const OF_ARCHIVES = {
  'wrong-archive-fingerprint': {
    nature: 'transient',
    on: ['archives'],
    does: 'encryption_fingerprint is not the SHA-256 of the file',
    variants: only(
      archivesRewritten((files) =>
        files.map((file) =>
          'encryption_fingerprint' in file
            ? { ...file, encryption_fingerprint: otherSum(file['encryption_fingerprint']) }
            : file,
        ),
      ),
    ),
  },
  'archive-file-left-out': {
    nature: 'transient',
    on: ['archives'],
    does: 'each meeting lacks its first archive file; the statistics count it',
    variants: only(archivesRewritten((files) => files.slice(1))),
  },
  'archive-processing': {
    nature: 'transient',
    on: ['archives'],
    does: 'archive files that are complete are listed as processing',
    variants: only(
      archivesRewritten((files) =>
        files.map((file) => ({
          ...file,
          file_size: 0,
          status: 'processing',
          encryption_fingerprint: undefined,
        })),
      ),
    ),
  },
  'note-missing': {
    nature: 'transient',
    on: ['note'],
    does: 'a summary or transcript that exists does not: 404, code 3322',
    variants: only(() => noteMissing()),
  },
} as const satisfies Record<string, Fault>;

/** Every fault of Team Chat, archives and AI notes. README.md has the same table; a test compares them. */
export const CHAT_FAULTS = { ...OF_CHAT, ...OF_ARCHIVES } as const satisfies Record<string, Fault>;

export type ChatFaultName = keyof typeof CHAT_FAULTS;
