import { createHash, hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredObject } from '../collect/ports.ts';
import {
  assertWholeSequence,
  MOST_PARTS,
  type OpenUpload,
  type Part,
  PartMismatchError,
  type Upload,
  UploadMissingError,
} from '../content/ports.ts';
import { codeOf, linkInTheWay, noneIfMissing, readFailure } from './folder-failures.ts';
import type { OutputFolder } from './output-folder.ts';
import {
  type FolderUpload,
  findUpload,
  findUploads,
  makeUpload,
  moveRecord,
  removeUpload,
} from './upload-folder.ts';
import {
  DATA,
  type PartRecord,
  partNumberOf,
  partRecordName,
  readPartRecord,
  toJsonBytes,
} from './upload-records.ts';

/** The disk is asked to write after so many parts, while the next ones arrive: otherwise it writes a large file when all have come. */
const PARTS_PER_FLUSH = 8;

/**
 * Uploads into a folder: `_state/uploads/<uuid>/` with a record of the upload, one data file, and a record of each stored part.
 * A part is written to its own place in the data file, which has holes until all are there, and its record follows: so a kill
 * leaves a part whole or unrecorded. Parts are flushed to the disk only when the object is made, which is far faster: after a power
 * failure a record may be there without its bytes, so parts are read and compared before an upload is continued. The object is a
 * hard link to the data file. No byte is copied.
 */
export class FolderUploads {
  readonly #folder: OutputFolder;
  /** What an upload's last change in this process is waiting for: one change of an upload at a time. */
  readonly #changes = new Map<string, Promise<void>>();
  /** The last flush of each upload, until it succeeds. */
  readonly #flushes = new Map<string, Promise<void>>();

  constructor(folder: OutputFolder) {
    this.#folder = folder;
  }

  async begin(key: string, partBytes: number): Promise<Upload> {
    if (!Number.isSafeInteger(partBytes) || partBytes < 1)
      throw new RangeError(`${partBytes} is not the size of a part`);
    const path = this.#folder.pathOf(key);
    return this.#folder.writing(path, () => makeUpload(this.#folder, key, partBytes));
  }

  async putPart(upload: Upload, number: number, body: Uint8Array): Promise<Part> {
    assertPartNumber(number);
    const part = { number, bytes: body.byteLength, sha256: hash('sha256', body, 'hex') };
    await this.#changing(upload, async (found) => {
      if (!found) throw new UploadMissingError(upload);
      if (part.bytes > found.partBytes) {
        throw new RangeError(
          `Part ${part.number} has ${part.bytes} bytes; the upload has parts of ${found.partBytes}.`,
        );
      }
      const recordPath = join(found.path, partRecordName(part.number));
      if (isSame(await readPartRecord(recordPath), part)) return;
      await withdrawRecord(recordPath);
      const data = await openData(found, this.#folder.modes.file);
      try {
        await writeAll(data, body, (part.number - 1) * found.partBytes);
      } finally {
        await data.close();
      }
      const record = toJsonBytes({ bytes: part.bytes, sha256: part.sha256 });
      await moveRecord(this.#folder, record, recordPath, 'unflushed');
      if (part.number % PARTS_PER_FLUSH === 0) this.#flushInBackground(found);
    });
    return part;
  }

