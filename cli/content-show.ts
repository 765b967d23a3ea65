import { findItems, type FoundItem, labelOf, type StoredFile } from '../shared/app/content-archive.ts';
import { openCollected } from '../shared/app/open-store.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { formatBytes } from '../shared/model/format-bytes.ts';
import { jsonToLine } from '../shared/normalize/index.ts';
import { stateToText } from './content-columns.ts';
import { sourcesOf } from './content-selection.ts';
import type { CliContext, ExitCode } from './context.ts';
import { printProse } from './output/prose.ts';
import { formatCount, oneLine, plural } from './text.ts';

interface ShowContentOptions {
  readonly out: string;
  readonly source?: string;
  readonly hidden?: true;
  readonly json?: true;
}

/** `content show`: prints everything about one file. */
export const showContent = async (
  item: string,
  options: ShowContentOptions,
  context: CliContext,
): Promise<ExitCode> => {
  const store = await openCollected(options.out, context);
  const found = onlyItem(await findItems(store, await sourcesOf(store, options), item), item, options.out);
  assertInView(found, options.hidden);
  if (options.json) context.stdout(jsonToLine(itemToJson(found)));
  else printProse(itemToText(found), context);
  return 0;
};

/** The one file that some digits name. Throws ConfigurationError if there is none, or more than one. */
export const onlyItem = (found: readonly FoundItem[], item: string, out: string): FoundItem => {
  const [first, ...others] = found;
  if (!first) {
    throw new ConfigurationError(
      'nothing-there',
      `${out} has no file ${item}. See content list --out ${out}.`,
    );
  }
  if (others.length === 0) return first;
  const names = found.map(({ history }) => `${history.item} (${history.slice.source} ${history.slice.day})`);
  throw new ConfigurationError(
    'usage',
    `${item} is the beginning of several files: ${names.join(', ')}. Give more digits.`,
  );
};

/** Throws ConfigurationError for a file that a mirror hides, unless hidden files are asked for. */
export const assertInView = ({ history, versions }: FoundItem, hidden: true | undefined): void => {
  if (hidden || !versions.some((version) => version.hidden)) return;
  throw new ConfigurationError(
    'usage',
    `The file ${history.item} is hidden, because it left Zoom. It is still held: use --hidden to include it.`,
  );
};

/** Every row and line as they are stored. */
const itemToJson = ({ history, host, versions }: FoundItem): object => ({
  source: history.slice.source,
  day: history.slice.day,
  item: history.item,
  host,
  versions,
  rows: history.rows.map(({ storedAt, row }) => ({ stored_at: storedAt.toISOString(), row })),
  custody: history.custody,
});

const itemToText = ({ history, host, versions, events }: FoundItem): string => {
  const newest = versions.at(-1);
  const facts = newest
    ? [
        `${labelOf(newest)} (${newest.type}) of "${newest.topic}"`,
        `  Item      ${history.item}`,
        `  Source    ${history.slice.source}`,
        `  Meeting   ${newest.uuid}`,
        `  Started   ${newest.start}, day ${history.slice.day} in UTC`,
        `  Host      ${host}${host === newest.hostId ? ' (no list of people had this id)' : ''}`,
        `  At Zoom   ${atZoom(newest)}`,
      ]
    : [`Item ${history.item} of ${history.slice.source}, ${history.slice.day}`];
  const lines = [
    ...facts,
    ...versions.flatMap((version, index) => ['', ...versionLines(version, index + 1, versions.length)]),
    '',
    `What happened (UTC), from ${plural(history.rows.length, 'row')} and ${formatCount(history.custody.length)} ${history.custody.length === 1 ? 'line' : 'lines'} of custody:`,
    ...events.map(
      ({ at, event, version, detail }) =>
        `  ${at.slice(0, 19).replace('T', ' ')}  ${event.padEnd(7)}  ${versions.length > 1 ? `${version}  ` : ''}${detail}`,
    ),
  ];
  return lines.map((line) => `${oneLine(line)}\n`).join('');
};

const atZoom = ({ trashed, gone, hidden }: StoredFile): string => {
  if (hidden) return 'no longer there, and hidden by the mirror';
  if (trashed) return 'in the trash when it was last listed';
  return gone ? 'no longer there' : 'there when it was last listed';
};

const versionLines = (file: StoredFile, number: number, all: number): string[] => {
  const { version, isReplaced, size, sha256, key, message, isFinal } = file;
  return [
    `Version ${version}${all > 1 ? ` (${number} of ${all}${isReplaced ? ', replaced by a later one' : ''})` : ''}`,
    `  State     ${stateToText(file)}`,
    ...(size === undefined ? [] : [`  Size      ${formatCount(size)} bytes (${formatBytes(size)})`]),
    ...(sha256 === undefined ? [] : [`  SHA-256   ${sha256}`]),
    ...(key === undefined ? [] : [`  Key       ${key}`]),
    ...(message === undefined
      ? []
      : [`  Failure   ${message}${isFinal ? ' It is not tried again.' : ' The next run tries again.'}`]),
  ];
};
