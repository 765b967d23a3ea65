import { hash } from 'node:crypto';
import { labelOf, fileNameOf } from '../content/file-name.ts';
import type { FileStore } from '../content/ports.ts';
import type { StoredFile } from '../content/stored-files.ts';
import { CorruptObjectError } from '../errors.ts';
import type { ChatConversation, ChatMessage } from './chat-messages.ts';
import { bagInfo, BAG_DECLARATION, manifestLine, PAYLOAD } from './bag.ts';
import { type ContentExport, type ExportTally, putText } from './content-export.ts';
import { FreePaths } from './file-names.ts';
import { BYTE_ORDER_MARK, type LoadFileForm, type LoadFileRow, toCsv, toDat } from './load-file.ts';
import type { ExportFolder, TextFile, WrittenFile } from './ports.ts';
import type { ChatDay, ChatFile } from './read-chat.ts';
import { titleOf } from './rsmf-manifest.ts';
import { loneSurrogates } from './text-replacements.ts';
import { wellFormed } from '../model/well-formed.ts';
import { verifiedBytes } from './verified-bytes.ts';

const CSV = 'items.csv';
const DAT = 'loadfile.dat';
const FILE_LIST = 'manifest-sha256.txt';

type Held = NonNullable<ChatFile['held']>;

/** An export of native files: a bag, or a load file with the files beside it. Both list each file once. */
export class NativeExport implements ContentExport {
  readonly #store: Pick<FileStore, 'readFrom'>;
  readonly #folder: ExportFolder;
  readonly #tally: ExportTally;
  readonly #signal: AbortSignal;
  readonly #isBag: boolean;
  readonly #loadFiles: readonly { readonly form: LoadFileForm; readonly file: TextFile }[];
  readonly #fileList: TextFile;
  readonly #paths = new FreePaths();
  #payload = { bytes: 0, files: 0 };

  private constructor(
    store: Pick<FileStore, 'readFrom'>,
    folder: ExportFolder,
    tally: ExportTally,
    signal: AbortSignal,
    isBag: boolean,
    loadFiles: readonly { readonly form: LoadFileForm; readonly file: TextFile }[],
    fileList: TextFile,
  ) {
    this.#store = store;
    this.#folder = folder;
    this.#tally = tally;
    this.#signal = signal;
    this.#isBag = isBag;
    this.#loadFiles = loadFiles;
    this.#fileList = fileList;
  }

  /** Begins the lists of a bag (`items.csv` in its payload) or of a load file (CSV and DAT). */
  static async open(
    store: Pick<FileStore, 'readFrom'>,
    folder: ExportFolder,
    tally: ExportTally,
    signal: AbortSignal,
    format: 'bagit' | 'loadfile',
  ): Promise<NativeExport> {
    const isBag = format === 'bagit';
    const forms = isBag
      ? [{ path: `${PAYLOAD}${CSV}`, form: toCsv(CSV) }]
      : [
          { path: CSV, form: toCsv(CSV) },
          { path: DAT, form: toDat(DAT) },
        ];
    const loadFiles: { form: LoadFileForm; file: TextFile }[] = [];
    for (const { path, form } of forms) {
      const file = await folder.open(path);
      await file.write(form.head);
      loadFiles.push({ form, file });
    }
    return new NativeExport(store, folder, tally, signal, isBag, loadFiles, await folder.open(FILE_LIST));
  }

