import pLimit from 'p-limit';
import { AUDIT_ROOT, auditPrefix, codeOfKey, dayOfKey, sourceOfKey } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { CorruptObjectError } from '../errors.ts';
import { dayOf } from '../model/day.ts';
import { compareText } from '../model/raw-row.ts';
import { type AuditLine, AuditLineSchema } from './audit-entry.ts';

const READ_CONCURRENCY = 16;

/** Which lines to read; all of them by default. */
export interface AuditFilter {
  readonly sources?: readonly string[] | undefined;
  /** At or after this instant. */
  readonly since?: Date | undefined;
  readonly codes?: readonly string[] | undefined;
}

/** The lines of the audit log in order of time. Throws CorruptObjectError for an object that can't be read. */
export async function* readAudit(
  store: ObjectStore,
  { sources, since, codes }: AuditFilter,
): AsyncGenerator<AuditLine, void, undefined> {
  const prefixes = sources?.map(auditPrefix) ?? [AUDIT_ROOT];
  const stored = (await Promise.all(prefixes.map((prefix) => store.list(prefix)))).flat();
  const keys = stored
    .map(({ key }) => key)
    .filter((key) => key.endsWith('.jsonl') && (codes?.includes(codeOfKey(key) ?? '') ?? true));
  const byDay = Map.groupBy(keys, (key) => dayOfKey(key) ?? '');
  const limit = pLimit(READ_CONCURRENCY);
  for (const day of [...byDay.keys()].sort()) {
    if (day === '' || (since && day < dayOf(since))) continue;
    const objects = (byDay.get(day) ?? []).sort((a, b) => compareText(nameOf(a), nameOf(b)));
    const lines = (await Promise.all(objects.map((key) => limit(() => readLines(store, key))))).flat();
    lines.sort((a, b) => compareText(a.at, b.at));
    for (const line of lines) if (!since || new Date(line.at) >= since) yield line;
  }
}

const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

const readLines = async (store: ObjectStore, key: string): Promise<AuditLine[]> => {
  const texts = ((await store.read(key)) ?? Buffer.alloc(0)).toString('utf8').split('\n');
  if (texts.pop() !== '' || texts.length === 0) throw damaged(key, 'its last line is incomplete');
  return texts.map((text, index) => {
    try {
      const line = AuditLineSchema.parse(JSON.parse(text));
      if (line.source === sourceOfKey(key)) return line;
    } catch (cause) {
      throw damaged(key, `line ${index + 1} is not a line of an audit log`, cause);
    }
    throw damaged(key, `line ${index + 1} belongs to another source`);
  });
};

const damaged = (key: string, problem: string, cause?: unknown): CorruptObjectError =>
  new CorruptObjectError(key, problem, { cause, remedy: 'Restore it from a copy, or move it away.' });
