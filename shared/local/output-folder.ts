import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StoredObject } from '../collect/ports.ts';
import { codeOf, inTheWay, linkInTheWay, writeFailure } from './folder-failures.ts';
import { ensureFolder, type Modes, OWNER_ONLY } from './own-folders.ts';
import { pathOfKey } from './path-of-key.ts';

/** Files that are being written: below the folder, so that they can be linked and renamed to where they belong. */
export const TEMPORARY = '_state/tmp';

/** Never follows a link that took the place of a temporary file. */
const NEW_FILE = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW;

export interface FolderOptions {
  /** The folder as the operator named it, for messages. */
  readonly name?: string;
  /** Detects another folder in its place: after an unmount, or one that was created again. */
  readonly identity?: string;
  readonly modes?: Modes;
}

/** A folder that objects are written to: what every write into it has in common. */
export class OutputFolder {
  readonly root: string;
  readonly name: string;
  readonly modes: Modes;
  readonly #identity: string | undefined;

  constructor(root: string, { name = root, identity, modes = OWNER_ONLY }: FolderOptions = {}) {
    this.root = root;
    this.name = name;
    this.modes = modes;
    this.#identity = identity;
  }

  /** The path of a key's file. Throws RangeError for a key that has none here. */
  pathOf(key: string): string {
    const path = pathOfKey(this.root, key);
    if (path === undefined) throw new RangeError(`${JSON.stringify(key)} is not a key under ${this.root}`);
    return path;
  }

  /** Reports which folder a write failed in, what is kept and what to do. */
  async writing<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw writeFailure(this.name, path, error);
    }
  }

  /** Throws if the folder is no longer there. It is not created again: its contents would seem to be lost. */
  async assertPresent(): Promise<void> {
    const identity = await identityOf(this.root);
    if (this.#identity !== undefined && identity !== this.#identity) {
      throw Object.assign(new Error('another folder is in its place'), { code: 'ENODEV' });
    }
  }

  /** Writes a file under a temporary name, with the modes of the folder, and returns its path. */
  async writeTemporary(body: Uint8Array, durability: 'flushed' | 'unflushed'): Promise<string> {
    await this.assertPresent();
    await ensureFolder(this.root, TEMPORARY, this.modes);
    const path = join(this.root, TEMPORARY, randomUUID());
    const file = await open(path, NEW_FILE, this.modes.file);
    try {
      await file.chmod(this.modes.file); // the umask may have taken some of it
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

  /** Makes a flushed file the object of a key, by a hard link: the exclusive create. Undefined if the key is taken. */
  async linkAs(key: string, file: string): Promise<StoredObject | undefined> {
    const path = this.pathOf(key);
    await ensureFolder(this.root, dirname(key), this.modes);
    try {
      await link(file, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      await assertFile(path);
      return undefined;
    }
    return this.describe(key);
  }

  async describe(key: string): Promise<StoredObject> {
    const { size, mtimeNs } = await lstat(this.pathOf(key), { bigint: true });
    return { key, version: `${size}-${mtimeNs}` };
  }
}

/** What tells a folder from another one under the same path. */
export const identityOf = async (path: string): Promise<string> => {
  const { dev, ino } = await lstat(path, { bigint: true });
  return `${dev}-${ino}`;
};

/** Throws ConfigurationError unless `path` is a file: another writer's, or from an earlier attempt. */
const assertFile = async (path: string): Promise<void> => {
  const found = await lstat(path);
  if (found.isSymbolicLink()) throw linkInTheWay(path);
  if (!found.isFile()) throw inTheWay(path);
};
