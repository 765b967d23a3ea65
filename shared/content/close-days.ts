import { hash } from 'node:crypto';
import type { Clock } from '../collect/ports.ts';
import {
  digestOfIds,
  type LedgerEntry,
  publishEntry,
  readLedger,
  type SealedEntry,
} from '../collect/ledger/ledger.ts';
import { sequenceOf, slicePrefix } from '../contract/object-keys.ts';
import { CONTENT_STREAMS, type ContentStreamName } from '../model/content-stream.ts';
import { addDays, type Day, endOf } from '../model/day.ts';
import { DAY_MS, HOUR_MS } from '../model/duration.ts';
import { eventIdOf } from '../model/event-id.ts';
import type { Slice } from '../model/slice.ts';
import type { FileStore } from './ports.ts';
import { isGone, isSettled, readSliceFiles, type SliceFiles, versionsWithBytes } from './slice-files.ts';
import { type ContentSliceState, readContentState, writeContentState } from './slice-state.ts';

/** The version of the projections of content. */
const CONTENT_MAPPING = 1;

/** A closed day is confirmed by a listing this much later that finds nothing new. */
const CONFIRM_AFTER_MS = 7 * DAY_MS;

type ContentSlice = Slice<ContentStreamName>;

/** A day that cannot close yet, and why, as a sentence without a full stop. */
export interface OpenDay {
  readonly slice: ContentSlice;
  readonly because: string;
}

/** The result of closing. */
export interface ClosedDays {
  readonly closed: readonly LedgerEntry[];
  readonly open: readonly OpenDay[];
}

/** When a day of a stream can close: a listing that begins from here on proves it. */
export const closesAt = (stream: ContentStreamName, day: Day): Date =>
  new Date(endOf(day).getTime() + CONTENT_STREAMS[stream].lateHours * HOUR_MS);

/**
 * Publishes what is certain about some days of a stream, oldest first. A day closes when every unit was read whole after its late
 * time, no file is being processed, and each wanted file is held or has failed for good. A closed day to which something was
 * added is closed again, as a further revision. A day's entry names that of the day before, where there is one.
 */
export const closeContentDays = async (
  { store, clock, source }: { readonly store: FileStore; readonly clock: Clock; readonly source: string },
  stream: ContentStreamName,
  days: readonly Day[],
): Promise<ClosedDays> => {
  const closed: LedgerEntry[] = [];
  const open: OpenDay[] = [];
  for (const day of days.toSorted()) {
    const slice = { source, stream, day };
    const now = clock.now();
    const state = await readContentState(store, slice);
    if (!state) continue;
    const files = await readSliceFiles(store, slice);
    const because = reasonToWait(slice, state, files, now);
    if (because !== undefined) {
      open.push({ slice, because });
      continue;
    }
    const entry = await nextEntry(store, slice, state, files, now);
    if (!entry) continue;
    const sealed = (await publishEntry(store, entry)) ?? (await readLedger(store, slice)).at(-1);
    if (!sealed) continue;
    closed.push(sealed.entry);
    await writeContentState(store, slice, { ...state, ledger: ledgerStateOf(sealed, files.custody.rows) });
  }
  return { closed, open };
};

/** Why a day cannot close; undefined if it can. */
const reasonToWait = (
  { stream, day }: ContentSlice,
  { lastWhole }: ContentSliceState,
  { items, unnamed }: SliceFiles<ContentSlice>,
  now: Date,
): string | undefined => {
  const closes = closesAt(stream, day);
  if (now < closes) return `rows may come until ${closes.toISOString()}`;
  if (!lastWhole) return 'it was not listed whole yet';
  if (new Date(lastWhole.beganAt) < closes) return 'it was not listed whole since rows can come no more';
  if (unnamed.length > 0) return 'a file is stored whose line of custody is missing: run it again';
  const all = [...items.values()];
  // A file that left Zoom before it was fetched cannot be had.
  const waiting = all.filter((item) =>
    versionsWithBytes(item).some((version) => !isSettled(version) && (!isGone(item) || version.file.trashed)),
  ).length;
  return waiting === 0 ? undefined : `${waiting} ${waiting === 1 ? 'file is' : 'files are'} not held yet`;
};

