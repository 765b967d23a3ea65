import * as z from 'zod';
import { seenKey } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { jsonBytes, readJson } from '../collect/state/state-file.ts';
import type { AuditEntry } from './audit-entry.ts';
import { recordAudit, shortHash } from './record-audit.ts';

const SeenSchema = z.object({ at: z.iso.datetime({ precision: 3 }) });

/**
 * Writes a line that is to be told once ever: of `identity`, the source has but one of this code. A marker fixes when it was
 * first seen, and with that the line's key; so whoever comes later, or comes back after being killed between the two, writes
 * the very line that is there or is missing. Gives whether it was not there before.
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
