import { type Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import {
  CONTENT_MODES,
  CONTENT_TYPES,
  type ContentConfig,
  type ContentType,
} from '../shared/model/content-config.ts';
import { CONTENT_STREAM_NAMES, type ContentStreamName } from '../shared/model/content-stream.ts';
import { type AnyStreamName, STREAM_NAMES } from '../shared/model/stream.ts';
import { wholeNumber } from './arguments.ts';
import { oneOf, withChoices } from './choices.ts';

/** The choices of `collect --content` as flags. Each overrides that of the sources file. */
export interface ContentFlags {
  readonly types?: readonly ContentType[];
  /** True by `--bots`. */
  readonly bots?: true;
  readonly people?: 'all' | readonly string[];
  readonly groups?: readonly string[];
  readonly exclude?: readonly string[];
  /** False by `--no-future-people`; commander sets true without it. */
  readonly futurePeople?: boolean;
  readonly mode?: ContentConfig['mode'];
  readonly graceDays?: number;
  readonly onDeauthorization?: ContentConfig['onDeauthorization'];
}

/** Words that commas separate, each once. */
export const wordsOf = (text: string): string[] => {
  const words = text.split(',').map((word) => word.trim());
  if (words.every((word) => word !== '')) return [...new Set(words)];
  throw new InvalidArgumentError('Separate the values by commas, without an empty one.');
};

/** Addresses that commas separate, in lower case. */
export const emailsOf = (text: string): string[] => {
  const emails = wordsOf(text).map((email) => email.toLowerCase());
  const wrong = emails.filter((email) => !z.email().safeParse(email).success);
  if (wrong.length === 0) return emails;
  throw new InvalidArgumentError(
    `${wrong.map((email) => JSON.stringify(email)).join(', ')} is not an e-mail address.`,
  );
};

const typesOf = (text: string): ContentType[] => [
  ...new Set(wordsOf(text).map((word) => oneOf(CONTENT_TYPES, word))),
];

const MOST_DAYS = 3650;

const deauthorizationOf = (text: string): ContentConfig['onDeauthorization'] => {
  if (text.toLowerCase() === 'retain') return 'retain';
  const days = /^delete:(\d{1,4})$/i.exec(text)?.[1];
  if (days !== undefined && Number(days) <= MOST_DAYS) return { delete: { afterDays: Number(days) } };
  throw new InvalidArgumentError(`It must be retain, or delete:DAYS with 0 to ${MOST_DAYS} days.`);
};

/** Every stream, of logs and of content. */
const ALL_STREAMS: readonly AnyStreamName[] = [...STREAM_NAMES, ...CONTENT_STREAM_NAMES];

/** The options of collecting content, in the order of the help. */
export const CONTENT_OPTIONS = {
  content: () => new Option('--content', 'Collect content: people, meetings, recordings with their files'),
  stream: () =>
    new Option(
      '--stream <stream>',
      `Limit to one stream: ${STREAM_NAMES.join(' or ')}; with --content: ${CONTENT_STREAM_NAMES.join(', ')}`,
    ).argParser((text: string) => oneOf(ALL_STREAMS, text)),
  types: () =>
    new Option('--types <types>', `With --content: fetch these types: ${CONTENT_TYPES.join(',')}`)
      .argParser(typesOf)
      .default(undefined, 'all but messages'),
  bots: () => new Option('--bots', 'With --content: also collect the Team Chat messages of bots'),
  people: () =>
    new Option('--people <emails>', 'With --content: limit to the content of these people, or "all"')
      .argParser((text: string) => (text.toLowerCase() === 'all' ? 'all' : emailsOf(text)))
      .default(undefined, 'all'),
  groups: () =>
    new Option(
      '--groups <names>',
      'With --content: limit to the members of these Zoom groups and to --people',
    ).argParser(wordsOf),
  exclude: () =>
    new Option('--exclude <emails>', 'With --content: leave out the content of these people').argParser(
      emailsOf,
    ),
  futurePeople: () =>
    new Option(
      '--no-future-people',
      'With --content: leave out people who join later; the first run fixes whose content is collected',
    ),
  mode: () =>
    withChoices(
      new Option(
        '--mode <mode>',
        'With --content: "once" ends with a certificate; "archive" keeps all in view; "mirror" hides what left Zoom',
      ),
      CONTENT_MODES,
    ).default(undefined, 'that of the source; archive for a new one'),
  graceDays: () =>
    new Option('--grace-days <days>', 'With --mode mirror: hide a file so many days after it left Zoom')
      .argParser(wholeNumber(0, 3650))
      .default(undefined, '30'),
  onDeauthorization: () =>
    new Option(
      '--on-deauthorization <policy>',
      'With --content: what happens to the content when the account removes the app: retain or delete:DAYS (required, also by --config; acts in a deployment only)',
    ).argParser(deauthorizationOf),
};

/** Options that only collecting content has, and those that only collecting the logs has. */
const ONLY_CONTENT = [
  'types',
  'bots',
  'people',
  'groups',
  'exclude',
  'futurePeople',
  'mode',
  'graceDays',
  'onDeauthorization',
];
const ONLY_LOGS = ['format', 'lookbackDays', 'deployed', 'wait', 'stack'];

/** Ends the command with a usage error if a given option does not fit what is collected. */
export const assertFits = (command: Command, isContent: boolean, stream: AnyStreamName | undefined): void => {
  const others = isContent ? ONLY_LOGS : ONLY_CONTENT;
  const wrong = command.options.find(
    (option) =>
      others.includes(option.attributeName()) &&
      command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (wrong) {
    command.error(
      `error: option '${wrong.flags}' ${isContent ? 'is for the logs: it cannot be used with --content' : 'needs --content'}`,
    );
  }
  if (stream === undefined || isContentStream(stream) === isContent) return;
  command.error(
    isContent
      ? `error: '${stream}' is a log. With --content, --stream is one of ${CONTENT_STREAM_NAMES.join(', ')}.`
      : `error: '${stream}' is a stream of content. Add --content, or use one of ${STREAM_NAMES.join(', ')}.`,
  );
};

export const isContentStream = (stream: AnyStreamName): stream is ContentStreamName =>
  (CONTENT_STREAM_NAMES as readonly AnyStreamName[]).includes(stream);
