import { knownSources } from '../shared/app/archive.ts';
import { type FileState, type StoredFile, storedFiles } from '../shared/app/content-archive.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { ContentType } from '../shared/model/content-config.ts';
import type { Day } from '../shared/model/day.ts';
import { assertSource } from './assert-source.ts';
import { plural } from './text.ts';

/** Which files to select. */
export interface FileSelection {
  readonly out: string;
  readonly source?: string;
  readonly person?: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly topic?: string;
  readonly type?: ContentType;
  readonly state?: FileState | 'gone' | 'hidden';
  /** Whether files that a mirror hides are selected, too. */
  readonly hidden?: true;
}

/** The sources to read: the one that is named, or all. Throws ConfigurationError for an unknown one. */
export const sourcesOf = async (
  store: ObjectStore,
  { out, source }: Pick<FileSelection, 'out' | 'source'>,
): Promise<string[]> => {
  if (source === undefined) return knownSources(store);
  await assertSource(store, source, out);
  return [source];
};

/** What the files of a selection are counted for: those that a mirror hides, and that are left out. */
export interface LeftOut {
  hidden: number;
}

/** Says how many files are left out, and how to see them. */
export const leftOutToText = ({ hidden }: LeftOut): string =>
  hidden === 0
    ? ''
    : `${plural(hidden, 'hidden file')} left out: ${hidden === 1 ? 'it has' : 'they have'} left Zoom. Use --hidden to include ${hidden === 1 ? 'it' : 'them'}.\n`;

/** The selected files, in order of their day and start. Those that a mirror hides are counted in `leftOut`, unless they are selected. */
export async function* selectFiles(
  store: ObjectStore,
  selection: FileSelection,
  leftOut: LeftOut,
): AsyncGenerator<StoredFile, void, undefined> {
  const { from, to } = selection;
  if (from !== undefined && to !== undefined && from > to) {
    throw new ConfigurationError('day', `The first day ${from} is after the last one ${to}. Swap them.`);
  }
  const matches = toMatcher(selection);
  const includesHidden = selection.hidden === true || selection.state === 'hidden';
  for await (const file of storedFiles(store, { sources: await sourcesOf(store, selection), from, to })) {
    if (!matches(file)) continue;
    if (file.hidden && !includesHidden) leftOut.hidden += 1;
    else yield file;
  }
}

const toMatcher = ({ person, topic, type, state }: FileSelection): ((file: StoredFile) => boolean) => {
  const host = person?.toLowerCase();
  const text = topic?.toLowerCase();
  return (file) =>
    (host === undefined || file.host === host || file.hostId === person) &&
    (text === undefined || file.topic.toLowerCase().includes(text)) &&
    (type === undefined || file.type === type) &&
    (state === undefined || isInState(file, state));
};

const isInState = (file: StoredFile, state: NonNullable<FileSelection['state']>): boolean => {
  if (state === 'hidden') return file.hidden;
  return state === 'gone' ? file.gone : file.state === state;
};
