import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  access,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ErasableStore, isErasable, type StoredObject } from '../collect/ports.ts';
import { ConfigurationError } from '../errors.ts';
import {
  codeOf,
  inTheWay,
  linkInTheWay,
  noneIfMissing,
  readFailure,
  unusable,
  writeFailure,
} from './folder-failures.ts';
import { ensureFolder, makeFolder, type Modes, OWNER_ONLY } from './own-folders.ts';
import { pathOfKey } from './path-of-key.ts';

/** The folder that marks an output folder. */
const STATE = '_state';
const TEMPORARY = '_state/tmp';

/** A file under a temporary name for this long is a killed collector's. */
const LEFTOVER_MS = 3_600_000;

/** An update takes milliseconds: a lock of this age is a killed collector's. */
const ABANDONED_LOCK_MS = 10_000;

/** The names of temporary files: nothing else is ever removed. */
const TEMPORARY_NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Never follows a link that took the place of a temporary file. */
const NEW_FILE = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW;

export interface FolderOptions {
  /** The folder as the operator named it, for messages. */
  readonly name?: string;
  /** Detects another folder in its place: after an unmount, or one that was created again. */
  readonly identity?: string;
  readonly modes?: Modes;
}

/**
 * Objects as files of a folder. A file is written whole under a temporary name, flushed, and then linked to its own: the
 * link is the exclusive create, so a reader never sees half an object and a kill at any moment leaves none. The folder may be
 * reached by a symbolic link; below it, nothing is written through one.
 */
export class FolderStore implements ErasableStore {
  readonly #root: string;
  readonly #name: string;
  readonly #identity: string | undefined;
  readonly #modes: Modes;

  constructor(root: string, { name = root, identity, modes = OWNER_ONLY }: FolderOptions = {}) {
    this.#root = root;
    this.#name = name;
    this.#identity = identity;
    this.#modes = modes;
  }

  /**
   * Opens a folder for writing, and creates it if it doesn't exist. Throws ConfigurationError if it can't be written to, is
   * not a folder, or contains other files.
   */
  static async open(root: string, now: Date, modes: Modes = OWNER_ONLY): Promise<FolderStore> {
    try {
      await assertOurs(root);
      const resolved = await makeRoot(root, modes);
      await ensureFolder(resolved, TEMPORARY, modes);
      await access(join(resolved, TEMPORARY), constants.W_OK);
      await removeLeftovers(join(resolved, TEMPORARY), now);
      return new FolderStore(resolved, { name: root, identity: await identityOf(resolved), modes });
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      const failure = writeFailure(root, root, error);
      if (failure instanceof ConfigurationError && failure.reason === 'folder-full') throw failure;
      throw unusable('folder-unwritable', root, `can't be written to (${codeOf(error)})`, error);
    }
  }

  /** Opens a folder with collected events. Throws ConfigurationError if it has none. */
  static async openExisting(root: string, modes: Modes = OWNER_ONLY): Promise<FolderStore> {
    try {
      await assertOurs(root);
      const entries = await readdir(join(root, STATE)).catch(noneIfMissing);
      if (!entries) throw unusable('folder-empty', root, 'contains no collected events');
      const resolved = await realpath(root);
      return new FolderStore(resolved, { name: root, identity: await identityOf(resolved), modes });
    } catch (error) {
      throw readFailure(root, root, error);
    }
  }

