import { closeDays } from '../shared/collect/ledger/close-days.ts';
import type { FreshRow } from '../shared/collect/listing/listing-tally.ts';
import { pinAccount } from '../shared/collect/state/pinned-account.ts';
import type { ObjectStore, StoredObject } from '../shared/collect/ports.ts';
import { project } from '../shared/collect/log/projection.ts';
import { SliceLog } from '../shared/collect/log/slice-log.ts';
import type { SliceState } from '../shared/collect/state/slice-state.ts';
import { FolderStore } from '../shared/local/folder-store.ts';
import { OutputFolder } from '../shared/local/output-folder.ts';
import { addDays, type Day, startOf } from '../shared/model/day.ts';
import { identify } from '../shared/model/raw-row.ts';
import { STREAM_NAMES, type StreamName } from '../shared/model/stream.ts';
import { generateCompany, type SimulatedRow } from '../simulator/index.ts';

export const BENCH_SOURCE = 'bench';

/** One every five minutes: each poll that finds rows writes an object. */
const POLLS_A_DAY = 288;
const POLL_MS = 86_400_000 / POLLS_A_DAY;

const MAPPING = { formats: ['flat'], ocsfVersion: '1.8.0', accountId: 'bench' } as const;

export interface ArchiveOptions {
  readonly first: Day;
  readonly days: number;
  /** Of the streams together, on a working day. */
  readonly rowsPerDay: number;
  readonly operationShare?: number;
  /** Of a stream and day at most. */
  readonly limit?: number;
}

/** A folder without fsync: the benchmark needs no durability. */
class UnflushedStore extends FolderStore {
  override async create(key: string, body: Uint8Array): Promise<StoredObject> {
    await this.replace(key, body);
    return { key, version: '' };
  }
}

/** Writes an archive as polls every five minutes would deliver it, with closed days. Returns its rows. */
export const buildClosedArchive = async (folder: string, options: ArchiveOptions): Promise<number> => {
  await FolderStore.open(folder, new Date());
  const store = new UnflushedStore(new OutputFolder(folder));
  await pinAccount(store, BENCH_SOURCE, MAPPING.accountId);
  let rows = 0;
  for (const stream of STREAM_NAMES) {
    const states = new Map<Day, SliceState>();
    for (let day = options.first; day < addDays(options.first, options.days); day = addDays(day, 1)) {
      const delivered = await deliverDay(store, stream, day, options);
      if (delivered > 0) states.set(day, listedWhole(day, delivered));
      rows += delivered;
    }
    const now = startOf(addDays(options.first, options.days + 30));
    const onNotice = (): Promise<void> => Promise.resolve();
    const closing = { store, source: BENCH_SOURCE, stream, now, lookbackDays: 1, since: undefined, states };
    await closeDays({ ...closing, onNotice });
  }
  return rows;
};

const deliverDay = async (
  store: ObjectStore,
  stream: StreamName,
  day: Day,
  { rowsPerDay, operationShare, limit = Infinity }: ArchiveOptions,
): Promise<number> => {
  const company = generateCompany({
    seed: 1,
    from: day,
    to: day,
    rowsPerDay,
    weekends: 1,
    ...(operationShare !== undefined && { operationShare }),
  });
  const polls = Map.groupBy(ofStream(company, stream, limit), ({ visibleFrom }) =>
    Math.ceil((new Date(visibleFrom ?? day).getTime() - startOf(day).getTime()) / POLL_MS),
  );
  const log = await SliceLog.open(store, { source: BENCH_SOURCE, stream, day });
  for (const poll of [...polls.keys()].sort((a, b) => a - b)) {
    const now = new Date(startOf(day).getTime() + poll * POLL_MS);
    const fresh = freshRows(log, stream, polls.get(poll) ?? []);
    const logged = await log.append(fresh, () => now);
    if (logged) await project(store, log.slice, logged, MAPPING);
  }
  return log.rows;
};

function* ofStream(rows: Iterable<SimulatedRow>, stream: StreamName, limit: number): Generator<SimulatedRow> {
  let given = 0;
  for (const row of rows) {
    if (row.stream !== stream) continue;
    if (given === limit) return;
    given += 1;
    yield row;
  }
}

const freshRows = (log: SliceLog, stream: StreamName, rows: readonly SimulatedRow[]): FreshRow[] => {
  const copies = new Map<string, number>();
  return rows.map(({ row }) => {
    const identified = identify(stream, row);
    const occurrence = copies.get(identified.digest) ?? log.delivered(identified.digest);
    copies.set(identified.digest, occurrence + 1);
    return { ...identified, occurrence };
  });
};

/** The state after a whole listing at the end of the lookback. */
const listedWhole = (day: Day, rows: number): SliceState => {
  const at = startOf(addDays(day, 12)).toISOString();
  return {
    openedAt: at,
    objects: 0,
    rows,
    rejected: 0,
    dayMismatch: 0,
    newest: '',
    held: 0,
    vanished: 0,
    pagesRead: 1,
    lateness: [],
    lastWhole: { beganAt: at, endedAt: at, pages: 1, rows, order: '' },
  };
};
