import { createReadStream } from 'node:fs';
import { link, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ErasableStore,
  isErasable,
  type ObjectDescription,
  type StoredObject,
} from '../collect/ports.ts';
import type { FileStore, OpenUpload, Part, Upload } from '../content/ports.ts';
import { CorruptObjectError } from '../errors.ts';
import { codeOf, noneIfMissing, readFailure } from './folder-failures.ts';
import { FolderUploads } from './folder-uploads.ts';
import { openExistingFolder, openFolder } from './open-folder.ts';
import { type OutputFolder, TEMPORARY } from './output-folder.ts';
import { ensureFolder, type Modes, OWNER_ONLY } from './own-folders.ts';
import { pathOfKey } from './path-of-key.ts';
import { UPLOADS } from './upload-folder.ts';

/** An update takes milliseconds: a lock of this age is a killed collector's. */
const ABANDONED_LOCK_MS = 10_000;

/** The size of the chunks that a file is read in. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Objects as files of a folder. A file is written whole under a temporary name, flushed, and then linked to its own: the
 * link is the exclusive create, so a reader never sees half an object and a kill at any moment leaves none. The folder may be
 * reached by a symbolic link; below it, nothing is written through one. Large files are written in parts: see FolderUploads.
 */
export class FolderStore implements ErasableStore, FileStore {
  readonly #folder: OutputFolder;
  readonly #uploads: FolderUploads;

  constructor(folder: OutputFolder) {
    this.#folder = folder;
    this.#uploads = new FolderUploads(this.#folder);
  }

  /**
   * Opens a folder for writing, and creates it if it doesn't exist. Throws ConfigurationError if it can't be written to, is
   * not a folder, or contains other files.
   */
  static async open(root: string, now: Date, modes: Modes = OWNER_ONLY): Promise<FolderStore> {
    return new FolderStore(await openFolder(root, now, modes));
  }

  /** Opens a folder with collected events. Throws ConfigurationError if it has none. */
  static async openExisting(root: string, modes: Modes = OWNER_ONLY): Promise<FolderStore> {
    return new FolderStore(await openExistingFolder(root, modes));
  }

  async list(prefix: string): Promise<StoredObject[]> {
    const { root, name } = this.#folder;
    const folder = prefix === '' ? root : pathOfKey(root, prefix.replace(/\/$/, ''));
    if (folder === undefined) return [];
    const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error: unknown) =>
      noneIfNoObject(name, folder, error),
    );
    const keys = (entries ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => `${prefix}${join(entry.parentPath, entry.name).slice(join(folder, '/').length)}`)
      .filter((key) => !key.startsWith(`${UPLOADS}/`));
    return Promise.all(keys.sort().map((key) => this.#folder.describe(key)));
  }

  async read(key: string): Promise<Buffer | undefined> {
    const { root, name } = this.#folder;
    const path = pathOfKey(root, key);
    if (path === undefined) return undefined;
    return readFile(path).catch((error: unknown) => noneIfNoObject(name, path, error));
  }

  async sizeOf(key: string): Promise<number | undefined> {
    const { root, name } = this.#folder;
    const path = pathOfKey(root, key);
    if (path === undefined) return undefined;
    const found = await stat(path).catch((error: unknown) => noneIfNoObject(name, path, error));
    return found?.isFile() ? found.size : undefined;
  }

  async *readFrom(key: string, from = 0): AsyncIterable<Uint8Array> {
    const { root, name } = this.#folder;
    if ((await this.sizeOf(key)) === undefined) throw new CorruptObjectError(key, 'it does not exist');
    const path = join(root, key);
    try {
      const stream = createReadStream(path, { start: from, highWaterMark: CHUNK_BYTES });
      for await (const chunk of stream) yield chunk as Buffer;
    } catch (error) {
      throw readFailure(name, path, error);
    }
  }

  /** Files have no metadata, so that of the port is ignored. */
  async create(key: string, body: Uint8Array): Promise<StoredObject | undefined> {
    const path = this.#folder.pathOf(key);
    return this.#folder.writing(path, async () => {
      const temporary = await this.#folder.writeTemporary(body, 'flushed');
      try {
        return await this.#folder.linkAs(key, temporary);
      } finally {
        await rm(temporary, { force: true });
      }
    });
  }

  async replace(key: string, body: Uint8Array): Promise<void> {
    const path = this.#folder.pathOf(key);
    await this.#folder.writing(path, async () => {
      const temporary = await this.#folder.writeTemporary(body, 'unflushed');
      try {
        await ensureFolder(this.#folder.root, dirname(key), this.#folder.modes);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    });
  }

  async remove(key: string): Promise<void> {
    if (!isErasable(key)) throw new RangeError(`${key} must not be removed`);
    await rm(this.#folder.pathOf(key), { force: true });
  }

  /** A folder has no conditional write, so a lock is held meanwhile: a hard link, which only one writer can create. */
  async update(
    key: string,
    change: (before: Buffer | undefined, mayBeWritten: boolean) => Uint8Array,
  ): Promise<void> {
    const lock = join(this.#folder.root, TEMPORARY, `${key.replaceAll('/', '+')}.lock`);
    await this.#folder.writing(lock, async () => {
      const ours = await this.#folder.writeTemporary(Buffer.of(), 'unflushed');
      try {
        while (!(await linked(ours, lock))) await removeIfAbandoned(lock, ours);
        try {
          await this.replace(key, change(await this.read(key), false));
        } finally {
          await rm(lock, { force: true });
        }
      } finally {
        await rm(ours, { force: true });
      }
    });
  }

  beginUpload(key: string, _description: ObjectDescription, partBytes: number): Promise<Upload> {
    return this.#uploads.begin(key, partBytes);
  }

  putPart(upload: Upload, number: number, body: Uint8Array): Promise<Part> {
    return this.#uploads.putPart(upload, number, body);
  }

  partsOf(upload: Upload): Promise<readonly Part[] | undefined> {
    return this.#uploads.partsOf(upload);
  }

  completeUpload(upload: Upload, parts: readonly Part[]): Promise<StoredObject | undefined> {
    return this.#uploads.complete(upload, parts);
  }

  abortUpload(upload: Upload): Promise<void> {
    return this.#uploads.abort(upload);
  }

  openUploads(prefix: string): Promise<readonly OpenUpload[]> {
    return this.#uploads.open(prefix);
  }
}

/** Gives a file a second name; false if that is taken. */
const linked = (path: string, name: string): Promise<boolean> =>
  link(path, name).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    },
  );

/** Compares ages by the file system's own clock, which a just written file shows. */
const removeIfAbandoned = async (lock: string, ours: string): Promise<void> => {
  await writeFile(ours, '');
  const [held, now] = [await stat(lock).catch(noneIfMissing), await stat(ours)];
  if (held && now.mtimeMs - held.mtimeMs > ABANDONED_LOCK_MS) await rm(lock, { force: true });
};

/** A folder in place of an object's file, or a file in place of its folder, means that there is no such object. */
const noneIfNoObject = (root: string, path: string, error: unknown): undefined => {
  if (['ENOTDIR', 'EISDIR', 'ENOENT'].includes(codeOf(error))) return undefined;
  throw readFailure(root, path, error);
};
