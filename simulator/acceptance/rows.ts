import { startOf } from '../calendar.ts';
import { createSeededRandom } from '../seeded-random.ts';
import type { StreamName } from '../row-store.ts';
import type { ScenarioRow } from './scenario.ts';

const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** An instant: `at('2026-10-12', 9.5)` is half past nine; hours beyond 24 are in the following days. */
export const at = (day: string, hours = 0): Date => new Date(startOf(day) + Math.round(hours * HOUR_MS));

/** Zoom's form of a time: whole seconds, UTC. */
const written = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');

const PEOPLE = ['ines.halloran', 'noor.van.aalst', 'tomasz.brandt', 'lucia.ferreira', 'owen.pritchard'];

/** The `n`-th row of a kind; its text is unique. Zoom shows it from `visibleFrom` on, or at once. */
export const rowAt = (
  stream: StreamName,
  time: Date,
  n: number,
  visibleFrom = time,
  more: Readonly<Record<string, string>> = {},
): ScenarioRow => {
  const person = `${PEOPLE[n % PEOPLE.length] ?? ''}@quillmere.example`;
  const fields: Readonly<Record<StreamName, Record<string, string>>> = {
    operation: {
      time: written(time),
      operator: person,
      category_type: 'Account',
      action: 'Update',
      operation_detail: `Meeting  - Setting ${n}: from Off to On`,
    },
    activity: {
      email: person,
      time: written(time),
      type: n % 2 === 0 ? 'Sign in' : 'Sign out',
      ip_address: `198.51.100.${n % 250}`,
      client_type: 'Browser',
      version: `6.1.${n}`,
    },
  };
  return { stream, row: { ...fields[stream], ...more }, visibleFrom };
};

interface Spread {
  readonly stream: StreamName;
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
  /** The maximum delay until Zoom shows a row. */
  readonly lateMs?: number;
  /** The first row number: the rows of a scenario have different numbers. */
  readonly firstNumber?: number;
}

/** Rows at random seconds of a span, each shown at once or with a random delay, by the seed. */
export const spread = (
  seed: number,
  { stream, from, to, count, lateMs = 0, firstNumber = 0 }: Spread,
): ScenarioRow[] => {
  const chance = createSeededRandom(seed, 'acceptance', stream, from.toISOString(), String(firstNumber));
  const seconds = (to.getTime() - from.getTime()) / SECOND_MS;
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(from.getTime() + chance.integer(0, seconds - 1) * SECOND_MS);
    const visibleFrom = new Date(time.getTime() + Math.round(chance.float() * lateMs));
    return rowAt(stream, time, firstNumber + index, visibleFrom);
  });
};

/** The same for both streams. */
export const spreadBoth = (seed: number, range: Omit<Spread, 'stream'>): ScenarioRow[] => [
  ...spread(seed, { ...range, stream: 'operation' }),
  ...spread(seed, { ...range, stream: 'activity' }),
];

/** Runs at these hours after a day's midnight. */
export const runsAt = (day: string, hours: readonly number[]) => hours.map((hour) => ({ at: at(day, hour) }));
