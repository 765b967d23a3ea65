import { Command, InvalidArgumentError, Option } from 'commander';
import { CONTENT_TYPES, type ContentType } from '../shared/model/content-config.ts';
import type { Searched } from '../shared/app/content-archive.ts';
import { type Day, parseDay } from '../shared/model/day.ts';
import { atLeastOne, DEFAULT_LIMIT, OPTIONS } from './arguments.ts';
import { oneOf, withChoices } from './choices.ts';
import type { FileSelection } from './content-selection.ts';
import type { SearchFlags } from './content-search.ts';
import type { ThreadFlags } from './content-thread.ts';
import type { CliContext, ExitCode } from './context.ts';
import { OUTPUT_OPTIONS, type OutputFlags } from './output/output-format.ts';
import { dayArgument } from './times.ts';

/** The states to select by: those of a file, `gone` for files that have left Zoom, and `hidden` for those that a mirror hides. */
const STATES = ['held', 'failed', 'skipped', 'gone', 'hidden', 'processing', 'pending'] as const;

/** What is searched: repeated here so that the help loads nothing else. */
const SEARCHED = ['messages', 'transcript', 'chat'] as const satisfies readonly Searched[];

/** The types of files. */
const FILE_TYPES = CONTENT_TYPES.filter(
  (type): type is Exclude<ContentType, 'meetings'> => type !== 'meetings',
);

const hidden = (): Option =>
  new Option('--hidden', 'Include files that a mirror hides, because they left Zoom');

const itemOf = (text: string): string => {
  if (/^[0-9a-f]{4,16}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('It must be 4 to 16 hex digits, from the column ITEM of content list.');
};

/** A folder. A day is refused, because other commands have `--to` for the last day. */
const folderArgument = (text: string): string => {
  if (!parseDay(text)) return text;
  throw new InvalidArgumentError('It is the folder to write into. Give the last day with --until.');
};

/** `content`: lists, shows, copies and searches the content that was collected. */
export const contentCommand = (context: CliContext, exit: (code: ExitCode) => void): Command => {
  const of = (name: string, description: string): Command =>
    new Command(name).description(description).addOption(OPTIONS.out()).addOption(OPTIONS.onlySource());
  const select = (command: Command, last: Option): Command =>
    command
      .option('--person <email>', 'Limit to recordings hosted by this person')
      .addOption(OPTIONS.from().makeOptionMandatory(false))
      .addOption(last)
      .option('--topic <text>', 'Limit to topics that contain this text; case is ignored')
      .addOption(
        new Option('--type <type>', `Limit to this type: ${FILE_TYPES.join(', ')}`).argParser(
          (text: string) => oneOf(FILE_TYPES, text),
        ),
      )
      .addOption(withChoices(new Option('--state <state>', 'Limit to files in this state'), STATES))
      .addOption(hidden())
      .addOption(OPTIONS.now());
  const commands = [
    select(of('list', 'List the files of recordings, oldest first.'), OPTIONS.to().makeOptionMandatory(false))
      .addOption(
        new Option('--limit <count>', 'List at most this many, the newest ones')
          .argParser(atLeastOne)
          .default(undefined, `${DEFAULT_LIMIT}; all for json and csv`),
      )
      .addOption(OUTPUT_OPTIONS.output())
      .addOption(OUTPUT_OPTIONS.json())
      .action(async (flags: FileSelection & OutputFlags & { readonly limit?: number }) => {
        const { listContent } = await import('./content-list.ts');
        exit(await listContent(flags, context));
      }),
    of('show', 'Show everything about one file: rows, versions, what was done with it.')
      .argument('<item>', 'Item of the file, from content list; its first digits suffice', itemOf)
      .addOption(hidden())
      .addOption(OPTIONS.json())
      .action(async (item: string, flags: { out: string; source?: string; hidden?: true; json?: true }) => {
        const { showContent } = await import('./content-show.ts');
        exit(await showContent(item, flags, context));
      }),
    select(
      of('get', 'Copy native files under names that people know, and verify each by its SHA-256.'),
      new Option('--until <day>', 'End on this UTC day, as --to of content list').argParser(dayArgument),
    )
      .argument('[item]', 'Item of one file, from content list; its first digits suffice', itemOf)
      .requiredOption(
        '--to <dir>',
        'Write the files into this folder; no file is overwritten',
        folderArgument,
      )
      .addOption(OPTIONS.json())
      .action(
        async (
          item: string | undefined,
          {
            to: target,
            until: to,
            ...flags
          }: Omit<FileSelection, 'to'> & {
            readonly to: string;
            readonly until?: Day;
            readonly json?: true;
          },
        ) => {
          const { getContent } = await import('./content-get.ts');
          exit(await getContent(item, { ...flags, target, ...(to && { to }) }, context));
        },
      ),
  ];
  const search = of('search', 'Find a text in chat and transcripts. It reads all of them: there is no index.')
    .argument('<text>', 'Text to find; case is ignored')
    .option('--person <email>', 'Limit to messages that this person sent and recordings that they hosted')
    .addOption(OPTIONS.from().makeOptionMandatory(false))
    .addOption(OPTIONS.to().makeOptionMandatory(false))
    .addOption(
      new Option(
        '--type <type>',
        `Limit to this type: ${SEARCHED.join(', ')} (of recorded meetings)`,
      ).argParser((text: string) => oneOf(SEARCHED, text)),
    )
    .addOption(hidden())
    .addOption(OPTIONS.limit().default(undefined, `${DEFAULT_LIMIT}; all for json and csv`))
    .addOption(OUTPUT_OPTIONS.output())
    .addOption(OUTPUT_OPTIONS.json())
    .action(async (text: string, flags: SearchFlags) => {
      const { searchContentText } = await import('./content-search.ts');
      exit(await searchContentText(text, flags, context));
    });
  const thread = of('thread', 'Show a chat message with all replies, edits, deletions and reactions.')
    .argument('<message>', 'Id of any message of the thread, from content search; its beginning suffices')
    .addOption(OPTIONS.json())
    .action(async (id: string, flags: ThreadFlags) => {
      const { showThread } = await import('./content-thread.ts');
      exit(await showThread(id, flags, context));
    });
  const content = new Command('content').description(
    'List, show, copy and search the content that was collected.',
  );
  for (const command of [...commands, search, thread]) content.addCommand(command);
  return content;
};
