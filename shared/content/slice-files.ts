import type { SliceLog } from '../collect/log/slice-log.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { fileOfKey, filesPrefix } from '../contract/object-keys.ts';
import type { ContentSlice } from '../model/slice.ts';
import { type CustodyRow, openCustody, readCustody } from './custody-row.ts';
import { filesOf } from './content-streams.ts';
import { openRows } from './content-log.ts';
import type { ListedFile } from './listed-file.ts';

/** One version of a file of a slice, with what is known about it. */
export interface FileVersion {
  /** As the newest row lists it. */
  readonly file: ListedFile;
  /** The line that says where its bytes are, if they are held. */
  readonly held: Extract<CustodyRow, { state: 'held' | 'same-as' }> | undefined;
  /** Its failures, oldest first. */
  readonly failures: readonly Extract<CustodyRow, { state: 'failed' }>[];
  readonly skipped: boolean;
  /** Whether its file was found to have left Zoom and to have come back. Its newest row may still be that of the trash. */
  readonly isRecovered: boolean;
  /** Whether Zoom has finished it, by any of its rows. A version that is not ready has no bytes. */
  readonly isReady: boolean;
}

/** A file of a slice through all its versions. */
export interface FileItem {
  readonly item: string;
  /** Oldest first. */
  readonly versions: readonly FileVersion[];
  /** How often it was found to have left Zoom, and to have come back. */
  readonly gone: number;
  readonly back: number;
  /** The line that says that it left Zoom last, and the one that hid it last. */
  readonly lastGone: GoneRow | undefined;
  readonly lastHidden: HiddenRow | undefined;
  /** The ordinal of the last line that ended a hiding; 0 if there is none. */
  readonly shown: number;
}

type GoneRow = Extract<CustodyRow, { state: 'gone' }>;
type HiddenRow = Extract<CustodyRow, { state: 'hidden' }>;

/** The files of a slice, by its two logs and the objects that are stored. */
export interface SliceFiles<S extends ContentSlice> {
  readonly slice: S;
  readonly raw: SliceLog<S>;
  readonly custody: SliceLog<S>;
  readonly items: ReadonlyMap<string, FileItem>;
  /** Stored files that no custody line names: a collector was killed after it stored them. Their keys. */
  readonly unnamed: readonly string[];
}

interface Draft {
  file: ListedFile;
  held: FileVersion['held'];
  readonly failures: Extract<CustodyRow, { state: 'failed' }>[];
  skipped: boolean;
  isReady: boolean;
}

/** Reads what is known about the files of a slice: which versions were listed, and what was done with each. */
export const readSliceFiles = async <S extends ContentSlice>(
  store: ObjectStore,
  slice: S,
): Promise<SliceFiles<S>> => {
  // The stored files first: a line about one of them may be written meanwhile, but no file without a line is overlooked.
  const stored = await store.list(filesPrefix(slice));
  const [raw, custody] = await Promise.all([openRows(store, slice), openCustody(store, slice)]);

  const listed: ListedFile[] = [];
  for (const { sequence } of raw.objects) {
    for (const { row } of (await raw.read(sequence)).rows) {
      listed.push(...filesOf(slice.stream, row));
    }
  }
  const lines = await readCustody(custody);
  const named = new Set(lines.flatMap((row) => (row.state === 'held' ? [row.key] : [])));
  return {
    slice,
    raw,
    custody,
    items: itemsOf(listed, lines),
    unnamed: stored.map(({ key }) => key).filter((key) => fileOfKey(key) !== undefined && !named.has(key)),
  };
};

/** The files of a slice by what was listed, oldest first, and by the lines of custody about them. */
export const itemsOf = (
  listed: Iterable<ListedFile>,
  custody: Iterable<CustodyRow>,
): ReadonlyMap<string, FileItem> => {
  const items = new Map<string, Map<string, Draft>>();
  for (const file of listed) addListed(items, file);
  const departures = new Map<string, Departures>();
  for (const row of custody) {
    const draft = items.get(row.item)?.get(row.version);
    switch (row.state) {
      case 'held':
      case 'same-as':
        if (draft) draft.held = row;
        break;
      case 'failed':
        draft?.failures.push(row);
        break;
      case 'skipped':
        if (draft) draft.skipped = true;
        break;
      case 'gone':
      case 'back':
      case 'hidden':
      case 'shown':
        departures.set(row.item, withLine(departures.get(row.item) ?? NEVER_LEFT, row));
    }
  }
  return new Map(
    [...items].map(([item, versions]) => {
      const left = departures.get(item) ?? NEVER_LEFT;
      const isRecovered = left.back > 0 && !isGone(left);
      const known = [...versions.values()].map((version) => ({ ...version, isRecovered }));
      return [item, { item, versions: known, ...left }] as const;
    }),
  );
};

