import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ObjectStore, StoredObject } from '../collect/ports.ts';
import { ConfigurationError } from '../errors.ts';

/** The folder by which a folder of ours is known. */
const STATE = '_state';
const TEMPORARY = '_state/tmp';

/** A file under a temporary name for this long is a killed collector's. */
const LEFTOVER_MS = 3_600_000;

/** An update takes milliseconds: a lock of this age is a killed collector's. */
const ABANDONED_LOCK_MS = 10_000;

/**
 * Objects as files of a folder. A file is written whole under a temporary name, flushed, and then linked to its own: the
 * link is the exclusive create, so a reader never sees half an object and a kill at any moment leaves none.
 */
export class FolderStore implements ObjectStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Opens a folder to write into, made if it isn't there. Throws ConfigurationError if it can't be written to, is no
   * folder, or holds something else.
   */
  static async open(root: string, now: Date): Promise<FolderStore> {
    try {
      await assertOurs(root);
      await mkdir(join(root, TEMPORARY), { recursive: true });
      await access(join(root, TEMPORARY), constants.W_OK);
      await removeLeftovers(join(root, TEMPORARY), now);
    } catch (error) {
      if (error instanceof ConfigurationError) throw error;
      throw unusable('folder-unwritable', root, `can't be written to (${codeOf(error)})`, error);
    }
    return new FolderStore(root);
  }

  /** Opens a folder to read from. Throws ConfigurationError if nothing was ever collected into it. */
  static async openExisting(root: string): Promise<FolderStore> {
    await assertOurs(root);
    const entries = await readdir(join(root, STATE)).catch(noneIfMissing);
    if (!entries) throw unusable('folder-empty', root, 'holds nothing that was collected');
    return new FolderStore(root);
  }

  async list(prefix: string): Promise<StoredObject[]> {
    const folder = join(this.#root, prefix);
    const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(noneIfNoObject);
    const keys = (entries ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => `${prefix}${join(entry.parentPath, entry.name).slice(join(folder, '/').length)}`);
    return Promise.all(keys.sort().map((key) => this.#describe(key)));
  }

  async read(key: string): Promise<Buffer | undefined> {
    return (await readFile(this.#path(key)).catch(noneIfNoObject)) ?? undefined;
  }

  /** A file has no place for what an object says about itself: whoever wants to know opens it. */
  async create(key: string, body: Uint8Array): Promise<StoredObject | undefined> {
    const temporary = await this.#writeTemporary(body, 'flushed');
    try {
      await mkdir(dirname(this.#path(key)), { recursive: true });
      await link(temporary, this.#path(key));
    } catch (error) {
      if (codeOf(error) === 'EEXIST' && (await stat(this.#path(key))).isFile()) return undefined;
      throw inTheWay(this.#path(key), error);
    } finally {
      await rm(temporary, { force: true });
    }
    return this.#describe(key);
  }

  async replace(key: string, body: Uint8Array): Promise<void> {
    const temporary = await this.#writeTemporary(body, 'unflushed');
    try {
      await mkdir(dirname(this.#path(key)), { recursive: true });
      await rename(temporary, this.#path(key));
    } catch (error) {
      await rm(temporary, { force: true });
      throw inTheWay(this.#path(key), error);
    }
  }

  /** A folder has no conditional write, so a lock is held meanwhile: a second name of a file, which only one can make. */
  async update(key: string, change: (before: Buffer | undefined) => Uint8Array): Promise<void> {
    const lock = join(this.#root, TEMPORARY, `${key.replaceAll('/', '+')}.lock`);
    const ours = await this.#writeTemporary(Buffer.of(), 'unflushed');
    try {
      while (!(await linked(ours, lock))) await removeIfAbandoned(lock, ours);
      try {
        await this.replace(key, change(await this.read(key)));
      } finally {
        await rm(lock, { force: true });
      }
    } finally {
      await rm(ours, { force: true });
    }
  }

  async #writeTemporary(body: Uint8Array, durability: 'flushed' | 'unflushed'): Promise<string> {
    const path = join(this.#root, TEMPORARY, randomUUID());
    const file = await open(path, 'wx');
    try {
      await file.writeFile(body);
      if (durability === 'flushed') await file.datasync();
    } finally {
      await file.close();
    }
    return path;
  }

  async #describe(key: string): Promise<StoredObject> {
    const { size, mtimeNs } = await stat(this.#path(key), { bigint: true });
    return { key, version: `${size}-${mtimeNs}` };
  }

  #path(key: string): string {
    return join(this.#root, key);
  }
}

const unusable = (reason: string, root: string, what: string, cause?: unknown): ConfigurationError =>
  new ConfigurationError(reason, `The folder ${root} ${what}. Name another one with --out.`, { cause });

/** Our folder, an empty one, or none yet: anything else is somebody's whom we won't mix with. */
const assertOurs = async (root: string): Promise<void> => {
  const entries = await readdir(root).catch((error: unknown) => {
    if (codeOf(error) === 'ENOTDIR')
      throw unusable('folder-is-a-file', root, 'is a file, not a folder', error);
    noneIfMissing(error);
    return undefined;
  });
  if (entries && entries.length > 0 && !entries.includes(STATE)) {
    throw unusable('folder-not-ours', root, `holds something else (${entries.slice(0, 3).join(', ')})`);
  }
};

const removeLeftovers = async (folder: string, now: Date): Promise<void> => {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const leftover = await stat(path).then(
      ({ mtimeMs }) => now.getTime() - mtimeMs > LEFTOVER_MS,
      noneIfMissing,
    );
    if (leftover) await rm(path, { force: true });
  }
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

/** Ages are compared by the file system's own clock, which a file that was just written tells. */
const removeIfAbandoned = async (lock: string, ours: string): Promise<void> => {
  await writeFile(ours, '');
  const [held, now] = [await stat(lock).catch(noneIfMissing), await stat(ours)];
  if (held && now.mtimeMs - held.mtimeMs > ABANDONED_LOCK_MS) await rm(lock, { force: true });
};

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);

/** A folder where an object's file would be, or a file where its folder would: there is no such object. */
const noneIfNoObject = (error: unknown): undefined =>
  ['ENOTDIR', 'EISDIR'].includes(codeOf(error)) ? undefined : noneIfMissing(error);

/** Says which path is taken by a folder, or has a file among its folders; any other error stays what it is. */
const inTheWay = (path: string, error: unknown): unknown =>
  ['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOTEMPTY'].includes(codeOf(error))
    ? new ConfigurationError(
        'folder-in-the-way',
        `${path} can't be written: a folder stands in its place, or a file in the place of one of its folders. ` +
          `Move away what is not the collector's, and run it again.`,
        { cause: error },
      )
    : error;

const noneIfMissing = (error: unknown): undefined => {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
};
