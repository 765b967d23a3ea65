import { Command, Option } from 'commander';
import { openCollected } from '../shared/connect-local.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { Day } from '../shared/model/day.ts';
import type { Answer, Json, ReadyQuestion } from '../shared/query-archive.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { answerToCsv, answerToJsonLines, answerToTable, questionsToTable } from './answer-to-text.ts';
import { OPTIONS } from './arguments.ts';
import { onlyFailedRunsToText } from './only-failed-runs.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { plural } from './text.ts';

interface QueryCommandOptions {
  readonly out?: string;
  readonly list?: true;
  readonly since?: Day;
  readonly limit?: number;
  readonly format: 'table' | 'json' | 'csv';
  readonly now?: Date;
}

/** Rows that a table shows, unless said otherwise: what a person can look over. */
const ROWS_OF_A_TABLE = 100;

const HELP = `
A question is SQL, in quotes, or the name of one that comes with the project (--list; each is a file in queries/).
It is answered by DuckDB, which reads, and does nothing else. The tables:

  zoom_events      both streams as one timeline, times as timestamps
  zoom_operation   the operation log        zoom_activity   sign-ins and sign-outs
  zoom_ocsf        both streams in OCSF

DESCRIBE zoom_events shows what a table has. Say dt >= current_date - 7 where you can: days that are not asked for are not read.
A folder is read where it lies. Out of a bucket (--out s3://…) the objects of the tables named, of the last 30 days or
from --since on, are brought into a temporary folder first, which is removed when the answer is there.

  bin/zoom-log-source query sso-changes --out demo
  bin/zoom-log-source query "SELECT * FROM zoom_events WHERE area = 'sso' AND dt >= current_date - 1" --out s3://my-bucket
`;

/** `query`: a question in SQL to the delivered events. */
export const queryCommand = (surroundings: Surroundings, exit: (code: ExitCode) => void): Command =>
  new Command('query')
    .description('ask the events a question, in SQL or by name')
    .argument('[question]', 'SQL, or the name of a ready question')
    .option('--list', 'show the ready questions')
    .option('--out <dir>', 'folder the events are in, or s3://bucket/prefix')
    .addOption(OPTIONS.sinceDay())
    .addOption(OPTIONS.limit().default(undefined, `${ROWS_OF_A_TABLE} for a table, all for json and csv`))
    .addOption(
      new Option('--format <format>', 'a table, JSON lines, or CSV that is safe to open in a spreadsheet')
        .choices(['table', 'json', 'csv'])
        .default('table'),
    )
    .addOption(OPTIONS.now())
    .addHelpText('after', HELP)
    .action(async (question: string | undefined, options: QueryCommandOptions) => {
      // Only now: no other command needs DuckDB, which is large.
      const { queryArchive, readReadyQuestions } = await import('../shared/query-archive.ts');
      if (options.list) {
        surroundings.out(`${questionsToTable(readReadyQuestions())}\n`);
        return;
      }
      const { clock, random, signal } = surroundings;
      const { since, now } = options;
      const asked = {
        out: named(options.out, '--out DIR or --out s3://BUCKET/PREFIX names where the events are.'),
        sql: sqlOf(
          named(question, 'A question is wanted: SQL in quotes, or a name (--list shows them).'),
          readReadyQuestions,
        ),
        since,
        clock: now ? clockFrom(now, clock) : clock,
        random,
        signal,
      };
      const failed = await onlyFailedRunsToText(await openCollected(asked.out, surroundings), asked.out);
      if (failed !== undefined) {
        surroundings.err(failed);
        exit(1);
        return;
      }
      await queryArchive(asked, (answer) => printAnswer(answer, options, surroundings));
    });

const named = (text: string | undefined, lack: string): string => {
  if (text !== undefined) return text;
  throw new ConfigurationError('query', lack);
};

/** One word is a name: no SQL that answers anything is that short. */
const NAME = /^[a-z0-9-]+$/i;

const sqlOf = (question: string, questions: () => ReadyQuestion[]): string => {
  if (!NAME.test(question)) return question;
  const known = questions();
  const found = known.find(({ name }) => name === question);
  if (found) return found.sql;
  const names = known.map(({ name }) => name).join(', ');
  throw new ConfigurationError('query', `There is no ready question "${question}". There are: ${names}.`);
};

const printAnswer = async (
  { columns, rows }: Answer,
  { format, limit = format === 'table' ? ROWS_OF_A_TABLE : Infinity }: QueryCommandOptions,
  { out, err }: Surroundings,
): Promise<void> => {
  const shown: (readonly Json[])[] = [];
  let more = false;
  if (format === 'csv') out(answerToCsv([columns]));
  let count = 0;
  for await (const row of rows) {
    if (count === limit) {
      more = true;
      break;
    }
    count += 1;
    if (format === 'table') shown.push(row);
    else out(format === 'csv' ? answerToCsv([row]) : answerToJsonLines(columns, [row]));
  }
  if (shown.length > 0) out(`${answerToTable(columns, shown)}\n`);
  if (format === 'table' && count === 0) err('No rows.\n');
  if (more) err(`There are more than ${plural(limit, 'row')}: --limit says how many to show.\n`);
};