const nextEntry = async (
  store: FileStore,
  slice: ContentSlice,
  state: ContentSliceState,
  files: SliceFiles<ContentSlice>,
  now: Date,
): Promise<LedgerEntry | undefined> => {
  const { ledger, lastWhole } = state;
  // The log as it was read with the files: another collector may have committed to it since.
  const { raw } = files;
  const confirms = closesAt(slice.stream, slice.day).getTime() + CONFIRM_AFTER_MS;
  const isConfirmed = lastWhole !== undefined && new Date(lastWhole.beganAt).getTime() >= confirms;
  const grew = ledger !== undefined && (raw.rows > ledger.rows || files.custody.rows > ledger.custody);
  if (ledger && !grew && (ledger.confirmedAt !== undefined || !isConfirmed)) return undefined;

  const ids: string[] = [];
  let [first, last] = ['', ''];
  for (const { sequence } of raw.objects) {
    for (const { digest, time } of (await raw.read(sequence)).rows) {
      ids.push(eventIdOf({ ...slice, digest, occurrence: 0 }));
      if (first === '' || time < first) first = time;
      if (time > last) last = time;
    }
  }
  const before = await readLedger(store, slice);
  const previous = (await readLedger(store, { ...slice, day: addDays(slice.day, -1) })).at(-1)?.sha256;
  return {
    ...slice,
    revision: before.length,
    verdict: 'complete',
    rows: raw.rows,
    distinct: raw.counts.distinct,
    rejected: 0,
    mapping: CONTENT_MAPPING,
    digest: digestOfIds(ids),
    ...(first !== '' && { first_event: first, last_event: last }),
    pages: 0,
    requests: 0,
    objects: await hashObjects(store, slice, {
      raw: raw.objects.length,
      custody: files.custody.objects.length,
    }),
    opened_at: state.openedAt,
    listed_at: lastWhole?.endedAt ?? state.openedAt,
    closed_at: grew || !ledger ? now.toISOString() : ledger.closedAt,
    ...(isConfirmed && !grew && { confirmed_at: now.toISOString() }),
    late_after_close: (before.at(-1)?.entry.late_after_close ?? 0) + (ledger ? raw.rows - ledger.rows : 0),
    vanished: 0,
    content: { units: lastWhole?.units ?? 0, ...countFiles(files) },
    previous: previous ?? null,
  };
};

/** The files of a slice by what became of them. */
export const countFiles = ({
  items,
}: Pick<SliceFiles<ContentSlice>, 'items'>): Omit<NonNullable<LedgerEntry['content']>, 'units'> => {
  const all = [...items.values()];
  const versions = all.flatMap((item) => item.versions);
  const held = versions.flatMap((version) => (version.held?.state === 'held' ? [version.held] : []));
  const lines = held.map(({ key, sha256 }) => `${key} ${sha256}\n`).sort();
  const count = (of: (version: (typeof versions)[number]) => boolean): number => versions.filter(of).length;
  return {
    held: held.length,
    same_as: count((version) => version.held?.state === 'same-as'),
    failed: count((version) => !version.held && version.failures.some(({ final }) => final)),
    skipped: count((version) => version.skipped && !version.held),
    gone: all.filter(isGone).length,
    bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
    files_digest: hash('sha256', lines.join(''), 'hex'),
  };
};

/** The objects of both logs as they were read, and the projections of the rows. */
const hashObjects = async (
  store: FileStore,
  slice: ContentSlice,
  logged: { readonly raw: number; readonly custody: number },
): Promise<LedgerEntry['objects']> => {
  const objects: LedgerEntry['objects'] = [];
  for (const [root, most] of [
    ['raw', logged.raw],
    ['custody', logged.custody],
    ['flat', logged.raw],
  ] as const) {
    for (const { key } of await store.list(slicePrefix(root, slice))) {
      if ((sequenceOf(key) ?? most) >= most) continue;
      const bytes = await store.read(key);
      if (bytes) objects.push({ key, sha256: hash('sha256', bytes, 'hex') });
    }
  }
  return objects;
};

const ledgerStateOf = (
  { entry, sha256 }: SealedEntry,
  custody: number,
): NonNullable<ContentSliceState['ledger']> => ({
  revision: entry.revision,
  sha256,
  verdict: entry.verdict,
  rows: entry.rows,
  custody,
  closedAt: entry.closed_at,
  ...(entry.confirmed_at !== undefined && { confirmedAt: entry.confirmed_at }),
});
