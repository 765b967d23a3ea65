import { hash } from 'node:crypto';
import * as z from 'zod';
import type { AnySlice } from '../../model/slice.ts';
import { DIGEST_BYTES } from './digest-counts.ts';
import type { LoggedObject } from './logged-object.ts';
import { type LogRoot, manifestKey } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { parseJson } from '../state/state-file.ts';

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
 * What an earlier run read from the log; nothing if there is no manifest or if a single bit of it was changed: a wrong digest
 * here would deliver a row twice.
 */
export const readManifest = async (
  store: ObjectStore,
  slice: AnySlice,
  root: LogRoot = 'raw',
): Promise<LoggedObject[]> => {
  const bytes = (await store.read(manifestKey(slice, root))) ?? Buffer.alloc(0);
  const sealEnd = bytes.indexOf(LF);
  const seal = bytes.toString('latin1', 0, Math.max(sealEnd, 0));
  const sealed = bytes.subarray(sealEnd + 1);
  if (seal !== hash('sha256', sealed, 'hex')) return [];

  const headerEnd = sealed.indexOf(LF);
  const header = parseJson(sealed.subarray(0, headerEnd + 1), HeaderSchema);
  if (!header) return []; // from a release with another format
  let start = headerEnd + 1;
  return header.objects.map((object, sequence) => {
    const end = start + object.rows * DIGEST_BYTES;
    const digests = sealed.subarray(start, end);
    start = end;
    return { ...object, sequence, digests };
  });
};

/**
 * Saves what was read from the log: the SHA-256 of all that follows, in hex; the facts about each object, as JSON; the
 * digests of their rows, as bytes. A day may have a million rows, so nothing is copied in memory.
 */
export const writeManifest = async (
  store: ObjectStore,
  slice: AnySlice,
  objects: readonly LoggedObject[],
  root: LogRoot = 'raw',
): Promise<void> => {
  const known = objects.map(({ version, rejected, newest, rows }) => ({ version, rejected, newest, rows }));
  const header = Buffer.from(`${JSON.stringify({ objects: known })}\n`);
  const rows = known.reduce((sum, object) => sum + object.rows, 0);
  const manifest = Buffer.allocUnsafe(SEAL_BYTES + header.length + rows * DIGEST_BYTES);
  let end = SEAL_BYTES + header.copy(manifest, SEAL_BYTES);
  for (const { digests } of objects) {
    manifest.set(digests, end);
    end += digests.length;
  }
  manifest.write(`${hash('sha256', manifest.subarray(SEAL_BYTES), 'hex')}\n`);
  await store.replace(manifestKey(slice, root), manifest);
};

/** A SHA-256 in hex, and an LF. */
const SEAL_BYTES = 2 * DIGEST_BYTES + 1;
