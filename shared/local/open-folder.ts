import { constants } from 'node:fs';
import { access, lstat, mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../errors.ts';
import { codeOf, noneIfMissing, readFailure, unusable, writeFailure } from './folder-failures.ts';

import { identityOf, OutputFolder, TEMPORARY } from './output-folder.ts';
import { ensureFolder, makeFolder, type Modes } from './own-folders.ts';
import { removeOldUploads } from './upload-folder.ts';

/** The folder that marks an output folder. */
const STATE = '_state';

/** A file under a temporary name for this long is a killed collector's. */
const LEFTOVER_MS = 3_600_000;

/** The names of temporary files: nothing else is ever removed. */
const TEMPORARY_NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Opens a folder for writing: see FolderStore.open. */
export const openFolder = async (root: string, now: Date, modes: Modes): Promise<OutputFolder> => {
  try {
    await assertOurs(root);
    const resolved = await makeRoot(root, modes);
    await ensureFolder(resolved, TEMPORARY, modes);
    await access(join(resolved, TEMPORARY), constants.W_OK);
    await removeLeftovers(join(resolved, TEMPORARY), now);
    const folder = new OutputFolder(resolved, { name: root, identity: await identityOf(resolved), modes });
    await removeOldUploads(folder, now);
    return folder;
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const failure = writeFailure(root, root, error);
    if (failure instanceof ConfigurationError && failure.reason === 'folder-full') throw failure;
    throw unusable('folder-unwritable', root, `can't be written to (${codeOf(error)})`, error);
  }
};

/** Opens a folder with collected events: see FolderStore.openExisting. */
export const openExistingFolder = async (root: string, modes: Modes): Promise<OutputFolder> => {
  try {
    await assertOurs(root);
    const entries = await readdir(join(root, STATE)).catch(noneIfMissing);
    if (!entries) throw unusable('folder-empty', root, 'contains no collected events');
    const resolved = await realpath(root);
    return new OutputFolder(resolved, { name: root, identity: await identityOf(resolved), modes });
  } catch (error) {
    throw readFailure(root, root, error);
  }
};

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
