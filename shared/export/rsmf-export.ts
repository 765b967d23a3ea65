import { HostEmails } from '../content/host-emails.ts';
import type { FileStore } from '../content/ports.ts';
import type { Day } from '../model/day.ts';
import { type ChatConversation, type ChatMessage, type ListedChatFile, messageKey } from './chat-messages.ts';
import { manifestLine } from './bag.ts';
import { type ContentExport, type ExportTally, putText } from './content-export.ts';
import { FreeNames, FreePaths } from './file-names.ts';
import type { ExportFolder, TextFile, WrittenFile } from './ports.ts';
import { type ChatDay, type ChatFile, readParents } from './read-chat.ts';
import { toRsmfFile } from './rsmf-file.ts';
import {
  MANIFEST_NAME,
  Participants,
  type RsmfAttachment,
  titleOf,
  toContextEvent,
  toEvent,
  toManifest,
} from './rsmf-manifest.ts';
import { type RsmfLimits, type RsmfSlice, toSlices } from './rsmf-slices.ts';
import { isIntact, verifiedBytes } from './verified-bytes.ts';
import type { ZipEntry } from './zip.ts';

const FILE_LIST = 'manifest-sha256.txt';

type Attached = ZipEntry & { readonly sha256: string };
type Parents = ReadonlyMap<string, ChatMessage>;

interface RsmfContext {
  readonly store: FileStore;
  readonly folder: ExportFolder;
  readonly tally: ExportTally;
  readonly signal: AbortSignal;
  readonly limits: RsmfLimits;
  /** Whether a day is selected: parents of replies are copied from these days only. */
  readonly isWithin: (day: Day) => boolean;
}

/** An export of chat as RSMF: a file for each session and day, and more if a day is over the limits. */
export class RsmfExport implements ContentExport {
  readonly #context: RsmfContext;
  readonly #fileList: TextFile;
  readonly #paths = new FreePaths();
  #parents: { readonly day: ChatDay; readonly found: Parents } | undefined;
  #emails: { readonly source: string; readonly emails: HostEmails } | undefined;

  private constructor(context: RsmfContext, fileList: TextFile) {
    this.#context = context;
    this.#fileList = fileList;
  }

  static async open(context: RsmfContext): Promise<RsmfExport> {
    return new RsmfExport(context, await context.folder.open(FILE_LIST));
  }

  addRecording(): Promise<void> {
    return Promise.reject(new RangeError('RSMF holds messages only'));
  }

  async addConversation(
    day: ChatDay,
    conversation: ChatConversation,
    people: readonly string[],
  ): Promise<void> {
    const { limits } = this.#context;
    const parents = await this.#parentsOf(day);
    const own = new Map(conversation.messages.map((message) => [message.id, message]));
    const { id: sessionId } = conversation.session;
    const parentOf = ({ replyTo }: ChatMessage): ChatMessage | undefined =>
      replyTo && (own.get(replyTo.id) ?? parents.get(messageKey(sessionId, replyTo.id)));
    const slices = toSlices(
      conversation,
      limits,
      (message) => [...fitting(day, message, limits).values()].reduce((sum, bytes) => sum + bytes, 0),
      parentOf,
    );
    const emailOf = await this.#emailsOf(day.source, conversation, parents);
    for (const slice of slices) await this.#write(day, conversation, slice, slices.length, people, emailOf);
  }

  async finish(toCertificate: (lists: readonly WrittenFile[]) => Buffer): Promise<void> {
    const list = await this.#fileList.close();
    await putText(this.#context.folder, 'certificate.json', toCertificate([list]));
  }

  async #write(
    day: ChatDay,
    { session }: ChatConversation,
    { part, messages, context }: RsmfSlice,
    parts: number,
    people: readonly string[],
    emailOf: (userId: string) => string | undefined,
  ): Promise<void> {
    const { tally, folder } = this.#context;
    const participants = new Participants({ session, messages: [...context, ...messages] }, emailOf);
    const custodian = people.find((email) => participants.has(email));
    const title = `${titleOf(session)} ${day.day}${parts > 1 ? ` (${part} of ${parts})` : ''}`;
    const path = this.#paths.take(`${day.source}/${day.day}`, `${title}.rsmf`);
    const facts = { participants, custodian, replaced: tally.replaced };
    const names = new FreeNames([MANIFEST_NAME]);
    const ids = new Set([...context, ...messages].map(({ id }) => id));
    const entries: Attached[] = [];
    const events = context.map((message) => toContextEvent(message, facts));
    for (const message of messages) {
      const attached = await this.#attach(day, message, path, names);
      entries.push(...attached.entries);
      const hasParent = message.replyTo !== undefined && ids.has(message.replyTo.id);
      events.push(toEvent(message, hasParent, { ...facts, ...attached }));
    }
    const manifest = toManifest(day.source, session, participants, custodian, events);
    const file = toRsmfFile(title, manifest, entries, tally.replaced);
    await this.#list(await folder.put(path, file.identity, file.bytes));
  }

