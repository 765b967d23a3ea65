import type { LoggedRows } from '../../collect/log/slice-log.ts';
import { formatEventTime } from '../../model/event-time.ts';
import type { RowDigest } from '../../model/raw-row.ts';
import { type CustodyRow, fromCustodyLine } from '../custody-row.ts';
import type { ListedFile } from '../listed-file.ts';
import { type FileItem, REPLACED } from '../slice-files.ts';

type HeldRow = Extract<CustodyRow, { state: 'held' }>;

/** What happened to a file at Zoom, as far as custody shows it. */
export type FileActivityKind = 'trashed' | 'deleted' | 'recovered' | 'replaced' | 'replaced-before-held';

/** One security-relevant line of custody, with what the logs of its slice say about its file. */
export interface FileActivity {
  readonly kind: FileActivityKind;
  readonly row: CustodyRow;
  /** Of the line: event ids are made of it. */
  readonly digest: RowDigest;
  /** When it happened, as RFC 3339: Zoom's own time where it has one, or when it was concluded. */
  readonly time: string;
  /** The version that the line is about, as Zoom listed it first. */
  readonly file: ListedFile;
  /** Where the version is held, if it was by then. */
  readonly held: HeldRow | undefined;
  /** Two versions that are held, of which the second replaced the first. */
  readonly replaced: readonly [before: VersionHeld, after: VersionHeld] | undefined;
}

/** A version that is held. */
export interface VersionHeld {
  readonly file: ListedFile;
  readonly held: HeldRow;
}

/** The files of some rows by item and version, each as it was listed first: later rows add nothing to it. */
export class FirstListings {
  readonly #files = new Map<string, { readonly file: ListedFile; readonly position: number }>();

  add(files: Iterable<ListedFile>): void {
    for (const file of files) {
      const name = nameOf(file);
      if (!this.#files.has(name)) this.#files.set(name, { file, position: this.#files.size });
    }
  }

  get(version: VersionName): ListedFile | undefined {
    return this.#files.get(nameOf(version))?.file;
  }

  /** Two versions in the order in which they were listed first: lines of custody that are committed together have no order. */
  inOrder<Version extends VersionName>(one: Version, other: Version): [Version, Version] {
    const positionOf = (version: Version): number => this.#files.get(nameOf(version))?.position ?? 0;
    return positionOf(one) <= positionOf(other) ? [one, other] : [other, one];
  }
}

type VersionName = Pick<CustodyRow, 'item' | 'version'>;

const nameOf = ({ item, version }: VersionName): string => `${item} ${version}`;

/** Whether custody has a file activity about a file. */
export const hasActivity = ({ versions, gone }: FileItem): boolean =>
  gone > 0 ||
  versions.filter(({ held }) => held?.state === 'held').length > 1 ||
  versions.some(({ failures }) => failures.some(({ reason }) => reason === REPLACED));

/**
 * The file activities of a custody log, by the number of their object: of each object those of its lines, in their order. A pure
 * function of both logs of a slice: `objects` are all of custody, oldest first.
 */
export const activitiesOf = (
  objects: Iterable<Pick<LoggedRows, 'sequence' | 'rows'>>,
  listings: FirstListings,
): ReadonlyMap<number, readonly FileActivity[]> => {
  const held = new Map<string, HeldRow>();
  const newest = new Map<string, HeldRow>();
  const found = new Map<number, FileActivity[]>();
  for (const { sequence, rows } of objects) {
    for (const line of rows) {
      const row = fromCustodyLine(line);
      const file = row && listings.get(row);
      if (!row || !file) continue;
      const earlier = newest.get(row.item);
      if (row.state === 'held') {
        held.set(nameOf(row), row);
        newest.set(row.item, row);
      }
      const kind = kindOf(row, earlier);
      if (!kind) continue;
      const activity: FileActivity = {
        kind,
        row,
        digest: line.digest,
        time: timeOf(row),
        file,
        held: held.get(nameOf(row)),
        replaced: row.state === 'held' && earlier ? replacedBy(listings, earlier, row) : undefined,
      };
      found.set(sequence, [...(found.get(sequence) ?? []), activity]);
    }
  }
  return found;
};

const replacedBy = (listings: FirstListings, one: HeldRow, other: HeldRow): FileActivity['replaced'] => {
  const [before, after] = listings.inOrder(one, other).map((held) => {
    const file = listings.get(held);
    return file && { file, held };
  });
  return before && after && [before, after];
};

/** The activity that a line shows; undefined for what only the collector did. A download of ours is none. */
const kindOf = (row: CustodyRow, earlier: HeldRow | undefined): FileActivityKind | undefined => {
  switch (row.state) {
    case 'gone':
      return row.evidence.kind === 'trash' ? 'trashed' : 'deleted';
    case 'back':
      return 'recovered';
    case 'held':
      return earlier && earlier.version !== row.version ? 'replaced' : undefined;
    case 'failed':
      return row.reason === REPLACED ? 'replaced-before-held' : undefined;
    case 'same-as':
    case 'skipped':
    case 'hidden':
    case 'shown':
      return undefined;
  }
};

/** Zoom says when a file was moved to the trash; of all else only the time of the conclusion is known. */
const timeOf = (row: CustodyRow): string => {
  const stated = row.state === 'gone' ? formatEventTime(row.evidence.deleted_time) : undefined;
  return stated ?? new Date(row.at).toISOString();
};
