import type { ObjectStore } from '../collect/ports.ts';
import type { ContentType } from '../model/content-config.ts';
import type { Day } from '../model/day.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { plural } from '../model/format-count.ts';
import { fileSlicesOf } from './content-days.ts';
import type { CustodyRow } from './custody-row.ts';
import { typeOfFile } from './file-type.ts';
import { type ItemHistory, type ItemRow, readItemHistories } from './item-history.ts';

/** Something that happened to a file. */
export interface CollectionEvent {
  readonly at: string;
  readonly source: string;
  readonly day: Day;
  readonly item: string;
  readonly version: string;
  readonly event: 'listed' | CustodyRow['state'];
  readonly uuid: string;
  readonly topic: string;
  readonly hostId: string;
  readonly type: ContentType;
  readonly key: string | undefined;
  readonly sha256: string | undefined;
  readonly bytes: number | undefined;
  readonly requests: number | undefined;
  /** How often the transfer broke off and was continued. */
  readonly timesResumed: number | undefined;
  readonly reason: string | undefined;
  /** The event in words. */
  readonly detail: string;
}

/** Everything that happened to the files of some sources since an instant, in order of time. */
export const readCollectionLog = async (
  store: ObjectStore,
  sources: readonly string[],
  since?: Date,
): Promise<CollectionEvent[]> => {
  const from = since?.toISOString() ?? '';
  const events: CollectionEvent[] = [];
  for (const source of sources) {
    for (const slice of await fileSlicesOf(store, source)) {
      for (const history of await readItemHistories(store, slice)) {
        for (const event of eventsOf(history)) if (event.at >= from) events.push(event);
      }
    }
  }
  return events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

/** The events of one file, in order of time. */
export const eventsOf = ({ slice, item, rows, custody }: ItemHistory): CollectionEvent[] => {
  const newest = rows.at(-1)?.file;
  if (!newest) return [];
  const common = (file: typeof newest) => ({
    source: slice.source,
    day: slice.day,
    item,
    uuid: file.uuid,
    topic: file.topic,
    hostId: file.hostId,
    type: typeOfFile(file.fileType),
    ...NOTHING,
  });
  const fileOf = new Map(rows.map(({ file }) => [file.version, file]));
  const listed = rows.map((row, index): CollectionEvent => ({
    ...common(row.file),
    at: row.storedAt.toISOString(),
    version: row.file.version,
    event: 'listed',
    bytes: row.file.size,
    detail: listedToText(row, rows[index - 1]),
  }));
  const done = custody.map((row): CollectionEvent => ({
    ...common(fileOf.get(row.version) ?? newest),
    ...factsOf(row),
    at: row.at,
    version: row.version,
    event: row.state,
    detail: custodyToText(row),
  }));
  // A row is stored in whole seconds: what was done with it is never before it.
  return [...listed, ...done].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

const NOTHING = {
  key: undefined,
  sha256: undefined,
  bytes: undefined,
  requests: undefined,
  timesResumed: undefined,
  reason: undefined,
};

const factsOf = (row: CustodyRow): Partial<Pick<CollectionEvent, keyof typeof NOTHING>> => {
  switch (row.state) {
    case 'held': {
      const { key, sha256, bytes, requests, resumed: timesResumed } = row;
      return { key, sha256, bytes, requests, timesResumed };
    }
    case 'same-as':
      return { sha256: row.sha256, bytes: row.bytes };
    case 'failed':
      return { reason: row.reason, requests: row.requests };
    case 'skipped':
      return { reason: row.reason };
    case 'gone':
      return { reason: row.evidence.kind };
    case 'back':
    case 'hidden':
      return {};
    case 'shown':
      return { reason: row.because };
  }
};

const listedToText = ({ file }: ItemRow, before: ItemRow | undefined): string => {
  const size = file.size === undefined ? 'without a size' : formatBytes(file.size);
  if (file.trashed) return `Zoom lists it in the trash, ${size}`;
  if (!file.isReady) return 'Zoom lists it, not finished yet';
  if (!before) return `Zoom lists it, ${size}`;
  return before.file.version === file.version
    ? 'Zoom lists it with other details'
    : `Zoom lists a new version, ${size}`;
};

/** A line of custody in words. */
const custodyToText = (row: CustodyRow): string => {
  switch (row.state) {
    case 'held': {
      const { bytes, requests, resumed: times, found, zoom, magic, source } = row;
      if (found) return `found in the store after a run was killed, ${formatBytes(bytes)}`;
      return [
        `fetched ${formatBytes(bytes)}${source ? ` from ${source.host}` : ''} in ${plural(requests, 'request')}`,
        times > 0 && `resumed ${times === 1 ? 'once' : `${times} times`}`,
        zoom.differs && zoom.file_size !== undefined && `Zoom stated ${formatBytes(zoom.file_size)}`,
        magic === 'differs' && 'its first bytes do not fit its type',
      ]
        .filter((part) => typeof part === 'string')
        .join('; ');
    }
    case 'same-as':
      return `fetched ${formatBytes(row.bytes)}: equal to version ${row.same_as}, stored once`;
    case 'failed':
      return `${row.reason}: ${row.message}${row.final ? ' It is not tried again.' : ''}`;
    case 'skipped':
      return row.reason === 'type-not-chosen' ? 'its type is not chosen' : row.reason;
    case 'gone':
      return `${evidenceToText(row.evidence)}; what is held stays`;
    case 'back':
      return 'Zoom lists it again';
    case 'hidden':
      return `hidden ${plural(row.grace_days, 'day')} after it left Zoom or later; what is held stays`;
    case 'shown':
      return SHOWN[row.because](row.hold ?? '');
  }
};

const SHOWN: Readonly<Record<Extract<CustodyRow, { state: 'shown' }>['because'], (hold: string) => string>> =
  {
    back: () => 'no longer hidden: Zoom has it again',
    mode: () => 'no longer hidden: the source is no mirror any more',
    hold: (hold) => `no longer hidden: the hold "${hold}" keeps it`,
  };

/** The proof that a file has left Zoom, in words. */
const evidenceToText = (evidence: Extract<CustodyRow, { state: 'gone' }>['evidence']): string => {
  switch (evidence.kind) {
    case 'trash':
      return `in the trash of Zoom${evidence.deleted_time === undefined ? '' : ` since ${evidence.deleted_time}`}`;
    case 'absent':
      return `two whole lists lacked it, of ${evidence.first_absent_at ?? ''} and ${evidence.absent_again_at ?? ''}`;
    case 'not-found':
      return `Zoom answered that there is no such recording, at ${evidence.not_found_at?.join(', ') ?? ''}`;
  }
};
