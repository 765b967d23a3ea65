import { chmod, lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, inTheWay, linkInTheWay, noneIfMissing } from './folder-failures.ts';

/** Permissions of the folders and files that a store makes, whatever the umask is. */
export interface Modes {
  readonly folder: number;
  readonly file: number;
}

/** An audit log names people and their addresses, so only its owner may read it. */
export const OWNER_ONLY: Modes = { folder: 0o700, file: 0o600 };

/** For a forwarder that runs as another user in the same group. */
export const GROUP_READABLE: Modes = { folder: 0o750, file: 0o640 };

/**
 * Makes the folder `relative` below `root`, one part after the other, so that none is made behind a symbolic link. Folders that
 * exist keep their modes. Throws ConfigurationError if a part is a link or no folder.
 */
export const ensureFolder = async (root: string, relative: string, modes: Modes): Promise<void> => {
  let path = root;
  for (const part of relative.split('/').filter((name) => name !== '' && name !== '.')) {
    path = join(path, part);
    if (await isFolder(path)) continue;
    await makeFolder(path, modes);
  }
};

/** Whether the folder `relative` is below `root`, not behind a symbolic link. Throws ConfigurationError as ensureFolder does. */
export const hasFolder = async (root: string, relative: string): Promise<boolean> => {
  let path = root;
  for (const part of relative.split('/')) {
    path = join(path, part);
    if (!(await isFolder(path))) return false;
  }
  return true;
};

/** Makes one folder with its modes, unless another writer made it just now. */
export const makeFolder = async (path: string, { folder }: Modes): Promise<void> => {
  try {
    await mkdir(path, { mode: folder });
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await isFolder(path))) return;
    throw error;
  }
  await chmod(path, folder); // the umask may have taken some of it
};

const isFolder = async (path: string): Promise<boolean> => {
  const found = await lstat(path).catch(noneIfMissing);
  if (!found) return false;
  if (found.isSymbolicLink()) throw linkInTheWay(path);
  if (!found.isDirectory()) throw inTheWay(path);
  return true;
};