  async list(prefix: string): Promise<StoredObject[]> {
    const folder = prefix === '' ? this.#root : pathOfKey(this.#root, prefix.replace(/\/$/, ''));
    if (folder === undefined) return [];
    const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error: unknown) =>
      noneIfNoObject(this.#name, folder, error),
    );
    const keys = (entries ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => `${prefix}${join(entry.parentPath, entry.name).slice(join(folder, '/').length)}`);
    return Promise.all(keys.sort().map((key) => this.#describe(key)));
  }

  async read(key: string): Promise<Buffer | undefined> {
    const path = pathOfKey(this.#root, key);
    if (path === undefined) return undefined;
    return readFile(path).catch((error: unknown) => noneIfNoObject(this.#name, path, error));
  }

  /** Files have no metadata, so that of the port is ignored. */
  async create(key: string, body: Uint8Array): Promise<StoredObject | undefined> {
    const path = this.#path(key);
    return this.#writing(path, async () => {
      const temporary = await this.#writeTemporary(body, 'flushed');
      try {
        await ensureFolder(this.#root, dirname(key), this.#modes);
        await link(temporary, path);
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
        await assertFile(path);
        return undefined;
      } finally {
        await rm(temporary, { force: true });
      }
      return this.#describe(key);
    });
  }

  async replace(key: string, body: Uint8Array): Promise<void> {
    const path = this.#path(key);
    await this.#writing(path, async () => {
      const temporary = await this.#writeTemporary(body, 'unflushed');
      try {
        await ensureFolder(this.#root, dirname(key), this.#modes);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    });
  }

  /** Reports which folder a write failed in, what is kept and what to do. */
  async #writing<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw writeFailure(this.#name, path, error);
    }
  }

  async remove(key: string): Promise<void> {
    if (!isErasable(key)) throw new RangeError(`${key} must not be removed`);
    await rm(this.#path(key), { force: true });
  }

  /** A folder has no conditional write, so a lock is held meanwhile: a hard link, which only one writer can create. */
  async update(
    key: string,
    change: (before: Buffer | undefined, mayBeWritten: boolean) => Uint8Array,
  ): Promise<void> {
    const lock = join(this.#root, TEMPORARY, `${key.replaceAll('/', '+')}.lock`);
    await this.#writing(lock, async () => {
      const ours = await this.#writeTemporary(Buffer.of(), 'unflushed');
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

  async #writeTemporary(body: Uint8Array, durability: 'flushed' | 'unflushed'): Promise<string> {
    // A folder that disappeared is not created again: its contents would seem to be lost.
    const identity = await identityOf(this.#root);
    if (this.#identity !== undefined && identity !== this.#identity) {
      throw Object.assign(new Error('another folder is in its place'), { code: 'ENODEV' });
    }
    await ensureFolder(this.#root, TEMPORARY, this.#modes);
    const path = join(this.#root, TEMPORARY, randomUUID());
    const file = await open(path, NEW_FILE, this.#modes.file);
    try {
      await file.chmod(this.#modes.file); // the umask may have taken some of it
      await file.writeFile(body);
      if (durability === 'flushed') await file.datasync();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return path;
  }

  async #describe(key: string): Promise<StoredObject> {
    const { size, mtimeNs } = await lstat(this.#path(key), { bigint: true });
    return { key, version: `${size}-${mtimeNs}` };
  }

  #path(key: string): string {
    const path = pathOfKey(this.#root, key);
    if (path === undefined) throw new RangeError(`${JSON.stringify(key)} is not a key under ${this.#root}`);
    return path;
  }
}

/** Accepts our folder, an empty one, or none yet. Any other may belong to another program. */
const assertOurs = async (root: string): Promise<void> => {
  const entries = await readdir(root).catch((error: unknown) => {
    if (codeOf(error) === 'ENOTDIR')
      throw unusable('folder-is-a-file', root, 'is a file, not a folder', error);
    noneIfMissing(error);
    return undefined;
  });
  if (entries && entries.length > 0 && !entries.includes(STATE)) {
    throw unusable('folder-not-ours', root, `contains other files (${entries.slice(0, 3).join(', ')})`);
  }
};

/** Creates the folder if it doesn't exist, and resolves it: it may be a link, or be behind one. */
const makeRoot = async (root: string, modes: Modes): Promise<string> => {
  const found = await realpath(root).catch(noneIfMissing);
  if (found !== undefined) return found;
  const isLink = (await lstat(root).catch(noneIfMissing))?.isSymbolicLink();
  if (isLink) throw unusable('folder-unwritable', root, 'is a symbolic link that points to nothing');
  await mkdir(dirname(root), { recursive: true });
  await makeFolder(root, modes);
  return realpath(root);
};

/** Removes the leftovers of a killed collector, and only files with our names. */
const removeLeftovers = async (folder: string, now: Date): Promise<void> => {
  for (const name of (await readdir(folder)).filter((entry) => TEMPORARY_NAME.test(entry))) {
    const path = join(folder, name);
    const found = await lstat(path).catch(noneIfMissing);
    if (found?.isFile() && now.getTime() - found.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
  }
};

/** Throws ConfigurationError unless `path` is a file: another writer's, or from an earlier attempt. */
const assertFile = async (path: string): Promise<void> => {
  const found = await lstat(path);
  if (found.isSymbolicLink()) throw linkInTheWay(path);
  if (!found.isFile()) throw inTheWay(path);
};

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

const identityOf = async (path: string): Promise<string> => {
  const { dev, ino } = await lstat(path, { bigint: true });
  return `${dev}-${ino}`;
};