/** What custody says about a file that left Zoom. */
type Departures = Pick<FileItem, 'gone' | 'back' | 'lastGone' | 'lastHidden' | 'shown'>;

const NEVER_LEFT: Departures = { gone: 0, back: 0, lastGone: undefined, lastHidden: undefined, shown: 0 };

const withLine = (
  left: Departures,
  row: Extract<CustodyRow, { state: 'gone' | 'back' | 'hidden' | 'shown' }>,
): Departures => {
  switch (row.state) {
    case 'gone':
      return row.ordinal > left.gone ? { ...left, gone: row.ordinal, lastGone: row } : left;
    case 'back':
      return { ...left, back: Math.max(left.back, row.ordinal) };
    case 'hidden':
      return row.ordinal > (left.lastHidden?.ordinal ?? 0) ? { ...left, lastHidden: row } : left;
    case 'shown':
      return { ...left, shown: Math.max(left.shown, row.ordinal) };
  }
};

/**
 * A version that is listed again moves to the end: it is the newest, as far as the order of the log shows. One that only the file host
 * showed stays after the listed one that it replaced: the list does not tell them apart.
 */
const addListed = (items: Map<string, Map<string, Draft>>, file: ListedFile): void => {
  let versions = items.get(file.item);
  if (!versions) items.set(file.item, (versions = new Map<string, Draft>()));
  const draft = versions.get(file.version) ?? {
    file,
    held: undefined,
    failures: [],
    skipped: false,
    isReady: false,
  };
  versions.delete(file.version);
  versions.set(file.version, Object.assign(draft, { file, isReady: draft.isReady || file.isReady }));
  for (const [version, served] of [...versions]) {
    if (served.file.served?.of !== file.version) continue;
    versions.delete(version);
    versions.set(version, served);
  }
};

/** Whether a file is at Zoom no more, as far as was found. */
export const isGone = ({ gone, back }: Pick<FileItem, 'gone' | 'back'>): boolean => gone > back;

/** Whether a line that hid a file was not ended by another one. */
export const isMarkedHidden = ({ lastHidden, shown }: Pick<FileItem, 'lastHidden' | 'shown'>): boolean =>
  (lastHidden?.ordinal ?? 0) > shown;

/** Whether a file is hidden: for the time that it left Zoom last. One that came back is not, whatever was marked. */
export const isHidden = (item: Pick<FileItem, 'gone' | 'back' | 'lastHidden' | 'shown'>): boolean =>
  isGone(item) && isMarkedHidden(item) && item.lastHidden?.gone === item.gone;

/** Whether nothing is left to do for a version: it is held, skipped, or failed for good. */
export const needsNoTransfer = ({ held, skipped, failures, isReady, isRecovered }: FileVersion): boolean =>
  held !== undefined ||
  skipped ||
  failures.some(
    ({ final, reason, trashed }) =>
      final && !(isReady && reason === NEVER_READY) && !(isRecovered && trashed === true),
  );

/** Whether a version is in Zoom's trash, as far as was found. */
export const isTrashed = ({ file, isRecovered }: Pick<FileVersion, 'file' | 'isRecovered'>): boolean =>
  file.trashed && !isRecovered;

/** The reason of a failure of a version that Zoom replaced before it could be fetched. */
export const REPLACED = 'replaced';

/** The reason of a failure that ends when the file becomes ready after all. */
export const NEVER_READY = 'never-ready';

/** The versions of a file that have bytes; while there is none, all of them. */
export const versionsWithBytes = ({ versions }: FileItem): readonly FileVersion[] => {
  const ready = versions.filter(({ isReady }) => isReady);
  return ready.length > 0 ? ready : versions;
};
