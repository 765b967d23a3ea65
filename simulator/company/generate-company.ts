import { daysBetween, startOf } from '../calendar.ts';
import { type SeededRandom, createChance } from '../seeded-random.ts';
import { type SimulatedRow, STREAM_NAMES, type StreamName } from '../row-store.ts';
import { createRowMakers } from './row-makers.ts';

export interface CompanyOptions {
  readonly seed: number;
  /** First and last day (`YYYY-MM-DD`), both included. */
  readonly from: string;
  readonly to: string;
  /** Rows of both streams together on a usual working day. */
  readonly rowsPerDay: number;
  /** The part of them that stands in the operation log. */
  readonly operationShare?: number;
  /** How busy a weekend day is, compared with a working day. */
  readonly weekends?: number;
  /** The part of rows that are exact copies of an earlier one of the day. */
  readonly twinShare?: number;
  /** The part of rows that fall into the very second of the row before. */
  readonly burstShare?: number;
  readonly lateness?: Lateness;
  /** With rows that are no objects, or have no readable time. */
  readonly unreadable?: boolean;
}

/** When rows appear after their event: at once; within a minute; or mostly so, with a tail of up to so many hours. */
export type Lateness = 'none' | 'seconds' | { readonly hours: number };

/** How busy each hour (UTC) of a working day is: two offices, lunch, and a night shift. */
const HOURS = [1, 1, 1, 1, 2, 4, 9, 20, 34, 40, 38, 30, 22, 32, 38, 36, 28, 18, 10, 7, 5, 3, 2, 1];
const HOUR_DECK = HOURS.flatMap((busy, hour) => Array<number>(busy).fill(hour));
const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

/**
 * The rows of a believable company, day by day. The same options give the same rows, and a day's rows do not depend
 * on the other days asked for. Yields instead of collecting, so that a million rows need no array.
 */
export function* generateCompany(options: CompanyOptions): Generator<SimulatedRow> {
  const { operationShare = 0.35, weekends = 0.12 } = options;
  for (const day of daysBetween(options.from, options.to)) {
    const isWeekend = [0, 6].includes(new Date(startOf(day)).getUTCDay());
    for (const stream of STREAM_NAMES) {
      const chance = createChance(options.seed, 'company', day, stream);
      const share = stream === 'operation' ? operationShare : 1 - operationShare;
      const mean = options.rowsPerDay * share * (isWeekend ? weekends : 1);
      yield* generateDay(stream, day, Math.round(mean * (0.9 + 0.2 * chance.float())), chance, options);
    }
  }
}

function* generateDay(
  stream: StreamName,
  day: string,
  count: number,
  chance: SeededRandom,
  { twinShare = 0.01, burstShare = 0.06, lateness = 'seconds', unreadable = false }: CompanyOptions,
): Generator<SimulatedRow> {
  const make = createRowMakers(chance)[stream];
  let instant = 0;
  let row: unknown;

  for (let i = 0; i < count; i++) {
    const isTwin = row !== undefined && chance.happens(twinShare);
    if (!isTwin) {
      const isBurst = i > 0 && chance.happens(burstShare);
      instant = isBurst ? instant : instantOf(day, chance);
      row = unreadable && chance.happens(0.01) ? chance.pick(UNREADABLE) : make(instant);
    }
    yield { stream, row, day, visibleFrom: new Date(instant + latenessMs(lateness, chance)) };
  }
}

const UNREADABLE: readonly unknown[] = [
  null,
  'maintenance',
  0,
  [],
  {},
  { time: 'yesterday' },
  { time: null, action: 'Add' },
];

const instantOf = (day: string, chance: SeededRandom): number =>
  startOf(day) + chance.pick(HOUR_DECK) * HOUR_MS + chance.integer(0, 3599) * SECOND_MS;

/** Of the late ones nine in ten come within a minute, nearly all within an hour, and the rest whenever they like. */
const latenessMs = (lateness: Lateness, chance: SeededRandom): number => {
  if (lateness === 'none') return 0;
  const seconds = chance.integer(2, 60) * SECOND_MS;
  if (lateness === 'seconds' || chance.happens(0.9)) return seconds;
  const limit = lateness.hours * HOUR_MS;
  return Math.round(Math.min(limit, chance.happens(0.8) ? HOUR_MS : limit) * chance.float());
};
