import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../collect/ports.ts';
import {
  digestOfIds,
  type LedgerEntry,
  publishEntry,
  readLedger,
  type SealedEntry,
} from '../collect/ledger/ledger.ts';
import { keyRoot, sequenceOf, slicePrefix } from '../contract/object-keys.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import { addDays, type Day, endOf } from '../model/day.ts';
import { DAY_MS, HOUR_MS } from '../model/duration.ts';
import { eventIdOf } from '../model/event-id.ts';
import type { ContentSlice } from '../model/slice.ts';
import { CONTENT_STREAMS } from './content-streams.ts';
import { type ActivityMapping, projectFileActivities } from './ocsf/project-file-activities.ts';
import type { FileStore } from './ports.ts';
import { CONTENT_MAPPING } from './projection.ts';
import { isGone, readSliceFiles, type SliceFiles } from './slice-files.ts';
import { type ContentSliceState, readContentState, updateContentState } from './slice-state.ts';
import { readContentStates } from './slice-states.ts';
import { summarize } from './slice-summary.ts';

/** A day that cannot close yet, and why, as a sentence without a full stop. */
export interface OpenDay {
  readonly slice: ContentSlice;
  readonly because: string;
}

/** What closing needs. */
export interface ClosingContext extends ActivityMapping {
  readonly store: FileStore;
  readonly clock: Clock;
  readonly source: string;
}

/** The result of closing. */
export interface ClosedDays {
  readonly closed: readonly LedgerEntry[];
  readonly open: readonly OpenDay[];
}

/** When a day of a stream can close: a listing that begins from here on proves it. */
export const closesAt = (stream: ContentStreamName, day: Day): Date =>
  new Date(endOf(day).getTime() + CONTENT_STREAMS[stream].closing.lateHours * HOUR_MS);

/**
 * Publishes what is certain about a stream, oldest day first: of some days, and of all others that are still open. A day closes
 * when every unit was read whole after its late time, no file is being processed, each wanted file is held or has failed for good,
 * and the day before is not open. A closed day to which something was added is closed again, as a further revision. A day's entry
 * names that of the day before, where there is one. Missing OCSF objects of these days are written first. Only the days given are in
 * `open`.
 */
export const closeContentDays = async (
  context: ClosingContext,
  stream: ContentStreamName,
  days: readonly Day[],
): Promise<ClosedDays> => {
  const { store, clock, source } = context;
  const closed: LedgerEntry[] = [];
  const open: OpenDay[] = [];
  const states = await readContentStates(store, source, stream);
  const openDays = [...states].filter(([, { ledger }]) => !ledger).map(([day]) => day);
  for (const day of [...new Set([...days, ...openDays])].sort()) {
    const slice = { source, stream, day };
    const now = clock.now();
    const stored = await readContentState(store, slice);
    if (!stored) continue;
    const files = await readSliceFiles(store, slice);
    await projectFileActivities(store, files, context);
    const state = { ...stored, ledger: stored.ledger ?? (await closedByOthers(store, slice, files)) };
    const summary = summarize(files);
    const because = reasonToWait(slice, { ...state, summary }, states.get(addDays(day, -1)), now);
    const entry = because === undefined ? await nextEntry(store, slice, state, files, now) : undefined;
    const sealed = entry && ((await publishEntry(store, entry)) ?? (await readLedger(store, slice)).at(-1));
    const ledger = sealed ? ledgerStateOf(sealed, files.custody.rows) : state.ledger;
    if (because !== undefined && days.includes(day)) open.push({ slice, because });
    if (sealed) closed.push(sealed.entry);
    if (!isDeepStrictEqual([summary, ledger], [stored.summary, stored.ledger])) {
      await updateContentState(store, slice, state, { summary, ledger });
    }
    states.set(day, { ...state, summary, ledger });
  }
  return { closed, open };
};

