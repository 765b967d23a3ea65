import { createHash, type Hash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import type { ExportFolder, TextFile, WrittenFile } from '../export/ports.ts';
import { noneIfMissing, writeFailure } from './folder-failures.ts';
import { pathOfKey } from './path-of-key.ts';

/** Marks an export in progress: which one, and what it has written. */
const MARK = '.zoom-log-source-export';
const SUBJECT = 'export.json';
const JOURNAL = 'written.jsonl';

/** Copies of content are their owner's. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const NEW_FILE = constants.O_CREAT | constants.O_TRUNC | constants.O_WRONLY | constants.O_NOFOLLOW;

/** Text is written in pieces of this size. */
const PIECE_BYTES = 64 * 1024;

const EntrySchema = z.object({
  path: z.string(),
  identity: z.string(),
  bytes: z.int().min(0),
  sha256: z.string(),
});
type Entry = z.infer<typeof EntrySchema>;

/**
 * A folder on this machine as the folder of one export. A file is written under a temporary name, flushed, noted in a journal, and
 * then renamed: an export that was killed continues, and only with files of its own.
 */
export class LocalExportFolder implements ExportFolder {
  readonly #root: string;
  readonly #journal: FileHandle;
  /** What an earlier run wrote and this one has not come to yet. */
  readonly #earlier: Map<string, Entry>;
  readonly #open = new Set<FileInProgress>();
  #number = 0;

  private constructor(root: string, journal: FileHandle, earlier: Map<string, Entry>) {
    this.#root = root;
    this.#journal = journal;
    this.#earlier = earlier;
  }

  /**
   * Opens an empty or new folder, or continues an export with the same subject. Throws ConfigurationError for a folder with other
   * contents, a finished export, or one with another subject.
   */
  static async open(root: string, subject: string): Promise<LocalExportFolder> {
    try {
      await mkdir(root, { recursive: true, mode: FOLDER_MODE });
      const entries = await readdir(root);
      const mark = join(root, MARK);
      if (entries.length > 0 && !entries.includes(MARK)) throw refused(root, whatIsIn(entries));
      const before = await readFile(join(mark, SUBJECT), 'utf8').catch(noneIfMissing);
      if (before !== undefined && before !== subject) {
        throw refused(root, 'has another export in progress: its selection, format or release differs');
      }
      if (before === undefined && entries.some((name) => name !== MARK))
        throw refused(root, whatIsIn(entries));
      await mkdir(mark, { recursive: true, mode: FOLDER_MODE });
      const earlier = await readJournal(root, join(mark, JOURNAL));
      await assertOwn(root, earlier);
      await removeTemporary(mark);
      if (before === undefined) await writeWhole(join(mark, SUBJECT), subject);
      const journal = await open(join(mark, JOURNAL), 'a', FILE_MODE);
      await journal.appendFile('\n'); // a kill may have cut off the last line
      return new LocalExportFolder(root, journal, earlier);
    } catch (error) {
      throw writeFailure(root, root, error);
    }
  }

  async put(path: string, identity: string, bytes: () => AsyncIterable<Uint8Array>): Promise<WrittenFile> {
    const known = this.#earlier.get(path);
    if (known?.identity === identity && (await hasBytes(join(this.#root, path), known))) {
      this.#earlier.delete(path);
      return { path, bytes: known.bytes, sha256: known.sha256 };
    }
    const file = await this.#begin(path, identity);
    try {
      for await (const chunk of bytes()) await file.add(chunk);
    } catch (error) {
      await file.discard();
      throw error;
    }
    return file.close();
  }

  async open(path: string): Promise<TextFile> {
    const file = await this.#begin(path, '');
    let [pieces, size]: [string[], number] = [[], 0];
    const flush = async (): Promise<void> => {
      const text = pieces.join('');
      [pieces, size] = [[], 0];
      await file.add(Buffer.from(text));
    };
    return {
      write: async (text) => {
        pieces.push(text);
        size += text.length;
        if (size >= PIECE_BYTES) await flush();
      },
      close: async () => {
        await flush();
        return file.close();
      },
    };
  }

  async finish(): Promise<void> {
    for (const path of this.#earlier.keys()) await rm(join(this.#root, path), { force: true });
    await this.#journal.close();
    await rm(join(this.#root, MARK), { recursive: true });
  }

  /** Closes what is open. An export that is not finished can be continued later. */
  async close(): Promise<void> {
    for (const file of this.#open) await file.discard();
    await this.#journal.close();
  }

  async #begin(path: string, identity: string): Promise<FileInProgress> {
    this.#number += 1;
    const temporary = join(this.#root, MARK, `${this.#number}.part`);
    const file = await open(temporary, NEW_FILE, FILE_MODE).catch((error: unknown) => {
      throw writeFailure(this.#root, temporary, error);
    });
    const begun: FileInProgress = new FileInProgress(file, temporary, this.#root, async (written) => {
      await this.#journal.appendFile(`${JSON.stringify({ ...written, path, identity } satisfies Entry)}\n`);
      await this.#journal.datasync();
      const final = join(this.#root, path);
      await mkdir(dirname(final), { recursive: true, mode: FOLDER_MODE });
      await rename(temporary, final);
      this.#earlier.delete(path);
      this.#open.delete(begun);
      return { path, ...written };
    });
    this.#open.add(begun);
    return begun;
  }
}

/** A file under its temporary name. */
class FileInProgress {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #root: string;
  readonly #commit: (written: Omit<WrittenFile, 'path'>) => Promise<WrittenFile>;
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  constructor(
    file: FileHandle,
    path: string,
    root: string,
    commit: (written: Omit<WrittenFile, 'path'>) => Promise<WrittenFile>,
  ) {
    this.#file = file;
    this.#path = path;
    this.#root = root;
    this.#commit = commit;
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    await this.#writing(() => this.#file.writeFile(chunk));
  }

  close(): Promise<WrittenFile> {
    return this.#writing(async () => {
      await this.#file.datasync();
      await this.#file.close();
      return this.#commit({ bytes: this.#bytes, sha256: this.#hash.digest('hex') });
    });
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }

  async #writing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw writeFailure(this.#root, this.#path, error);
    }
  }
}

const CERTIFICATE = 'certificate.json';

const whatIsIn = (entries: readonly string[]): string =>
  entries.includes(CERTIFICATE)
    ? 'has a finished export'
    : `contains other files (${entries.slice(0, 3).join(', ')})`;

const refused = (root: string, what: string): ConfigurationError =>
  new ConfigurationError(
    'folder-not-ours',
    `The folder ${root} ${what}. Nothing in it was changed. Choose a new or empty folder with --into.`,
  );

/**
 * The files of earlier runs by path; of several lines of one path the last. A line that a kill cut off does not count, and neither
 * does one whose path leads out of the folder: what it names would be removed.
 */
const readJournal = async (root: string, path: string): Promise<Map<string, Entry>> => {
  const text = (await readFile(path, 'utf8').catch(noneIfMissing)) ?? '';
  return new Map(
    text.split('\n').flatMap((line) => {
      const entry = toEntry(line);
      return entry && pathOfKey(root, entry.path) !== undefined ? [[entry.path, entry]] : [];
    }),
  );
};

const toEntry = (line: string): Entry | undefined => {
  try {
    return EntrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
};

/** Throws ConfigurationError if a file is there that no earlier run wrote. */
const assertOwn = async (root: string, own: ReadonlyMap<string, Entry>): Promise<void> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const foreign = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.startsWith(`${MARK}/`) && !own.has(path));
  if (foreign.length > 0) throw refused(root, whatIsIn(foreign));
};

const removeTemporary = async (mark: string): Promise<void> => {
  for (const name of await readdir(mark)) {
    if (name.endsWith('.part')) await rm(join(mark, name), { force: true });
  }
};

const writeWhole = async (path: string, text: string): Promise<void> => {
  const file = await open(`${path}.part`, NEW_FILE, FILE_MODE);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
};

const hasBytes = async (path: string, { bytes, sha256 }: Entry): Promise<boolean> => {
  const found = await lstat(path).catch(noneIfMissing);
  if (!found?.isFile() || found.size !== bytes) return false;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex') === sha256;
};
