import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { openCollected } from '../shared/app/open-store.ts';
import { ConfigurationError, messageOf } from '../shared/errors.ts';
import type { Day } from '../shared/model/day.ts';
import type { QueryResult, BuiltInQuery } from '../shared/app/query.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { resultColumns, resultToJson, type ResultRow, QUESTION_COLUMNS } from './query-result-columns.ts';
import { OPTIONS } from './arguments.ts';
import { assertSource } from './assert-source.ts';
import {
  type FormerOutputFlags,
  isForPeople,
  OUTPUT_OPTIONS,
  outputFormatOf,
} from './output/output-format.ts';
import { onlyFailedRunsToText } from './only-failed-runs.ts';
import { openRecordPrinter } from './output/print-records.ts';
import { SqlCommand } from './sql-command.ts';
import type { ExitCode, CliContext } from './context.ts';
import { plural } from './text.ts';
import { unprojectedToText } from './unprojected-to-text.ts';

interface QueryCommandOptions extends FormerOutputFlags {
  readonly out?: string;
  readonly source?: string;
  readonly list?: true;
  readonly file?: string;
  readonly since?: Day;
  readonly replayed?: string;
  readonly limit?: number;
  readonly now?: Date;
}

/** The default number of rows in formats for people. */
const ROWS_FOR_PEOPLE = 100;

const HELP = `
Pass SQL in quotes, or the name of a built-in query (--list; each is a file in
queries/). The SQL may begin with comments. It may also come from a file
(--file) or from standard input (-). DuckDB runs it read-only. The tables:

  zoom_events      both streams as one timeline, times as timestamps
  zoom_operation   the operation log
  zoom_activity    sign-ins and sign-outs
  zoom_ocsf        both streams in OCSF
  zoom_people      content: lists of people
  zoom_meetings    content: meetings that were held, with participants
  zoom_recordings  content: files of recordings, as Zoom listed them
  zoom_chat        content: Team Chat messages, edits and deletions
  zoom_custody     content: what was done with each file: held, gone, hidden

DESCRIBE zoom_events lists the columns of a table. Use a filter such as
dt >= current_date - 7: days outside it are not read. A folder is read in place.
With a bucket (--out s3://…), objects of the named tables are first downloaded
into a temporary folder: the last 30 days, or all days from --since. The folder
is removed afterwards.

A warning is printed if raw objects have no object of the format that a table
reads (flat, or ocsf for zoom_ocsf): the result does not contain their events.

  bin/zoom-log-source query sso-changes --out demo
  bin/zoom-log-source query --file detections/sql/passcode-off.sql --out demo
  bin/zoom-log-source query "SELECT * FROM zoom_events WHERE area = 'sso'" \\
    --out s3://my-bucket --source acme --output vertical`;

/** `query`: runs SQL over the delivered events. */
export const queryCommand = (context: CliContext, exit: (code: ExitCode) => void): Command =>
  new SqlCommand('query')
    .description('Run a SQL query or a built-in query over the events.')
    .argument('[query]', 'SQL, the name of a built-in query, or - for SQL from standard input')
    .option('--list', 'List the built-in queries')
    .option('--file <file>', 'Read the SQL from a file')
    .option('--out <dir>', 'Output folder or s3://bucket/prefix')
    .addOption(OPTIONS.onlySource())
    .addOption(OPTIONS.sinceDay())
    .addOption(OPTIONS.replayed())
    .addOption(OPTIONS.limit().default(undefined, `${ROWS_FOR_PEOPLE}; all for json and csv`))
    .addOption(OUTPUT_OPTIONS.output())
    .addOption(OUTPUT_OPTIONS.json())
    .addOption(OUTPUT_OPTIONS.formerFormat())
    .addOption(OPTIONS.now())
    .addHelpText('after', HELP)
    .action(async (question: string | undefined, options: QueryCommandOptions) => {
      // Loaded here, because DuckDB is large and no other command needs it.
      const { formatsIn, queryArchive, readBuiltInQueries, readContentQueries } =
        await import('../shared/app/query.ts');
      const readQueries = (): BuiltInQuery[] => [...readBuiltInQueries(), ...readContentQueries()];
      if (options.list) {
        listQuestions(readQueries(), options, context);
        return;
      }
      const { clock, random, proxies, signal } = context;
      const { source, since, now, replayed: version } = options;
      const sources = source === undefined ? undefined : [source];
      const requested = {
        out: named(options.out, 'Name the output folder: --out DIR or --out s3://BUCKET/PREFIX.'),
        sql: await sqlOf(question, options.file, context, readQueries),
        since,
        sources,
        version,
        clock: now ? clockFrom(now, clock) : clock,
        random,
        proxies,
        signal,
      };
      const store = await openCollected(requested.out, context);
      if (source !== undefined) await assertSource(store, source, requested.out);
      const failed = await onlyFailedRunsToText(store, requested.out, source);
      if (failed !== undefined) {
        context.stderr(failed);
        exit(1);
        return;
      }
      await queryArchive(requested, (queryResult) => printAnswer(queryResult, options, context));
      const formats = formatsIn(requested.sql);
      const unseen = await unprojectedToText(store, formats, requested.out, { sources, since, version });
      if (unseen !== '') context.stderr(unseen);
    });

