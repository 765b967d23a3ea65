import { hash } from 'node:crypto';
import * as z from 'zod';
import type { RowDigest } from '../model/raw-row.ts';
import type { Slice } from '../model/slice.ts';
import type { LoggedObject } from './logged-object.ts';
import { manifestKey } from './object-keys.ts';
import type { ObjectStore } from './ports.ts';
import { parseJson } from './state-file.ts';

const DIGEST_BYTES = 32;
const LF = 0x0a;

const HeaderSchema = z.object({
  objects: z.array(
    z.object({
      version: z.string(),
      rejected: z.int().min(0),
      newest: z.string(),
      rows: z.int().min(0),
    }),
  ),
});

/**
 * What an earlier run read of the log; nothing if there is no manifest or if it isn't what was written, to the last
 * bit: a wrong digest here would have a row delivered twice.
 */
export const readManifest = async (store: ObjectStore, slice: Slice): Promise<LoggedObject[]> => {
  const bytes = (await store.read(manifestKey(slice))) ?? Buffer.alloc(0);
  const sealEnd = bytes.indexOf(LF);
  const seal = bytes.toString('latin1', 0, Math.max(sealEnd, 0));
  const sealed = bytes.subarray(sealEnd + 1);
  if (seal !== hash('sha256', sealed, 'hex')) return [];

  const headerEnd = sealed.indexOf(LF);
  const header = parseJson(sealed.subarray(0, headerEnd + 1), HeaderSchema);
  if (!header) return []; // of a release that wrote another form
  let start = headerEnd + 1;
  return header.objects.map(({ rows, ...object }, sequence) => {
    const end = start + rows * DIGEST_BYTES;
    const digests = toDigests(sealed.subarray(start, end));
    start = end;
    return { ...object, sequence, digests };
  });
};

/** Slices of one text: a day of 100,000 rows is read in a few milliseconds, without a copy. */
const toDigests = (bytes: Buffer): RowDigest[] => {
  const hex = bytes.toString('hex');
  return Array.from({ length: bytes.length / DIGEST_BYTES }, (_, row) =>
    hex.slice(row * 2 * DIGEST_BYTES, (row + 1) * 2 * DIGEST_BYTES),
  );
};

/**
 * Saves what was read of the log: the SHA-256 of all that follows, in hex; what is known of each object, as JSON; the
 * digests of their rows, as bytes. A day may have a million rows, so nothing of it is held twice.
 */
export const writeManifest = async (
  store: ObjectStore,
  slice: Slice,
  objects: readonly LoggedObject[],
): Promise<void> => {
  const known = objects.map(({ version, rejected, newest, digests }) => ({
    version,
    rejected,
    newest,
    rows: digests.length,
  }));
  const header = Buffer.from(`${JSON.stringify({ objects: known })}\n`);
  const rows = known.reduce((sum, object) => sum + object.rows, 0);
  const manifest = Buffer.allocUnsafe(SEAL_BYTES + header.length + rows * DIGEST_BYTES);
  let end = SEAL_BYTES + header.copy(manifest, SEAL_BYTES);
  for (const { digests } of objects) {
    for (const digest of digests) end += manifest.write(digest, end, 'hex');
  }
  manifest.write(`${hash('sha256', manifest.subarray(SEAL_BYTES), 'hex')}\n`, 'latin1');
  await store.replace(manifestKey(slice), manifest);
};

/** A SHA-256 in hex, and an LF. */
const SEAL_BYTES = 2 * DIGEST_BYTES + 1;
