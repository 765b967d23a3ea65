import { randomUUID } from 'node:crypto';
import { lstat, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Upload } from '../content/ports.ts';
import { codeOf, noneIfMissing } from './folder-failures.ts';
import type { OutputFolder } from './output-folder.ts';
import { ensureFolder, hasFolder } from './own-folders.ts';
import {
  DATA,
  isUploadFile,
  readUploadRecord,
  toJsonBytes,
  UPLOAD_RECORD,
  type UploadRecord,
} from './upload-records.ts';

/** The folders of all uploads, each named by a UUID. */
export const UPLOADS = '_state/uploads';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The end of the name of an upload that is being removed: what a killed collector left of it is removed later. */
const REMOVED = '.removed';

/** As in a bucket: what was not completed by then never will be. */
const OLD_MS = 7 * 86_400_000;

/** An upload of a folder. */
export interface FolderUpload extends UploadRecord {
  readonly id: string;
  readonly path: string;
  /** The length of the data file; 0 if it does not exist yet. */
  readonly dataBytes: number;
}

/** Makes the folder of a new upload. It is no upload before its record is there, which is renamed to its place. */
export const makeUpload = async (folder: OutputFolder, key: string, partBytes: number): Promise<Upload> => {
  await folder.assertPresent();
  const id = randomUUID();
  const path = join(folder.root, UPLOADS, id);
  await ensureFolder(folder.root, `${UPLOADS}/${id}`, folder.modes);
  const { mtime: begunAt } = await stat(path);
  await moveRecord(folder, toJsonBytes({ key, begunAt, partBytes }), join(path, UPLOAD_RECORD));
  return { key, id };
};

/** Writes a record and renames it to its place. */
export const moveRecord = async (
  folder: OutputFolder,
  body: Uint8Array,
  path: string,
  durability: 'flushed' | 'unflushed' = 'flushed',
): Promise<void> => {
  const temporary = await folder.writeTemporary(body, durability);
  try {
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
};

/**
 * The upload of a name; undefined if there is none. A data file with a second name is the data of an object: its upload was
 * completed, and only the removal of its folder is missing.
 */
export const findUpload = async (folder: OutputFolder, id: string): Promise<FolderUpload | undefined> => {
  if (!ID.test(id) || !(await hasFolder(folder.root, `${UPLOADS}/${id}`))) return undefined;
  const path = join(folder.root, UPLOADS, id);
  const record = await readUploadRecord(join(path, UPLOAD_RECORD));
  const data = await lstat(join(path, DATA)).catch(noneIfMissing);
  if (!record || (data && data.nlink > 1)) return undefined;
  return { ...record, id, path, dataBytes: data?.size ?? 0 };
};

/** All uploads of a folder, in any order. */
export const findUploads = async (folder: OutputFolder): Promise<FolderUpload[]> => {
  const found = await Promise.all((await namesOfUploads(folder)).map((name) => findUpload(folder, name)));
  return found.filter((upload) => upload !== undefined);
};

/** Removes an upload. It is renamed first, in one step, so that a kill leaves no part of an upload. A missing one is no error. */
export const removeUpload = async (folder: OutputFolder, id: string): Promise<void> => {
  if (!ID.test(id) || !(await hasFolder(folder.root, `${UPLOADS}/${id}`))) return;
  const path = join(folder.root, UPLOADS, id);
  try {
    await rename(path, `${path}${REMOVED}`);
  } catch (error) {
    noneIfMissing(error);
    return;
  }
  await removeFiles(`${path}${REMOVED}`);
};

/** Removes what killed collectors left: uploads of which seven days are over, and rests of removed ones. Nothing else. */
export const removeOldUploads = async (folder: OutputFolder, now: Date): Promise<void> => {
  for (const name of await namesOfUploads(folder)) {
    const path = join(folder.root, UPLOADS, name);
    if (name.endsWith(REMOVED)) {
      if (ID.test(name.slice(0, -REMOVED.length)) && (await lstat(path)).isDirectory())
        await removeFiles(path);
      continue;
    }
    if (!ID.test(name) || !(await lstat(path)).isDirectory()) continue;
    const record = await readUploadRecord(join(path, UPLOAD_RECORD));
    const begunAt = record?.begunAt ?? (await stat(path)).mtime;
    if (now.getTime() - begunAt.getTime() <= OLD_MS) continue;
    if (record) await removeUpload(folder, name);
    else await removeIfEmpty(path);
  }
};

const namesOfUploads = async (folder: OutputFolder): Promise<string[]> => {
  if (!(await hasFolder(folder.root, UPLOADS))) return [];
  return readdir(join(folder.root, UPLOADS));
};

const removeFiles = async (path: string): Promise<void> => {
  const names = (await readdir(path).catch(noneIfMissing)) ?? [];
  for (const name of names.filter(isUploadFile)) await rm(join(path, name), { force: true });
  await removeIfEmpty(path);
};

const removeIfEmpty = (path: string): Promise<void> =>
  rmdir(path).catch((error: unknown) => {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
  });