  async addRecording(file: StoredFile & Held): Promise<void> {
    const { source, day, host, item, version, gone, trashed, isReplaced } = file;
    const path = this.#paths.take(`${source}/recordings/${day}`, fileNameOf(file));
    const written = await this.#copy(path, file);
    await this.#addRow({
      docId: `${item}-${version}`,
      parentId: '',
      source,
      custodian: host,
      type: file.type,
      fileName: file.fileName ?? `${labelOf(file)}.${file.extension}`,
      extension: file.extension,
      bytes: written.bytes,
      date: file.start,
      title: file.topic,
      author: host,
      sha256: written.sha256,
      path: this.#payloadPath(path),
      textPath: '',
      zoomId: file.uuid,
      item,
      version,
      note: [trashed ? 'in trash' : gone ? 'gone' : '', isReplaced ? 'replaced' : '']
        .filter((part) => part !== '')
        .join(', '),
      key: file.key,
    });
  }

  async addConversation(
    { source, day, fileOf }: ChatDay,
    conversation: ChatConversation,
    people: readonly string[],
  ): Promise<void> {
    const { session, messages } = conversation;
    const title = titleOf(session);
    const folder = `${source}/chat/${day}`;
    const id = hash('sha256', JSON.stringify([source, session.id]), 'hex').slice(0, 16);
    const docId = `chat-${id}-${day}`;
    const custodian = people.join('; ');
    const lines = messages.map((message) => this.#toLine(message)).join('');
    const path = this.#paths.take(folder, `${day} ${title}.jsonl`);
    const written = await this.#put(path, lines);
    const texts = messages.map(toText).join('').toWellFormed();
    const textPath = this.#isBag ? '' : this.#paths.take(folder, `${day} ${title}.txt`);
    if (textPath !== '') await this.#put(textPath, `${BYTE_ORDER_MARK}${texts}`);
    const common = { source, custodian, title, zoomId: session.id };
    await this.#addRow({
      ...common,
      docId,
      parentId: '',
      type: 'messages',
      fileName: path.slice(folder.length + 1),
      extension: 'jsonl',
      bytes: written.bytes,
      date: toTime(messages[0]?.at),
      author: '',
      sha256: written.sha256,
      path: this.#payloadPath(path),
      textPath,
      item: '',
      version: '',
      note: '',
      key: '',
    });
    for (const message of messages) {
      for (const listed of message.files) {
        const file = fileOf(listed);
        if (!file.held) {
          this.#tally.missingChatFile(source, day, file);
          continue;
        }
        const name = this.#paths.take(folder, `${day} ${title} - ${file.name}`);
        const copied = await this.#copy(name, file.held).catch((error: unknown) => {
          if (!(error instanceof CorruptObjectError)) throw error;
          this.#tally.damagedChatFile(source, day, file);
          return undefined;
        });
        if (!copied) continue;
        this.#tally.add({ chatFiles: 1 });
        await this.#addRow({
          ...common,
          docId: `${file.item}-${file.version}-${hash('sha256', JSON.stringify([message.sessionId, message.id]), 'hex').slice(0, 8)}`,
          parentId: docId,
          type: 'messages',
          fileName: file.name,
          extension: name.slice(name.lastIndexOf('.') + 1),
          bytes: copied.bytes,
          date: toTime(message.at),
          author: message.sender.email || message.sender.name,
          sha256: copied.sha256,
          path: this.#payloadPath(name),
          textPath: '',
          item: file.item,
          version: file.version,
          note: '',
          key: file.held.key,
        });
      }
    }
  }

  async finish(toCertificate: (lists: readonly WrittenFile[]) => Buffer): Promise<void> {
    const lists: WrittenFile[] = [];
    for (const { file } of this.#loadFiles) {
      const written = await file.close();
      lists.push(written);
      if (this.#isBag) await this.#list(written);
    }
    const fileList = await this.#fileList.close();
    lists.push(fileList);
    const certificate = await putText(this.#folder, 'certificate.json', toCertificate(lists));
    if (!this.#isBag) return;
    const declaration = await putText(this.#folder, 'bagit.txt', BAG_DECLARATION);
    const info = await putText(this.#folder, 'bag-info.txt', bagInfo(this.#payload));
    await putText(
      this.#folder,
      'tagmanifest-sha256.txt',
      [info, declaration, certificate, fileList].map(manifestLine).join(''),
    );
  }

  #payloadPath(path: string): string {
    return this.#isBag ? path : `files/${path}`;
  }

  async #copy(path: string, held: Pick<Held, 'key' | 'sha256'>): Promise<WrittenFile> {
    return this.#count(
      await this.#folder.put(this.#place(path), held.sha256, () =>
        verifiedBytes(this.#store, held, this.#signal),
      ),
    );
  }

  async #put(path: string, text: string): Promise<WrittenFile> {
    return this.#count(await putText(this.#folder, this.#place(path), text));
  }

  async #count(written: WrittenFile): Promise<WrittenFile> {
    await this.#list(written);
    this.#tally.add({ files: 1, bytes: written.bytes });
    return written;
  }

  async #list(written: WrittenFile): Promise<void> {
    this.#payload = { bytes: this.#payload.bytes + written.bytes, files: this.#payload.files + 1 };
    await this.#fileList.write(manifestLine(written));
  }

  #place(path: string): string {
    return this.#isBag ? `${PAYLOAD}${path}` : `files/${path}`;
  }

  async #addRow(row: LoadFileRow): Promise<void> {
    const paths = row.textPath === '' ? row : { ...row, textPath: this.#payloadPath(row.textPath) };
    for (const { form, file } of this.#loadFiles) await file.write(form.line(paths, this.#tally.replaced));
  }

  #toLine(message: ChatMessage): string {
    const { id, sessionId, at, sender, text, files, replyTo, edits, deletion, reactions } = message;
    const line = {
      message_id: id,
      session_id: sessionId,
      time: toTime(at),
      sender_email: sender.email,
      sender_name: sender.name,
      sender_member_id: sender.memberId,
      text: text ?? null,
      reply_to: replyTo?.id ?? null,
      files: files.map(({ fileId, name, size }) => ({ file_id: fileId, name, size: size ?? null })),
      edits: edits.map((edit) => ({ time: toTime(edit.at), text_seen: edit.text })),
      deleted: deletion ? { time: toTime(deletion.at), text_seen: deletion.text } : null,
      reactions: reactions.map(({ value, count, userIds }) => ({ value, count, user_ids: userIds })),
    };
    const json = JSON.stringify(line);
    // JSON writes half a pair as an escape, which strict readers reject.
    const whole = wellFormed(line);
    if (whole !== line) {
      const texts = [text ?? '', deletion?.text ?? '', ...edits.map((edit) => edit.text), sender.name];
      const count = texts.reduce((sum, one) => sum + loneSurrogates(one), 0);
      this.#tally.replaced.add('messages', 'lone-surrogate: U+FFFD', Math.max(1, count));
    }
    return `${whole === line ? json : JSON.stringify(whole)}\n`;
  }
}

/** A message as a line of text for a full-text index. */
const toText = ({ at, sender, text, edits, deletion, files }: ChatMessage): string =>
  [
    `${toTime(at)} ${sender.name || sender.email}: ${text ?? deletion?.text ?? ''}`,
    ...(deletion ? [`  (deleted ${toTime(deletion.at)})`] : []),
    ...edits.map((edit) => `  (text seen in an edit ${toTime(edit.at)}) ${edit.text}`),
    ...files.map(({ name }) => `  (attachment) ${name}`),
    '',
  ].join('\r\n');

const toTime = (ms: number | undefined): string => (ms === undefined ? '' : new Date(ms).toISOString());
