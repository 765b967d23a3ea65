import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { codeOf, writeFailure } from './folder-failures.ts';

/** The bytes to write, and what they must be. */
export interface FileContents {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly sha256: string;
}

/** How a file was written: under which name, or that it was there already with the same bytes. */
export type SavedFile =
  | { readonly state: 'written' | 'present'; readonly name: string }
  /** The bytes are not what they must be; nothing was written. */
  | { readonly state: 'damaged'; readonly sha256: string };

/** Only its owner may read a copy of a recording. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** A link is the exclusive create, but some file systems (FAT, network shares) have none. */
const WITHOUT_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV']);

/**
 * Makes a folder for copies, and returns its path. Throws ConfigurationError if it cannot be made, or if it is inside the folder of
 * collected objects, where a foreign file would be reported as one. `option` named it.
 */
export const openTarget = async (
  target: string,
  collected: string | undefined,
  option = '--to',
): Promise<string> => {
  const folder = resolve(target);
  try {
    if (collected !== undefined) {
      const inner = relative(await realpath(collected), await realOrSelf(folder));
      if (inner === '' || (inner !== '..' && !inner.startsWith(`..${sep}`) && resolve(inner) !== inner)) {
        throw new ConfigurationError(
          'folder',
          `The folder ${target} is inside ${collected}, which holds only what was collected. Choose another one with ${option}.`,
        );
      }
    }
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    return await realpath(folder);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw writeFailure(target, folder, error);
  }
};

/** The real path of a folder that may not exist yet: that of the nearest one above it that does. */
const realOrSelf = async (path: string): Promise<string> => {
  const parent = dirname(path);
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || parent === path) throw error;
    return join(await realOrSelf(parent), basename(path));
  }
};

/**
 * Copies a file into a folder under the first free one of some names. It is written under a temporary name, verified, and then
 * linked: no file is overwritten, and none is seen by half. A file with the same bytes under one of the names counts as the copy.
 */
export const saveFile = async (
  folder: string,
  names: Iterable<string>,
  { bytes, sha256 }: FileContents,
): Promise<SavedFile> => {
  const temporary = join(folder, `.zoom-log-source-${randomUUID()}.part`);
  try {
    const found = await writeNew(temporary, bytes);
    if (found !== sha256) return { state: 'damaged', sha256: found };
    for (const name of names) {
      const path = join(folder, name);
      if (await createFrom(temporary, path)) return { state: 'written', name };
      if (await hasBytes(path, sha256)) return { state: 'present', name };
    }
    throw new RangeError('there is no free name');
  } catch (error) {
    if (error instanceof RangeError || (error instanceof Error && error.name === 'CorruptObjectError'))
      throw error;
    throw writeFailure(folder, temporary, error);
  } finally {
    await rm(temporary, { force: true });
  }
};

/** Writes a file of a folder, or replaces it: a reader sees the old one or the new one, and none by half. */
export const replaceFile = async (folder: string, name: string, text: string): Promise<void> => {
  const path = join(folder, name);
  const temporary = join(folder, `.zoom-log-source-${randomUUID()}.part`);
  try {
    await writeFile(temporary, text, { flag: 'wx', mode: FILE_MODE });
    await rename(temporary, path);
  } catch (error) {
    throw writeFailure(folder, path, error);
  } finally {
    await rm(temporary, { force: true });
  }
};

const writeNew = async (path: string, bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash('sha256');
  const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW;
  const file = await open(path, flags, FILE_MODE);
  try {
    for await (const chunk of bytes) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
};

/** Gives a finished file its name. False if the name is taken. */
const createFrom = async (temporary: string, path: string): Promise<boolean> => {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!WITHOUT_LINKS.has(codeOf(error))) throw error;
  }
  try {
    await copyFile(temporary, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

const hasBytes = async (path: string, sha256: string): Promise<boolean> => {
  if (!(await lstat(path)).isFile()) return false;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex') === sha256;
};
