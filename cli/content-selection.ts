import { knownSources } from '../shared/app/archive.ts';
import { type FileState, type StoredFile, storedFiles } from '../shared/app/content-archive.ts';
import type { ObjectStore } from '../shared/collect/ports.ts';
import { ConfigurationError } from '../shared/errors.ts';
import type { ContentType } from '../shared/model/content-config.ts';
import type { Day } from '../shared/model/day.ts';
import { assertSource } from './assert-source.ts';

/** Which files to select. */
export interface FileSelection {
  readonly out: string;
  readonly source?: string;
  readonly person?: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly topic?: string;
  readonly type?: ContentType;
  readonly state?: FileState | 'gone';
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

/** The selected files, in order of their day and start. */
export async function* selectFiles(
  store: ObjectStore,
  selection: FileSelection,
): AsyncGenerator<StoredFile, void, undefined> {
  const { from, to } = selection;
  if (from !== undefined && to !== undefined && from > to) {
    throw new ConfigurationError('day', `The first day ${from} is after the last one ${to}. Swap them.`);
  }
  const matches = toMatcher(selection);
  for await (const file of storedFiles(store, { sources: await sourcesOf(store, selection), from, to })) {
    if (matches(file)) yield file;
  }
}

const toMatcher = ({ person, topic, type, state }: FileSelection): ((file: StoredFile) => boolean) => {
  const host = person?.toLowerCase();
  const text = topic?.toLowerCase();
  return (file) =>
    (host === undefined || file.host === host || file.hostId === person) &&
    (text === undefined || file.topic.toLowerCase().includes(text)) &&
    (type === undefined || file.type === type) &&
    (state === undefined || (state === 'gone' ? file.gone : file.state === state));
};
