import * as z from 'zod';
import { seenKey } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { jsonBytes, readJson } from '../collect/state/state-file.ts';
import type { AuditEntry } from './audit-entry.ts';
import { recordAudit, shortHash } from './record-audit.ts';

const SeenSchema = z.object({ at: z.iso.datetime({ precision: 3 }) });

/**
 * Writes a line only once: for each `identity`, the source has one line of this code. A marker stores when it was first seen,
 * and so the line's key. A later writer, or one that was killed between the two writes, writes the same line. Returns whether
 * it is new.
 */
export const recordOnce = async (
  store: ObjectStore,
  entry: AuditEntry,
  identity: string,
): Promise<boolean> => {
  const key = seenKey(entry.source, entry.code, shortHash(identity));
  let seen = await readJson(store, key, SeenSchema);
  if (!seen && !(await store.create(key, jsonBytes({ at: entry.at }), {}))) {
    seen = await readJson(store, key, SeenSchema);
  }
  return recordAudit(store, { ...entry, at: seen?.at ?? entry.at }, identity);
};
