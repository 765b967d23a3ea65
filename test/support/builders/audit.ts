import type { AuditEntry, AuditLine } from '../../../shared/audit/audit-entry.ts';
import { type AuditFilter, readAudit } from '../../../shared/audit/read-audit.ts';
import type { ObjectStore } from '../../../shared/collect/ports.ts';

/** A line of the audit log with the fields that the test needs. */
export const anEntry = (fields: Partial<AuditEntry> = {}): AuditEntry => ({
  at: '2026-11-18T12:00:00.400Z',
  code: 'connected',
  source: 'acme',
  actor: { kind: 'operator', name: 'ines' },
  summary: 'The source was connected.',
  ...fields,
});

/** The lines in a store. */
export const auditIn = async (store: ObjectStore, filter: AuditFilter = {}): Promise<AuditLine[]> => {
  const lines: AuditLine[] = [];
  for await (const line of readAudit(store, filter)) lines.push(line);
  return lines;
};
