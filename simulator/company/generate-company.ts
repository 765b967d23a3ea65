import { daysBetween, startOf } from '../calendar.ts';
import { type SeededRandom, createSeededRandom } from '../seeded-random.ts';
import { type SimulatedRow, STREAM_NAMES, type StreamName } from '../row-store.ts';
import { createRowMakers } from './row-makers.ts';

export interface CompanyOptions {
  readonly seed: number;
  /** First and last day (`YYYY-MM-DD`), both included. */
  readonly from: string;
  readonly to: string;
  /** Rows of both streams together on a usual working day. */
  readonly rowsPerDay: number;
  /** The share of them in the operation log. */
  readonly operationShare?: number;
  /** The activity of a weekend day relative to a working day. */
  readonly weekends?: number;
  /** The share of rows that are exact copies of an earlier row of the day. */
  readonly twinShare?: number;
  /** The share of rows in the same second as the row before. */
  readonly burstShare?: number;
  readonly lateness?: Lateness;
  /** Includes rows that are not objects or have no readable time. */
  readonly unreadable?: boolean;
}

/** When rows appear after their event: at once; within a minute; or mostly within a minute, with a tail of up to `hours`. */
export type Lateness = 'none' | 'seconds' | { readonly hours: number };

/** The activity of each hour (UTC) of a working day: two offices, lunch, and a night shift. */
const HOURS = [1, 1, 1, 1, 2, 4, 9, 20, 34, 40, 38, 30, 22, 32, 38, 36, 28, 18, 10, 7, 5, 3, 2, 1];
const HOUR_DECK = HOURS.flatMap((busy, hour) => Array<number>(busy).fill(hour));
const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

/**
 * The rows of a realistic company, day by day. The same options give the same rows. A day's rows do not depend on the other
 * days. Yields rows, so that a million rows need no array.
 */
export function* generateCompany(options: CompanyOptions): Generator<SimulatedRow> {
  const { operationShare = 0.35, weekends = 0.12 } = options;
  for (const day of daysBetween(options.from, options.to)) {
    const isWeekend = [0, 6].includes(new Date(startOf(day)).getUTCDay());
    for (const stream of STREAM_NAMES) {
      const chance = createSeededRandom(options.seed, 'company', day, stream);
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

/** Nine in ten late rows appear within a minute, nearly all within an hour, and the rest at any time. */
const latenessMs = (lateness: Lateness, chance: SeededRandom): number => {
  if (lateness === 'none') return 0;
  const seconds = chance.integer(2, 60) * SECOND_MS;
  if (lateness === 'seconds' || chance.happens(0.9)) return seconds;
  const limit = lateness.hours * HOUR_MS;
  return Math.round(Math.min(limit, chance.happens(0.8) ? HOUR_MS : limit) * chance.float());
};
