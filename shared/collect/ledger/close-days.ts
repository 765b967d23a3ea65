import { hash } from 'node:crypto';
import { addDays, type Day, dayIn, dayOf, oldestDayKept } from '../../model/day.ts';
import { eventIdOf } from '../../model/event-id.ts';
import { isPlaced } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import { MAPPING_VERSION } from '../../normalize/index.ts';
import type { StreamName } from '../../model/stream.ts';
import { NO_LATENESS } from '../state/lateness.ts';
import { digestOfIds, type LedgerEntry, publishEntry, readLedger, type SealedEntry } from './ledger.ts';
import { sequenceOf, slicePrefix } from '../../contract/object-keys.ts';
import { closesAt, isConfirmable, readyToClose } from '../plan.ts';
import type { ObjectStore } from '../ports.ts';
import { SliceLog } from '../log/slice-log.ts';
import { type SliceState, writeSliceState } from '../state/slice-state.ts';

/** A finding for the operator. */
export interface ClosingNotice {
  /** `late-after-close`: rows came after their day had closed; `gap`: Zoom deleted a day before it was read whole. */
  readonly kind: 'late-after-close' | 'gap';
  readonly slice: Slice;
  readonly rows: number;
  /** The ledger entry of the notice, and when it was published: the same for every collector. */
  readonly revision: number;
  readonly at: string;
}

/** The dependencies of closing. */
export interface ClosingContext {
  readonly store: ObjectStore;
  readonly source: string;
  readonly stream: StreamName;
  readonly now: Date;
  readonly lookbackDays: number;
  /** The first day to collect for the source; undefined if it is not polled, but collected by hand. */
  readonly since: Day | undefined;
  /** Updated when something is published. */
  readonly states: Map<Day, SliceState>;
  /** Called with each notice before it is stored as done: after a kill in between, it is called again. */
  readonly onNotice: (notice: ClosingNotice) => Promise<void>;
}

/**
 * Publishes what is certain by now, oldest day first: complete days close, closed days are confirmed or, if rows were added,
 * closed again, and days that Zoom deleted unread are recorded as gaps. A day closes only after the day
 * before, whose entry it names.
 */
export const closeDays = async (closing: ClosingContext): Promise<ClosingNotice[]> => {
  const { store, source, stream, now, lookbackDays, since, states, onNotice } = closing;
  const notices: ClosingNotice[] = [];
  const today = dayOf(now);
  const [earliest = today] = [...states.keys(), since ?? today].sort();

  for (let day = earliest; closesAt(day, lookbackDays) <= now; day = addDays(day, 1)) {
    const slice = { source, stream, day };
    const wanted = since !== undefined && day >= since;
    const state = states.get(day) ?? (wanted ? unread(now) : undefined);
    if (!state) continue;
    const before = states.get(addDays(day, -1));
    const mustWait =
      before?.ledger === undefined && (before !== undefined || (since !== undefined && day > since));
    const due = await nextEntry(closing, slice, state, mustWait);
    if (!due) continue;
    if (due.rows > state.rows && day >= oldestDayKept(now)) {
      await reopen(closing, slice, state);
      continue;
    }
    const ours = { ...due, previous: await previousOf(store, slice, before) };

    const sealed = (await publishEntry(store, ours)) ?? (await readLedger(store, slice)).at(-1);
    if (!sealed) continue;
    const news = noticesOf(slice, sealed.entry, state.ledger);
    for (const notice of news) await onNotice(notice);
    const closed = { ...state, ledger: ledgerStateOf(sealed) };
    states.set(day, closed);
    await writeSliceState(store, slice, closed, now);
    notices.push(...news);
  }
  return notices;
};

/**
 * Requests another listing of a slice whose log is ahead of its state: another collector has committed to it since. If that
 * collector was killed before it wrote the projections, only a listing repairs that.
 */
const reopen = async (
  { store, states, now }: ClosingContext,
  slice: Slice,
  state: SliceState,
): Promise<void> => {
  const reopened = { ...state, lastWhole: undefined };
  states.set(slice.day, reopened);
  await writeSliceState(store, slice, reopened, now);
};

/** The notices of an entry, compared with the previous one. */
const noticesOf = (slice: Slice, entry: LedgerEntry, before: SliceState['ledger']): ClosingNotice[] => {
  const { revision, closed_at: at, rows, verdict } = entry;
  const late = before ? rows - before.rows : 0;
  return [
    ...(late > 0 ? [{ kind: 'late-after-close', slice, rows: late, revision, at } as const] : []),
    ...(verdict === 'gap' && before?.verdict !== 'gap'
      ? [{ kind: 'gap', slice, rows, revision, at } as const]
      : []),
  ];
};

