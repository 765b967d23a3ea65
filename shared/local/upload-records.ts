import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import * as z from 'zod';
import { noneIfMissing } from './folder-failures.ts';

/** What an upload says about itself, in `upload.json`: written once. */
export interface UploadRecord {
  readonly key: string;
  /** By the clock of the file system. */
  readonly begunAt: Date;
  /** The size of every part but the last: part n begins at byte (n - 1) × partBytes of the data file. */
  readonly partBytes: number;
}

/** What is said about a stored part, in a file of its own: it is written after the part's bytes. */
export interface PartRecord {
  readonly bytes: number;
  /** In lower-case hex. */
  readonly sha256: string;
}

export const UPLOAD_RECORD = 'upload.json';
export const DATA = 'data';

const PART_RECORD = /^part-(\d{5})\.json$/;

export const partRecordName = (number: number): string => `part-${String(number).padStart(5, '0')}.json`;

/** The number of the part that a file name is the record of; undefined for another file. */
export const partNumberOf = (name: string): number | undefined => {
  const [, digits] = PART_RECORD.exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
};

/** Whether a store made a file of this name in the folder of an upload: no other file is removed. */
export const isUploadFile = (name: string): boolean =>
  name === UPLOAD_RECORD || name === DATA || PART_RECORD.test(name);

const UploadSchema = z.strictObject({
  key: z.string().min(1),
  begunAt: z.iso.datetime().transform((text) => new Date(text)),
  partBytes: z.int().positive(),
});

const PartSchema = z.strictObject({
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export const readUploadRecord = async (path: string): Promise<UploadRecord | undefined> =>
  UploadSchema.safeParse(await readJson(path)).data;

export const readPartRecord = async (path: string): Promise<PartRecord | undefined> =>
  PartSchema.safeParse(await readJson(path)).data;

export const toJsonBytes = (record: UploadRecord | PartRecord): Buffer =>
  Buffer.from(`${JSON.stringify(record)}\n`);

/** Far more than a record has: a file of this length is not one. */
const MAX_BYTES = 64 * 1024;

/** Undefined if there is no such file, or what is there is not JSON. */
const readJson = async (path: string): Promise<unknown> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(noneIfMissing);
  if (!file) return undefined;
  try {
    const { size } = await file.stat();
    return size > MAX_BYTES ? undefined : (JSON.parse(await file.readFile('utf8')) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
};
