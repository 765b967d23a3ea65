import type { AuditActor, AuditEntry } from '../shared/audit/audit-entry.ts';
import { messageOnFailure } from '../shared/audit/message-on-failure.ts';
import { recordAudit } from '../shared/audit/record-audit.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import type { CliContext } from './context.ts';
import { printable } from './text.ts';

/** The person at this command line. */
export const operatorAt = ({ operator }: Pick<CliContext, 'operator'>): AuditActor => ({
  kind: 'operator',
  name: operator,
});

/** Keeps what a person did in the collector's own log. It has happened: if the line can't be written, a warning is all. */
export const recordAuditEntry = async (
  store: ObjectStore,
  entry: AuditEntry,
  { stderr }: Pick<CliContext, 'stderr'>,
): Promise<void> => {
  const failure = await messageOnFailure(recordAudit(store, entry));
  if (failure !== undefined) stderr(`This is not in the audit log: ${printable(failure)}\n`);
};
