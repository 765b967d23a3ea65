import type { AuditActor, AuditLine } from '../shared/audit/audit-entry.ts';
import { readAudit } from '../shared/audit/read-audit.ts';
import { openLocalStore } from '../shared/app/open-store.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { assertSource } from './assert-source.ts';
import { instantColumn } from './event-columns.ts';
import type { Column } from './output/column.ts';
import { isForPeople, type OutputFormat } from './output/output-format.ts';
import { openRecordPrinter, printLatest } from './output/print-records.ts';
import type { CliContext } from './context.ts';
import { plural } from './text.ts';

export interface ShowAuditOptions {
  readonly out: string;
  readonly source?: string;
  readonly since?: Date;
  readonly limit: number;
  readonly format: OutputFormat;
}

/** `show --audit`: prints the collector's audit log, newest last. */
export const showAudit = async (
  { out: place, source, since, limit, format }: ShowAuditOptions,
  context: CliContext,
): Promise<void> => {
  const { stderr } = context;
  const store = await openLocalStore(place, context);
  if (source !== undefined) await assertSource(store, source, place);
  const lines = readAudit(store, { sources: source === undefined ? undefined : [source], since });
  const printer = openRecordPrinter({ format, columns: AUDIT_COLUMNS, toJson: jsonToLine }, context);
  const { shown, earlier } = await printLatest(lines, limit, printer);
  if (shown === 0 && isForPeople(format)) stderr('No audit log lines match.\n');
  if (earlier > 0)
    stderr(`${plural(earlier, 'earlier line')} not shown. Use --limit or --since to select lines.\n`);
};

const whoIs = ({ kind, name }: AuditActor): string => (name === undefined ? kind : `${name} (${kind})`);

/** The summary, with its subject and counts in brackets. */
const whatIs = ({ summary, stream, day, from, to, details = {} }: AuditLine): string => {
  const facts = [
    stream,
    day ?? (from === undefined ? undefined : `${from} to ${to ?? 'now'}`),
    ...Object.entries(details).map(([name, value]) => `${name} ${String(value)}`),
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? summary : `${summary} (${facts.join(', ')})`;
};

const AUDIT_COLUMNS: readonly Column<AuditLine>[] = [
  instantColumn('WHEN (UTC)', 'time', ({ at }) => at),
  { name: 'source', title: 'SOURCE', text: ({ source }) => source, keep: 2 },
  { name: 'code', title: 'CODE', text: ({ code }) => code },
  { name: 'who', title: 'WHO', text: ({ actor }) => whoIs(actor), least: 10, keep: 1 },
  { name: 'what', title: 'WHAT', text: whatIs, least: 36, weight: 3, lines: 2 },
];
