import { knownSources } from '../shared/app/archive.ts';
import { readCollectionLog } from '../shared/app/content-archive.ts';
import { openCollected } from '../shared/app/open-store.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { assertSource } from './assert-source.ts';
import { ALL_COLLECTION_COLUMNS, COLLECTION_COLUMNS } from './content-columns.ts';
import type { CliContext } from './context.ts';
import { isForPeople } from './output/output-format.ts';
import { openRecordPrinter } from './output/print-records.ts';
import type { ShowAuditOptions } from './show-audit.ts';
import { plural } from './text.ts';

/** `show --collection`: prints what was done with each recorded file, newest last. */
export const showCollection = async (
  { out, source, since, limit, format }: ShowAuditOptions,
  context: CliContext,
): Promise<void> => {
  const store = await openCollected(out, context);
  if (source !== undefined) await assertSource(store, source, out);
  const sources = source === undefined ? await knownSources(store) : [source];
  const events = await readCollectionLog(store, sources, since);
  const columns = format === 'csv' || format === 'vertical' ? ALL_COLLECTION_COLUMNS : COLLECTION_COLUMNS;
  const printer = openRecordPrinter({ format, columns, toJson: jsonToLine }, context);
  const earlier = Math.max(0, events.length - limit);
  for (const event of events.slice(earlier)) printer.print(event);
  printer.end();
  if (events.length === 0 && isForPeople(format)) context.stderr('No lines of the collection log match.\n');
  if (earlier > 0) {
    context.stderr(`${plural(earlier, 'earlier line')} not shown. Use --limit or --since to select lines.\n`);
  }
};
