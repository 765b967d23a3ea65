import { hash } from 'node:crypto';
import { CHAT_STREAM } from '../content/content-streams.ts';
import type { StoredFile } from '../content/stored-files.ts';
import type { Day } from '../model/day.ts';
import type { ExportCounts, NotExported } from './certificate.ts';
import type { ChatConversation } from './chat-messages.ts';
import type { ExportFolder, WrittenFile } from './ports.ts';
import type { ChatDay, ChatFile } from './read-chat.ts';
import { TextReplacements } from './text-replacements.ts';

/** An export in one format. Things are added in order of source, stream and day. */
export interface ContentExport {
  /** Throws CorruptObjectError if the bytes are not the ones in custody. */
  addRecording(
    file: StoredFile & { readonly key: string; readonly sha256: string; readonly bytes: number },
  ): Promise<void>;
  /** `people`: the selected ones of the conversation, in order; none if all people are selected. */
  addConversation(day: ChatDay, conversation: ChatConversation, people: readonly string[]): Promise<void>;
  /** Writes the lists and then the certificate, which names them. */
  finish(toCertificate: (lists: readonly WrittenFile[]) => Buffer): Promise<void>;
}

/** Writes a small file. */
export const putText = (folder: ExportFolder, path: string, text: string | Buffer): Promise<WrittenFile> => {
  const body = Buffer.from(text);
  return folder.put(path, hash('sha256', body, 'hex'), async function* () {
    yield await Promise.resolve(body);
  });
};

/** What an export has so far, and what it lacks. */
export class ExportTally {
  readonly replaced = new TextReplacements();
  readonly notExported: NotExported[] = [];
  #hidden = 0;
  #counts: ExportCounts = { recordings: 0, sessions: 0, messages: 0, chatFiles: 0, files: 0, bytes: 0 };

  /** Files that a mirror hides, and that are left out. */
  get hidden(): number {
    return this.#hidden;
  }

  addHidden(): void {
    this.#hidden += 1;
  }

  get counts(): ExportCounts {
    return this.#counts;
  }

  add(more: Partial<ExportCounts>): void {
    const { recordings, sessions, messages, chatFiles, files, bytes } = this.#counts;
    this.#counts = {
      recordings: recordings + (more.recordings ?? 0),
      sessions: sessions + (more.sessions ?? 0),
      messages: messages + (more.messages ?? 0),
      chatFiles: chatFiles + (more.chatFiles ?? 0),
      files: files + (more.files ?? 0),
      bytes: bytes + (more.bytes ?? 0),
    };
  }

  /** A file of a message that is not held, or that a mirror hides. */
  missingChatFile(source: string, day: Day, file: ChatFile): void {
    const { item, version, name, state, reason, message } = file;
    if (state === 'hidden') {
      this.addHidden();
      return;
    }
    this.notExported.push({ source, day, stream: CHAT_STREAM, item, version, name, state, reason, message });
  }

  /** A file of a message whose stored bytes are not the ones in custody. */
  damagedChatFile(source: string, day: Day, file: ChatFile): void {
    this.missingChatFile(source, day, { ...file, state: 'failed', reason: 'damaged', message: DAMAGED });
  }
}

/** What to do about bytes that are not the ones in custody. */
export const DAMAGED = 'The stored bytes are missing or not the ones in custody. Run verify --files.';