  /** The attachments of a message. A file that does not fit is put beside the RSMF file. */
  async #attach(
    chat: ChatDay,
    message: ChatMessage,
    path: string,
    names: FreeNames,
  ): Promise<{ attachments: RsmfAttachment[]; entries: Attached[]; missing: string[] }> {
    const { store, folder, signal, limits, tally } = this.#context;
    const { source, day } = chat;
    const inside = fitting(chat, message, limits);
    const attachments: RsmfAttachment[] = [];
    const entries: Attached[] = [];
    const missing: string[] = [];
    for (const listed of message.files) {
      const file = chat.fileOf(listed);
      const { held } = file;
      if (!held) {
        tally.missingChatFile(source, day, file);
        missing.push(`${nameOf(file)}: ${file.state}${file.reason === undefined ? '' : ` (${file.reason})`}`);
        continue;
      }
      if (!(await isIntact(store, held, signal))) {
        tally.damagedChatFile(source, day, file);
        missing.push(`${nameOf(file)}: damaged`);
        continue;
      }
      tally.add({ chatFiles: 1 });
      const read = (): AsyncIterable<Uint8Array> => verifiedBytes(store, held, signal);
      if (!inside.has(listed)) {
        const beside = `${path.slice(0, -'.rsmf'.length)}.files/${names.take(file.name)}`;
        await this.#list(await folder.put(beside, held.sha256, read));
        missing.push(`${nameOf(file)}: too large for this format, beside it as ${beside}`);
        continue;
      }
      const id = names.take(file.name);
      attachments.push({ id, display: nameOf(file), size: held.bytes });
      entries.push({ name: id, bytes: held.bytes, read, sha256: held.sha256 });
    }
    return { attachments, entries, missing };
  }

  async #list(written: WrittenFile): Promise<void> {
    this.#context.tally.add({ files: 1, bytes: written.bytes });
    await this.#fileList.write(manifestLine(written));
  }

  /** The parents that replies of a day have on other days: read once for all its conversations. */
  async #parentsOf(day: ChatDay): Promise<Parents> {
    if (this.#parents?.day !== day) {
      const found = await readParents(this.#context.store, day, this.#context.isWithin);
      this.#parents = { day, found };
    }
    return this.#parents.found;
  }

  /** The addresses of those who reacted, as far as lists of people have their ids. */
  async #emailsOf(
    source: string,
    { messages }: ChatConversation,
    parents: Parents,
  ): Promise<(userId: string) => string | undefined> {
    if (this.#emails?.source !== source) {
      this.#emails = { source, emails: new HostEmails(this.#context.store, source) };
    }
    const found = new Map<string, string>();
    for (const { reactions } of [...messages, ...parents.values()]) {
      for (const userId of reactions.flatMap(({ userIds }) => userIds)) {
        if (found.has(userId)) continue;
        const email = await this.#emails.emails.of(userId);
        if (email !== undefined) found.set(userId, email);
      }
    }
    return (userId) => found.get(userId);
  }
}

/** The held files of a message that fit into one zip together, with their sizes. */
const fitting = (
  { fileOf }: ChatDay,
  { files }: ChatMessage,
  { zipBytes }: RsmfLimits,
): ReadonlyMap<ListedChatFile, number> => {
  const inside = new Map<ListedChatFile, number>();
  let left = zipBytes;
  for (const file of files) {
    const { held } = fileOf(file);
    if (!held || held.bytes > left) continue;
    inside.set(file, held.bytes);
    left -= held.bytes;
  }
  return inside;
};

const nameOf = ({ name, fileId }: Pick<ChatFile, 'name' | 'fileId'>): string => name || fileId || 'file';
