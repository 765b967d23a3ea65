import { type FoundText, searchContent, type Searched, SEARCHED } from '../shared/app/content-archive.ts';
import { openCollected } from '../shared/app/open-store.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { Day } from '../shared/model/day.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { assertInOrder, DEFAULT_LIMIT } from './arguments.ts';
import { leftOutToText, sourcesOf } from './content-selection.ts';
import type { CliContext, ExitCode } from './context.ts';
import { instantColumn } from './event-columns.ts';
import type { Column } from './output/column.ts';
import { isForPeople, type OutputFlags, outputFormatOf } from './output/output-format.ts';
import { openRecordPrinter } from './output/print-records.ts';
import { oneLine, plural } from './text.ts';

/** The options of `content search`. */
export interface SearchFlags extends OutputFlags {
  readonly out: string;
  readonly source?: string;
  readonly person?: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly type?: Searched;
  readonly hidden?: true;
  readonly limit?: number;
}

/** `content search`: finds a text in chat and transcripts. */
export const searchContentText = async (
  text: string,
  flags: SearchFlags,
  context: CliContext,
): Promise<ExitCode> => {
  const { out, person, from, to, type, hidden } = flags;
  assertInOrder(from, to);
  if (text.trim() === '') throw new ConfigurationError('usage', 'The text to find is empty.');
  const store = await openCollected(out, context);
  const format = outputFormatOf(flags);
  const limit = flags.limit ?? (isForPeople(format) ? DEFAULT_LIMIT : Infinity);
  const { print, end } = openRecordPrinter({ format, columns: COLUMNS, toJson: jsonToLine }, context);
  const unsearched = { hidden: 0, damaged: [] as string[] };
  const search = {
    ...{ text, from, to, hidden },
    sources: await sourcesOf(store, flags),
    types: type ? [type] : SEARCHED,
    person: person?.toLowerCase(),
  };
  let count = 0;
  let isCut = false;
  for await (const found of searchContent(store, search, unsearched)) {
    if (context.signal.aborted) break;
    if (count === limit) {
      isCut = true;
      break;
    }
    count += 1;
    print(found);
  }
  end();
  if (count === 0 && isForPeople(format)) context.stderr('The text was not found.\n');
  if (isCut) context.stderr(`More than ${plural(limit, 'place')} found. Use --limit, --from or --person.\n`);
  context.stderr(leftOutToText(unsearched));
  for (const key of unsearched.damaged) {
    context.stderr(`NOT SEARCHED ${oneLine(key)}: it is missing or damaged. Run verify --files.\n`);
  }
  return unsearched.damaged.length > 0 || context.signal.aborted ? 1 : 0;
};

const COLUMNS: readonly Column<FoundText>[] = [
  instantColumn('WHEN (UTC)', 'time', ({ time }) => time),
  { name: 'source', title: 'SOURCE', text: ({ source }) => source, keep: 1 },
  { name: 'type', title: 'TYPE', text: ({ type }) => type },
  { name: 'who', title: 'WHO', text: ({ who }) => who, least: 12 },
  { name: 'where', title: 'WHERE', text: ({ where }) => where, least: 12, keep: 3 },
  { name: 'at', title: 'AT', text: ({ at }) => at, keep: 2 },
  { name: 'state', title: 'STATE', text: ({ state }) => state, keep: 2 },
  { name: 'id', title: 'ID', text: ({ id }) => id, brief: { text: ({ id }) => id.slice(0, 8) } },
  { name: 'text', title: 'TEXT', text: ({ excerpt }) => excerpt, least: 24, weight: 3, lines: 3 },
];
