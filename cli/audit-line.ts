import type { AuditActor, AuditEntry } from '../shared/audit/audit-entry.ts';
import { failureOf } from '../shared/audit/failure-of.ts';
import { recordAudit } from '../shared/audit/record-audit.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import type { Surroundings } from './surroundings.ts';
import { printable } from './text.ts';

/** The person at this command line. */
export const operatorAt = ({ operator }: Pick<Surroundings, 'operator'>): AuditActor => ({
  kind: 'operator',
  name: operator,
});

/** Keeps what a person did in the collector's own log. It has happened: if the line can't be written, a warning is all. */
export const keepLine = async (
  store: ObjectStore,
  entry: AuditEntry,
  { err }: Pick<Surroundings, 'err'>,
): Promise<void> => {
  const failure = await failureOf(recordAudit(store, entry));
  if (failure !== undefined) err(`This is not in the audit log: ${printable(failure)}\n`);
};