/** The seal of the newest entry of the day before: from its state, or, if that is lost, from the ledger itself. */
const previousOf = async (
  store: ObjectStore,
  slice: Slice,
  before: SliceState | undefined,
): Promise<string | null> =>
  before?.ledger?.sha256 ??
  (await readLedger(store, { ...slice, day: addDays(slice.day, -1) })).at(-1)?.sha256 ??
  null;

/** The entry that a slice is due, if any. */
const nextEntry = async (
  { store, now, lookbackDays }: ClosingContext,
  slice: Slice,
  state: SliceState,
  mustWait: boolean,
): Promise<Omit<LedgerEntry, 'previous'> | undefined> => {
  const { ledger } = state;
  const settled = readyToClose(slice.day, state, lookbackDays);
  const confirmation =
    settled && isConfirmable(slice.day, state, lookbackDays) ? { confirmed_at: now.toISOString() } : {};
  if (!ledger) {
    const forgotten = !settled && slice.day < oldestDayKept(now);
    if (mustWait || !(settled || forgotten)) return undefined;
    return {
      ...(await readSlice(store, slice, state)),
      revision: 0,
      verdict: forgotten ? 'gap' : 'complete',
      closed_at: now.toISOString(),
      ...confirmation,
      late_after_close: 0,
    };
  }

  const reopened = state.rows > ledger.rows && settled;
  const confirms = ledger.confirmedAt === undefined && confirmation.confirmed_at !== undefined;
  if (!reopened && !confirms) return undefined;
  const last = (await readLedger(store, slice)).at(-1)?.entry;
  const measured = await readSlice(store, slice, state);
  return {
    ...measured,
    revision: ledger.revision + 1,
    verdict: ledger.verdict,
    closed_at: reopened ? now.toISOString() : ledger.closedAt,
    ...confirmation,
    late_after_close: (last?.late_after_close ?? 0) + measured.rows - ledger.rows,
  };
};

/** A day that was never read. */
const unread = (now: Date): SliceState => ({
  openedAt: now.toISOString(),
  objects: 0,
  rows: 0,
  rejected: 0,
  dayMismatch: 0,
  newest: '',
  held: 0,
  vanished: 0,
  pagesRead: 0,
  lateness: [...NO_LATENESS],
});

const ledgerStateOf = ({ entry, sha256 }: SealedEntry): SliceState['ledger'] => ({
  revision: entry.revision,
  sha256,
  verdict: entry.verdict,
  rows: entry.rows,
  closedAt: entry.closed_at,
  confirmedAt: entry.confirmed_at,
});

type Measured = Omit<LedgerEntry, 'revision' | 'verdict' | 'closed_at' | 'late_after_close' | 'previous'>;

/** The totals of the stored objects of a slice. */
const readSlice = async (store: ObjectStore, slice: Slice, state: SliceState): Promise<Measured> => {
  const { source, stream, day } = slice;
  const log = await SliceLog.open(store, slice);
  const ids: string[] = [];
  let [first, last] = ['', ''];
  for (const { sequence } of log.objects) {
    for (const row of (await log.read(sequence)).rows) {
      if (!isPlaced(row)) continue;
      const { time, digest, occurrence } = row;
      ids.push(eventIdOf({ source, stream, day: dayIn(time), digest, occurrence }));
      if (first === '' || time < first) first = time;
      if (time > last) last = time;
    }
  }
  return {
    source,
    stream,
    day,
    rows: log.rows,
    distinct: log.counts.distinct,
    rejected: log.rejected,
    mapping: MAPPING_VERSION,
    digest: digestOfIds(ids),
    ...(first !== '' && { first_event: first, last_event: last }),
    pages: state.lastWhole?.pages ?? 0,
    requests: state.pagesRead,
    objects: await hashObjects(store, slice, log.objects.length),
    opened_at: state.openedAt,
    listed_at: state.lastWhole?.endedAt ?? state.openedAt,
    vanished: state.vanished,
  };
};

/** The objects of the log as it was read, and their projections: without objects that another collector commits meanwhile. */
const hashObjects = async (
  store: ObjectStore,
  slice: Slice,
  logged: number,
): Promise<LedgerEntry['objects']> => {
  const objects: LedgerEntry['objects'] = [];
  for (const kind of ['raw', 'flat', 'ocsf', 'rejected'] as const) {
    for (const { key } of await store.list(slicePrefix(kind, slice))) {
      if ((sequenceOf(key) ?? logged) >= logged) continue;
      const bytes = await store.read(key);
      if (bytes) objects.push({ key, sha256: hash('sha256', bytes, 'hex') });
    }
  }
  return objects;
};
