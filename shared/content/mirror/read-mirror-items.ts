import type { ObjectStore } from '../../collect/ports.ts';
import type { ContentSlice } from '../../model/slice.ts';
import { objectsByDay } from '../content-days.ts';
import { readRows } from '../content-log.ts';
import { CONTENT_STREAMS, FILE_STREAMS } from '../content-streams.ts';
import { HostEmails } from '../host-emails.ts';
import { type FileItem, isGone, isMarkedHidden, readSliceFiles } from '../slice-files.ts';
import { readContentStates } from '../slice-states.ts';
import { readSummary } from '../slice-summary.ts';
import type { MirrorItem } from './mirror-item.ts';

/** The files of a source that a mirror decides about, and how many files there are in all. */
export interface MirrorItems {
  readonly items: readonly MirrorItem[];
  readonly files: number;
}

/** Reads the files that are away from Zoom, or marked as hidden. Days without any are known by their summaries. */
export const readMirrorItems = async (store: ObjectStore, source: string): Promise<MirrorItems> => {
  const emails = new HostEmails(store, source);
  const items: MirrorItem[] = [];
  let files = 0;
  for (const stream of FILE_STREAMS) {
    const [raw, custody, states] = await Promise.all([
      objectsByDay(store, 'raw', { source, stream }),
      objectsByDay(store, 'custody', { source, stream }),
      readContentStates(store, source, stream),
    ]);
    for (const day of [...raw.keys()].sort()) {
      const slice = { source, stream, day };
      const objects = { raw: raw.get(day) ?? [], custody: custody.get(day) ?? [] };
      const summary = await readSummary(store, slice, states.get(day), objects);
      files += summary.items;
      if (summary.gone + summary.hidden > 0) items.push(...(await readSlice(store, slice, emails)));
    }
  }
  return { items, files };
};

const readSlice = async (
  store: ObjectStore,
  slice: ContentSlice,
  emails: HostEmails,
): Promise<MirrorItem[]> => {
  const { items } = await readSliceFiles(store, slice);
  const away = [...items.values()].filter((item) => isGone(item) || isMarkedHidden(item));
  const rules = CONTENT_STREAMS[slice.stream].files;
  if (away.length === 0 || !rules) return [];
  const peopleOf = rules.peopleOf(await readRows(store, slice));
  const found: MirrorItem[] = [];
  for (const item of away) {
    const file = newestFile(item);
    const listed = peopleOf(file);
    found.push({
      slice,
      file,
      gone: isGone(item) ? item.lastGone : undefined,
      departure: item.gone,
      hidden: isMarkedHidden(item) ? item.lastHidden : undefined,
      timesHidden: item.lastHidden?.ordinal ?? 0,
      people: rules.isOfHost ? await withAddresses(listed, emails) : listed,
    });
  }
  return found;
};

/** The newest version of a file. */
const newestFile = ({ versions }: FileItem): MirrorItem['file'] => {
  const newest = versions.at(-1);
  if (!newest) throw new Error('an item has at least one version');
  return newest.file;
};

/** Ids with their addresses; undefined if an id has none. */
const withAddresses = async (
  ids: readonly string[],
  emails: HostEmails,
): Promise<readonly string[] | undefined> => {
  const names: string[] = [];
  for (const id of ids) {
    const address = await emails.of(id);
    if (address === undefined) return undefined;
    names.push(id, address);
  }
  return names;
};
