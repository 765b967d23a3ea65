import type { DayObservations, StreamObservations } from '../../../shared/health/observations.ts';
import { addDays, type Day, startOf } from '../../../shared/model/day.ts';
import { MINUTE_MS } from '../../../shared/model/duration.ts';
import { aPolling } from './observations.ts';

/** The local time of an hour in a zone. */
export interface LocalHour {
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly hour: number;
  /** `2026-11-30` */
  readonly date: string;
}

/** The average number of events in an hour, and how many occur together. */
export interface Habit {
  readonly perHour: (local: LocalHour) => number;
  readonly together?: number;
}

/** Offices from Monday to Friday, 9 to 18 o'clock. */
export const office =
  (perHour: number, holidays: readonly string[] = []): Habit['perHour'] =>
  (local) =>
    local.weekday >= 1 &&
    local.weekday <= 5 &&
    local.hour >= 9 &&
    local.hour < 18 &&
    !holidays.includes(local.date)
      ? perHour
      : 0;

/** A year of events of a stream with a habit, in a time zone; the same for the same seed. */
export class Year {
  readonly days = new Map<Day, DayObservations>();
  /** In order of time, in milliseconds. */
  readonly #events: number[] = [];
  readonly #from: Date;

  constructor(
    zone: string,
    from: Day,
    to: Day,
    { perHour, together = 1 }: Habit,
    seed: number,
    silentFrom?: Date,
  ) {
    const random = randomOf(seed);
    this.#from = startOf(from);
    const local = localHours(zone);
    for (let day = from; day <= to; day = addDays(day, 1)) {
      const byHour = Array<number>(24).fill(0);
      // Per half hour, because some time zones are offset by half an hour.
      for (let half = 0; half < 48; half += 1) {
        const begin = startOf(day).getTime() + half * 30 * MINUTE_MS;
        const groups = poisson(perHour(local(begin)) / 2 / together, random);
        for (let group = 0; group < groups; group += 1) {
          const at = begin + Math.floor(random() * 30 * MINUTE_MS);
          const count = together === 1 ? 1 : 1 + poisson(together - 1, random);
          if (silentFrom && at >= silentFrom.getTime()) continue;
          byHour[Math.floor(half / 2)] = (byHour[Math.floor(half / 2)] ?? 0) + count;
          this.#events.push(at);
        }
      }
      const rows = byHour.reduce((sum, count) => sum + count, 0);
      this.days.set(day, { rows, byHour, details: undefined, rejected: 0, held: 0, wasRead: true });
    }
    this.#events.sort((a, b) => a - b);
  }

  /** The observations at a moment, if Zoom shows each event with the given lateness. */
  at(now: Date, lateMs: number): StreamObservations {
    return {
      stream: 'operation',
      polling: aPolling({ firstAt: this.#from, firstReadAt: this.#from }),
      newestEvent: this.#newestBefore(now.getTime() - lateMs),
      unreadable: undefined,
      closedUpTo: undefined,
      completeUpTo: undefined,
      days: this.days,
    };
  }

  #newestBefore(ms: number): Date | undefined {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle] ?? Infinity) < ms) low = middle + 1;
      else high = middle;
    }
    const newest = this.#events[low - 1];
    return newest === undefined ? undefined : new Date(newest);
  }
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const localHours = (zone: string): ((ms: number) => LocalHour) => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  return (ms) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const { weekday = '', year = '', month = '', day = '', hour = '' } = parts;
    return { weekday: WEEKDAYS.indexOf(weekday), hour: Number(hour), date: `${year}-${month}-${day}` };
  };
};

const poisson = (mean: number, random: () => number): number => {
  if (mean <= 0) return 0;
  let [count, product] = [0, random()];
  for (const least = Math.exp(-mean); product > least; product *= random()) count += 1;
  return count;
};

/** mulberry32 */
const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
