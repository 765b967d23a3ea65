import Table from 'cli-table3';
import type { AuditActor, AuditLine } from '../shared/audit/audit-entry.ts';
import { readAudit } from '../shared/audit/read-audit.ts';
import { openLocalStore } from '../shared/connect-local.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { assertSource } from './assert-source.ts';
import type { Surroundings } from './surroundings.ts';
import { PLAIN } from './table-style.ts';
import { plural, printable } from './text.ts';

export interface ShowAuditOptions {
  readonly out: string;
  readonly source?: string;
  readonly since?: Date;
  /** Of a table. */
  readonly limit: number;
  readonly format: 'table' | 'json';
}

/** `show --audit`: the collector's own log, newest last. */
export const showAudit = async (
  { out: place, source, since, limit, format }: ShowAuditOptions,
  surroundings: Pick<Surroundings, 'out' | 'err' | 'clock' | 'random'>,
): Promise<void> => {
  const { out, err } = surroundings;
  const store = await openLocalStore(place, surroundings);
  if (source !== undefined) await assertSource(store, source, place);
  const latest: AuditLine[] = [];
  let earlier = 0;
  for await (const line of readAudit(store, {
    sources: source === undefined ? undefined : [source],
    since,
  })) {
    if (format === 'json') out(jsonToLine(line));
    else if (latest.push(line) > limit) {
      latest.shift();
      earlier += 1;
    }
  }
  if (format === 'json') return;
  if (latest.length > 0) out(`${linesToTable(latest)}\n`);
  if (latest.length === 0) err('The audit log has no such lines.\n');
  if (earlier > 0) err(`${plural(earlier, 'earlier line')} not shown: --limit and --since choose.\n`);
};

const linesToTable = (lines: readonly AuditLine[]): string => {
  const table = new Table({ ...PLAIN, head: ['WHEN (UTC)', 'SOURCE', 'CODE', 'WHO', 'WHAT'] });
  for (const line of lines) {
    const when = line.at.slice(0, 19).replace('T', ' ');
    table.push([when, line.source, line.code, printable(whoIs(line.actor)), printable(whatIs(line))]);
  }
  return table.toString();
};

const whoIs = ({ kind, name }: AuditActor): string => (name === undefined ? kind : `${name} (${kind})`);

/** The sentence, and in brackets what it is about and how much. */
const whatIs = ({ summary, stream, day, from, to, details = {} }: AuditLine): string => {
  const facts = [
    stream,
    day ?? (from === undefined ? undefined : `${from} to ${to ?? 'now'}`),
    ...Object.entries(details).map(([name, value]) => `${name} ${String(value)}`),
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? summary : `${summary} (${facts.join(', ')})`;
};
