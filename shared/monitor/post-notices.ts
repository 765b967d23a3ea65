import { AUDIT_CODES, type AuditCode } from '../audit/audit-codes.ts';
import type { AuditLine } from '../audit/audit-entry.ts';
import { readAudit } from '../audit/read-audit.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { disarmed } from '../model/chat-text.ts';
import type { HealthRecord } from './health-record.ts';
import type { NotificationPublisher } from './ports.ts';

/** A line that is written this long after its own time is still posted. */
const LOOK_BACK_MS = 48 * 3_600_000;

/**
 * Posts the audit lines that are notices. The audit log is the outbox: writers of a line need no connection to the topic. A
 * line is posted once, or twice if a monitor run is killed before it stores that.
 */
export const postNotices = async (
  { store, notices }: { readonly store: ObjectStore; readonly notices: NotificationPublisher },
  source: string,
  { posted, watchedSince }: Pick<HealthRecord, 'posted' | 'watchedSince'>,
  now: Date,
): Promise<string[]> => {
  const from = Math.max(now.getTime() - LOOK_BACK_MS, watchedSince.getTime());
  const seen: string[] = [];
  for await (const line of readAudit(store, { sources: [source], since: new Date(from), codes: POSTED })) {
    const id = idOf(line);
    if (!posted.includes(id)) await notices.post(toNotice(line));
    seen.push(id);
  }
  return seen;
};

const POSTED = Object.entries(AUDIT_CODES).flatMap(([code, { notice }]) => (notice ? [code] : []));

const idOf = ({ at, code, summary }: AuditLine): string => `${at} ${code} ${summary}`;

const toNotice = ({ at, code, source, stream, day, summary }: AuditLine) => {
  const { severity, means } = AUDIT_CODES[code as AuditCode];
  const about = [source, stream, day].filter((part) => part !== undefined).join(' ');
  return {
    code,
    source,
    severity,
    title: `${about}: ${code.replaceAll('-', ' ')}`,
    text: disarmed(`${summary} ${means}`),
    at: new Date(at),
  };
};
