import pLimit from 'p-limit';
import { isAborted } from '../collect/collect-slices.ts';
import { UpstreamError } from '../errors.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import { type Day, daysBetween } from '../model/day.ts';
import { HOUR_MS } from '../model/duration.ts';
import type { RawRow } from '../model/raw-row.ts';
import type { ContentContext } from './content-context.ts';
import { filesOf } from './content-streams.ts';
import { RowRouter } from './row-router.ts';
import type { Unit } from './streams/unit.ts';
import { WitnessSet } from './witnesses.ts';

/** Units that are read at the same time. */
const CONCURRENCY = 4;

/** Witnesses are stored after so many units: a kill costs no more than their listings. */
const UNITS_PER_SAVE = 50;

/** A listing that was begun earlier than this is not continued: the range is listed again from its beginning. */
const CONTINUE_WITHIN_MS = 6 * HOUR_MS;

/** A unit that could not be read whole, and why. */
export interface FailedUnit {
  readonly unit: string;
  readonly error: unknown;
}

/** The result of listing all units of a range of days. */
export interface SweepResult {
  readonly beganAt: Date;
  readonly endedAt: Date;
  readonly units: number;
  readonly rows: number;
  /** Empty if every unit has a witness: then the days of the range were read whole. */
  readonly failed: readonly FailedUnit[];
  /** The items that were listed, in the trash or not, by day; undefined if this run did not list all units itself. */
  readonly seen: ReadonlyMap<Day, SeenItems> | undefined;
  /** New rows. */
  readonly committed: number;
  /** The days of all rows: changes of an earlier day may be listed under a later one. */
  readonly days: ReadonlySet<Day>;
}

/** The items of a day that a listing showed. */
export interface SeenItems {
  readonly listed: ReadonlySet<string>;
  /** In the trash, with the time that Zoom gives. */
  readonly trashed: ReadonlyMap<string, string>;
}

/**
 * Lists every unit of a range of days, and commits their rows to the slices of the rows' own days. A failure of one unit does not
 * stop the others; a refusal of the whole stream, a limit or a used-up budget does, and is thrown after all rows that were read
 * are committed.
 */
export const sweep = async (
  context: ContentContext,
  stream: ContentStreamName,
  range: { readonly from: Day; readonly to: Day },
  units: readonly Unit[],
  signal: AbortSignal,
): Promise<SweepResult> => {
  const { store, clock, source, observer } = context;
  const now = clock.now();
  const notBefore = new Date(now.getTime() - CONTINUE_WITHIN_MS);
  const witnesses = await WitnessSet.open(store, { source, stream }, range, now, notBefore);
  const router = new RowRouter(context, stream);
  const seen = new SeenByDay(stream);
  const failed: FailedUnit[] = [];
  let [done, unsaved] = [0, 0];
  const stops: unknown[] = [];

  const save = async (): Promise<void> => {
    unsaved = 0;
    await router.flush();
    await witnesses.save();
  };
  await router.repair(daysBetween(range.from, range.to));
  const limit = pLimit(CONCURRENCY);
  let saving: Promise<void> = Promise.resolve();
  await Promise.all(
    units.map((unit) =>
      limit(async () => {
        if (stops.length > 0 || signal.aborted) return;
        if (!witnesses.has(unit.name)) {
          try {
            const { rows, unreadable, list } = await unit.list(signal);
            // One unit at a time from here on: a witness is stored only after the rows before it.
            saving = saving.then(async () => {
              for (const { day, row } of rows) seen.add(day, row.row);
              await router.add(rows);
              if (!list.isProven) {
                failed.push({ unit: unit.name, error: new ListEndedEarlyError(list.count, list.total) });
                return;
              }
              if (unreadable > 0) {
                failed.push({ unit: unit.name, error: new UnreadableRowsError(unreadable) });
                return;
              }
              const { beganAt, endedAt, total } = list;
              witnesses.add(unit.name, {
                beganAt: beganAt.toISOString(),
                endedAt: endedAt.toISOString(),
                rows: rows.length,
                ...(total !== undefined && { total }),
              });
              unsaved += 1;
              if (unsaved >= UNITS_PER_SAVE) await save();
            });
            await saving;
          } catch (error) {
            if (stopsAll(error) || isAborted(signal)) stops.push(error);
            else failed.push({ unit: unit.name, error });
          }
        }
        done += 1;
        observer.unitsListed?.(stream, done, units.length);
      }),
    ),
  );
  await save();
  signal.throwIfAborted();
  if (stops.length > 0) throw stops[0] as Error;
  const result = {
    beganAt: witnesses.beganAt,
    endedAt: witnesses.endedAt,
    units: witnesses.size,
    rows: witnesses.rows,
    failed,
    seen: witnesses.isContinued || failed.length > 0 ? undefined : seen.byDay,
    committed: router.committed,
    days: router.days,
  };
  if (failed.length === 0) await witnesses.close();
  return result;
};

/** Whether a failure would be the same for every other unit. */
const stopsAll = (error: unknown): boolean => !(error instanceof UpstreamError);

/** A list whose rows are fewer than Zoom's own count, however often it was read. */
export class ListEndedEarlyError extends Error {
  constructor(rows: number, total: number | undefined) {
    super(
      total === undefined
        ? `Zoom gave no count for this list, and each reading of it had other rows (${rows} in all). The next run reads it again.`
        : `Zoom's list ended early: it has ${total} rows by Zoom's own count, but ${rows} were listed, several times over. ` +
            `The rows that were listed are kept, and the next run reads it again.`,
    );
    this.name = 'ListEndedEarlyError';
  }
}

/** A list with rows that do not say which meeting or which file they are about: what they stand for is not collected. */
export class UnreadableRowsError extends Error {
  constructor(rows: number) {
    super(
      `Zoom's list has ${rows === 1 ? 'a row' : `${rows} rows`} that cannot be read: too large, too deeply nested, or without the ` +
        `uuid of a meeting or a file. They are kept in raw/ as Zoom sent them, but what they stand for is not collected. Report it to Zoom.`,
    );
    this.name = 'UnreadableRowsError';
  }
}

class SeenByDay {
  readonly byDay = new Map<Day, { listed: Set<string>; trashed: Map<string, string> }>();
  readonly #stream: ContentStreamName;

  constructor(stream: ContentStreamName) {
    this.#stream = stream;
  }

  add(day: Day, row: RawRow): void {
    for (const file of filesOf(this.#stream, row)) {
      const ofDay = this.byDay.get(day) ?? { listed: new Set(), trashed: new Map() };
      this.byDay.set(day, ofDay);
      if (file.trashed) ofDay.trashed.set(file.item, file.deletedTime ?? '');
      else ofDay.listed.add(file.item);
    }
  }
}