  async partsOf({ id, key }: Upload): Promise<readonly Part[] | undefined> {
    return this.#looking(async () => {
      const found = await findUpload(this.#folder, id);
      return found?.key === key ? intactParts(found) : undefined;
    });
  }

  async complete(upload: Upload, parts: readonly Part[]): Promise<StoredObject | undefined> {
    assertWholeSequence(parts);
    return this.#changing(upload, async (found) => {
      if (!found) {
        if (await stat(this.#folder.pathOf(upload.key)).catch(noneIfMissing)) return undefined;
        throw new UploadMissingError(upload);
      }
      await this.#assertStored(found, parts);
      await this.#endFlush(found);
      const data = await openData(found, this.#folder.modes.file);
      try {
        await data.truncate(parts.reduce((sum, { bytes }) => sum + bytes, 0));
        await data.datasync();
      } finally {
        await data.close();
      }
      const created = await this.#folder.linkAs(found.key, join(found.path, DATA));
      // The object is there: what cannot be removed now is a leftover, and no reason to fail.
      if (created) await removeUpload(this.#folder, found.id).catch(() => undefined);
      return created;
    });
  }

  async abort(upload: Upload): Promise<void> {
    await this.#changing(upload, async () => {
      await this.#endFlush(upload).catch(() => undefined);
      await removeUpload(this.#folder, upload.id);
    });
  }

  async open(prefix: string): Promise<readonly OpenUpload[]> {
    const found = await this.#looking(() => findUploads(this.#folder));
    return found
      .filter(({ key }) => key.startsWith(prefix))
      .map(({ key, id, begunAt }) => ({ key, id, begunAt }))
      .sort((a, b) => (a.key === b.key ? a.begunAt.getTime() - b.begunAt.getTime() : a.key < b.key ? -1 : 1));
  }

  /** Begins to write the data of an upload to the disk, after an earlier flush. `#endFlush` throws its error. */
  #flushInBackground(found: FolderUpload): void {
    const before = this.#flushes.get(found.id) ?? Promise.resolve();
    const flush = before.then(async () => {
      const data = await openData(found, this.#folder.modes.file);
      try {
        await data.datasync();
      } finally {
        await data.close();
      }
    });
    this.#flushes.set(found.id, flush);
    flush.then(
      () => {
        if (this.#flushes.get(found.id) === flush) this.#flushes.delete(found.id);
      },
      () => undefined, // it is thrown by #endFlush
    );
  }

  /** Waits for the flush of an upload. Throws its error: the disk reports a failed write once. */
  async #endFlush({ id }: Pick<Upload, 'id'>): Promise<void> {
    const flush = this.#flushes.get(id);
    this.#flushes.delete(id);
    await flush;
  }

  /** Throws unless these parts are stored. The records of others are removed: their bytes are about to be cut off. */
  async #assertStored(found: FolderUpload, parts: readonly Part[]): Promise<void> {
    const stored = new Map((await storedParts(found)).map((part) => [part.number, part]));
    for (const [at, part] of parts.entries()) {
      const isLast = at + 1 === parts.length;
      const fits = isLast ? part.bytes <= found.partBytes : part.bytes === found.partBytes;
      if (fits && isSame(stored.get(part.number), part)) continue;
      throw new PartMismatchError(found, `part ${part.number} is not stored with these bytes`);
    }
    for (const number of stored.keys()) {
      if (number > parts.length) await withdrawRecord(join(found.path, partRecordName(number)));
    }
  }

  /** Makes one change of an upload, after those that this process makes to it already. */
  async #changing<T>(upload: Upload, change: (found: FolderUpload | undefined) => Promise<T>): Promise<T> {
    const path = this.#folder.pathOf(upload.key);
    const before = this.#changes.get(upload.id) ?? Promise.resolve();
    const result = before.then(() =>
      this.#folder.writing(path, async () => {
        await this.#folder.assertPresent();
        const found = await findUpload(this.#folder, upload.id);
        try {
          return await change(found?.key === upload.key ? found : undefined);
        } catch (error) {
          // Aborted by another process in the meantime: its folder is gone, and not the one around it.
          const isGone = codeOf(error) === 'ENOENT' && !(await findUpload(this.#folder, upload.id));
          throw isGone ? new UploadMissingError(upload, { cause: error }) : error;
        }
      }),
    );
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    this.#changes.set(upload.id, settled);
    try {
      return await result;
    } finally {
      if (this.#changes.get(upload.id) === settled) this.#changes.delete(upload.id);
    }
  }

  async #looking<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw readFailure(this.#folder.name, this.#folder.root, error);
    }
  }
}

const assertPartNumber = (number: number): void => {
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS)
    throw new RangeError(`${number} is not the number of a part`);
};

const isSame = (record: PartRecord | undefined, part: Part): boolean =>
  record?.bytes === part.bytes && record.sha256 === part.sha256;

/** The parts whose record is there and whose place lies within the data file, by number. */
const storedParts = async ({ path, partBytes, dataBytes }: FolderUpload): Promise<Part[]> => {
  const parts: Part[] = [];
  for (const name of (await readdir(path)).sort()) {
    const number = partNumberOf(name);
    if (number === undefined) continue;
    const record = await readPartRecord(join(path, name));
    if (record && (number - 1) * partBytes + record.bytes <= dataBytes) parts.push({ number, ...record });
  }
  return parts;
};

/** The stored parts whose bytes are those of their record. */
const intactParts = async (found: FolderUpload): Promise<Part[]> => {
  const parts = await storedParts(found);
  if (parts.length === 0) return parts;
  const data = await open(join(found.path, DATA), constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const intact: Part[] = [];
    for (const part of parts) {
      const start = (part.number - 1) * found.partBytes;
      const sum = createHash('sha256');
      const bytes = data.createReadStream({ start, end: start + part.bytes - 1, autoClose: false });
      if (part.bytes > 0) for await (const chunk of bytes) sum.update(chunk as Buffer);
      if (sum.digest('hex') === part.sha256) intact.push(part);
    }
    return intact;
  } finally {
    await data.close();
  }
};

/** Removes a record before its bytes change. It is emptied first, on the disk: a removed name might come back after a power failure. */
const withdrawRecord = async (path: string): Promise<void> => {
  const file = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW).catch(noneIfMissing);
  if (!file) return;
  try {
    await file.truncate(0);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rm(path, { force: true });
};

const openData = async ({ path }: FolderUpload, mode: number): Promise<FileHandle> => {
  const dataPath = join(path, DATA);
  const file = await open(
    dataPath,
    constants.O_CREAT | constants.O_WRONLY | constants.O_NOFOLLOW,
    mode,
  ).catch((error: unknown) => {
    throw codeOf(error) === 'ELOOP' ? linkInTheWay(dataPath) : error;
  });
  await file.chmod(mode); // the umask may have taken some of it
  return file;
};

/** Writes all bytes from an offset on: one write may take fewer. */
const writeAll = async (file: FileHandle, body: Uint8Array, offset: number): Promise<void> => {
  for (let written = 0; written < body.byteLength;) {
    const { bytesWritten } = await file.write(body, written, body.byteLength - written, offset + written);
    written += bytesWritten;
  }
};