const named = (text: string | undefined, lack: string): string => {
  if (text !== undefined) return text;
  throw new ConfigurationError('query', lack);
};

/** One word is a name: no useful SQL is that short. */
const NAME = /^[a-z0-9-]+$/i;

const sqlOf = async (
  question: string | undefined,
  file: string | undefined,
  { readInput }: CliContext,
  questions: () => readonly BuiltInQuery[],
): Promise<string> => {
  if (file !== undefined) {
    if (question === undefined) return withoutMark(readSql(file));
    throw new ConfigurationError('query', 'Give either a query or --file, not both.');
  }
  if (question === '-') return withoutMark(await readInput());
  const text = named(question, 'Give a query: SQL in quotes, a name (--list shows them), --file, or -.');
  return NAME.test(text) ? builtInQuery(text, questions()).sql : text;
};

/** Windows editors begin a file with a byte order mark, which is not SQL. */
const withoutMark = (text: string): string => text.replace(/^\ufeff/, '');

const readSql = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError('query', `The file ${file} can't be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
};

const builtInQuery = (name: string, known: readonly BuiltInQuery[]): BuiltInQuery => {
  const found = known.find((one) => one.name === name);
  if (found) return found;
  const names = known.map((one) => one.name).join(', ');
  throw new ConfigurationError('query', `There is no built-in query "${name}". Available: ${names}.`);
};

const listQuestions = (
  questions: readonly BuiltInQuery[],
  options: QueryCommandOptions,
  context: CliContext,
): void => {
  const toJson = ({ name, title, question, notes }: BuiltInQuery): string =>
    jsonToLine({ name, title, question, notes });
  const output = { format: outputFormatOf(options, options.format), columns: QUESTION_COLUMNS, toJson };
  const { print, end } = openRecordPrinter(output, context);
  questions.forEach(print);
  end();
};

const printAnswer = async (
  { columns: names, rows }: QueryResult,
  options: QueryCommandOptions,
  context: CliContext,
): Promise<void> => {
  const { stderr } = context;
  const format = outputFormatOf(options, options.format);
  const limit = options.limit ?? (isForPeople(format) ? ROWS_FOR_PEOPLE : Infinity);
  const toJson = resultToJson(names);
  const shown: ResultRow[] = [];
  const printer =
    format === 'table'
      ? { print: (row: ResultRow) => void shown.push(row), end: () => undefined }
      : openRecordPrinter({ format, columns: resultColumns(names, []), toJson }, context);
  let more = false;
  let count = 0;
  for await (const row of rows) {
    if (count === limit) {
      more = true;
      break;
    }
    count += 1;
    printer.print(row);
  }
  printer.end();
  if (shown.length > 0) printTable(names, shown, toJson, context);
  if (isForPeople(format) && count === 0) stderr('No rows.\n');
  if (more) stderr(`There are more than ${plural(limit, 'row')}. Use --limit to show more.\n`);
};

/** The columns that a table can drop depend on all of its rows. */
const printTable = (
  names: readonly string[],
  rows: readonly ResultRow[],
  toJson: (row: ResultRow) => string,
  context: CliContext,
): void => {
  const columns = resultColumns(names, rows);
  const { print, end } = openRecordPrinter<ResultRow>({ format: 'table', columns, toJson }, context);
  rows.forEach(print);
  end();
};
