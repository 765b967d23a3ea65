import { hash } from 'node:crypto';
import { auditKey } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { type AuditEntry, AuditEntrySchema } from './audit-entry.ts';
import { sanitizeEntry } from './sanitize-entry.ts';

/**
 * Writes a line of the collector's own log, for ever. What fixes it is its time and `identity` (all that it says, unless told
 * otherwise): a fact that is written twice is one line. Gives whether it was not there before.
 */
export const recordAudit = async (
  store: ObjectStore,
  entry: AuditEntry,
  identity?: string,
): Promise<boolean> => {
  const entryToWrite = AuditEntrySchema.parse(sanitizeEntry(entry));
  const key = auditKey(
    entryToWrite.source,
    entryToWrite.at,
    entryToWrite.code,
    shortHash(identity ?? canonical(entryToWrite)),
  );
  const created = await store.create(key, Buffer.from(`${JSON.stringify(entryToWrite)}\n`), DESCRIPTION);
  return created !== undefined;
};

const DESCRIPTION = { records: '1', format: 'audit', 'schema-version': '1' };

/** Twelve hex digits: among the lines of one source and millisecond, nothing ever meets. */
export const shortHash = (text: string): string => hash('sha256', text, 'hex').slice(0, 12);

/** The same text for the same entry, in whatever order its fields were named. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
