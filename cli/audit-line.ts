import type { AuditActor, AuditEntry } from '../shared/audit/audit-entry.ts';
import { messageOnFailure } from '../shared/audit/message-on-failure.ts';
import { recordAudit } from '../shared/audit/record-audit.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import type { CliContext } from './context.ts';
import { printable } from './text.ts';

/** The operator of this command line. */
export const operatorAt = ({ operator }: Pick<CliContext, 'operator'>): AuditActor => ({
  kind: 'operator',
  name: operator,
});

/** Records an operator's action in the audit log. The action is done: a failed write causes only a warning. */
export const recordAuditEntry = async (
  store: ObjectStore,
  entry: AuditEntry,
  { stderr }: Pick<CliContext, 'stderr'>,
): Promise<void> => {
  const failure = await messageOnFailure(recordAudit(store, entry));
  if (failure !== undefined) stderr(`Not recorded in the audit log: ${printable(failure)}\n`);
};
