import { hash } from 'node:crypto';
import { auditKey } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { type AuditEntry, AuditEntrySchema } from './audit-entry.ts';
import { sanitizeEntry } from './sanitize-entry.ts';

/**
 * Writes a line of the audit log, permanently. Its time and `identity` (by default its content) determine it: a fact that is
 * written twice is one line. Returns whether it is new.
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

/** Twelve hex digits: no collision among the lines of one source and millisecond. */
export const shortHash = (text: string): string => hash('sha256', text, 'hex').slice(0, 12);

/** The same text for the same entry, whatever the order of its fields. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