/** Why a day cannot close, as a sentence without a full stop; undefined if it can, or nothing is to be closed. */
export const reasonToWait = (
  { stream, day }: ContentSlice,
  { lastWhole, summary, ledger }: Pick<ContentSliceState, 'lastWhole' | 'summary' | 'ledger'>,
  before: Pick<ContentSliceState, 'ledger'> | undefined,
  now: Date,
): string | undefined => {
  const closes = closesAt(stream, day);
  if (now < closes) return `rows may come until ${closes.toISOString()}`;
  if (!lastWhole) return 'it was not listed whole yet';
  const { confirmedAfterDays } = CONTENT_STREAMS[stream].closing;
  const isListedLate = new Date(lastWhole.beganAt) >= closes || confirmedAfterDays === undefined;
  if (!isListedLate) return 'it was not listed whole after the time in which rows come late';
  const { unnamed = 0, waiting = 0 } = summary ?? {};
  if (unnamed > 0) return 'a file is stored whose line of custody is missing: run it again, or see verify';
  if (waiting > 0) return `${waiting} ${waiting === 1 ? 'file is' : 'files are'} not held yet`;
  // The entry names that of the day before, and the chain must have no hole.
  return !ledger && before && !before.ledger
    ? `${addDays(day, -1)} is open, and must close before it`
    : undefined;
};

/** Whether a day was listed whole so late that the listing confirms it. */
export const isListedToConfirm = (
  { stream, day }: ContentSlice,
  { lastWhole }: Pick<ContentSliceState, 'lastWhole'>,
): boolean => {
  const from = confirmsAt(stream, day);
  return from !== undefined && lastWhole !== undefined && new Date(lastWhole.beganAt) >= from;
};

/** Whether the held files of a day were compared with the file host, or need not be, so late that it confirms the day. */
export const isCompared = (
  { stream, day }: ContentSlice,
  { comparedAt }: Pick<ContentSliceState, 'comparedAt'>,
): boolean => {
  const from = confirmsAt(stream, day);
  if (from === undefined || !CONTENT_STREAMS[stream].files?.toServedRow) return true;
  return comparedAt !== undefined && new Date(comparedAt) >= from;
};

/** From when on a listing confirms a day; undefined if no later listing adds to it. */
const confirmsAt = (stream: ContentStreamName, day: Day): Date | undefined => {
  const { confirmedAfterDays } = CONTENT_STREAMS[stream].closing;
  if (confirmedAfterDays === undefined) return undefined;
  return new Date(closesAt(stream, day).getTime() + confirmedAfterDays * DAY_MS);
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
  const { confirmedAfterDays } = CONTENT_STREAMS[slice.stream].closing;
  const isConfirmed =
    confirmedAfterDays === undefined || (isListedToConfirm(slice, state) && isCompared(slice, state));
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
    ...(isConfirmed && (!grew || confirmedAfterDays === undefined) && { confirmed_at: now.toISOString() }),
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

/** The objects of both logs as they were read, and their projections. */
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
    ['ocsf', logged.custody],
  ] as const) {
    for (const { key } of await store.list(slicePrefix(root, slice))) {
      if ((sequenceOf(key) ?? most) >= most) continue;
      const bytes = await store.read(key);
      if (bytes) objects.push({ key, sha256: hash('sha256', bytes, 'hex') });
    }
  }
  return objects;
};

/** The newest entry of a day whose state names none: another collector closed it meanwhile, or the state was lost. */
const closedByOthers = async (
  store: FileStore,
  slice: ContentSlice,
  { custody }: SliceFiles<ContentSlice>,
): Promise<ContentSliceState['ledger']> => {
  const sealed = (await readLedger(store, slice)).at(-1);
  if (!sealed) return undefined;
  const known = sealed.entry.objects.filter(({ key }) => key.startsWith(keyRoot('custody'))).length;
  const rows = custody.objects.slice(0, known).reduce((sum, object) => sum + object.rows, 0);
  return ledgerStateOf(sealed, rows);
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
