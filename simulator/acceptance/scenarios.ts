import { addDays } from '../calendar.ts';
import { at, DAY_MS, HOUR_MS, MINUTE_MS, rowAt, runsAt, spread, spreadBoth } from './rows.ts';
import type { Scenario, ScenarioRow } from './scenario.ts';

/** A Monday. The scenarios use fixed simulated days, so that they are the same on every real day. */
const DAY = '2026-10-12';
const NEXT_DAY = addDays(DAY, 1);
const SECOND_MS = 1000;

/** Rows of two busy hours that Zoom shows late, polled until all have appeared. */
const late = (name: string, words: string, lateMs: number): Scenario => ({
  name,
  about: `rows appear up to ${words} after they happened`,
  firstDay: DAY,
  rows: (seed) => spreadBoth(seed, { from: at(DAY, 9), to: at(DAY, 11), count: 120, lateMs }),
  runs: runsAt(DAY, [9.5, 10, 10.5, 11, 13.5, 38]),
});

/** The maximum rows of a page, and its default rows. */
const PAGE = 300;

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const secondsAfter = (time: Date, seconds: number): Date => new Date(time.getTime() + seconds * SECOND_MS);

/** Situations in which collectors of this API differ, one per scenario. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'steady-day',
    about: 'a usual day: every row appears at once, nothing fails',
    firstDay: DAY,
    rows: (seed) => spreadBoth(seed, { from: at(DAY, 6), to: at(DAY, 22), count: 150 }),
    runs: runsAt(DAY, [9, 13, 17, 22, 33]),
  },
  late('late-5-minutes', '5 minutes', 5 * MINUTE_MS),
  late('late-30-minutes', '30 minutes', 30 * MINUTE_MS),
  late('late-120-minutes', '2 hours', 2 * HOUR_MS),
  late('late-24-hours', '24 hours', DAY_MS),
  {
    name: 'same-second',
    about: 'rows appear in a second from which the collector already has rows',
    firstDay: DAY,
    rows: () =>
      [9, 10, 11].flatMap((hour) =>
        range(12).map((n) => {
          const half = n % 2 === 0 ? 0 : 2;
          return rowAt('operation', at(DAY, hour), hour * 100 + n, secondsAfter(at(DAY, hour), half));
        }),
      ),
    runs: [9, 10, 11, 12, 26].map((hour) => ({ at: secondsAfter(at(DAY, hour), 1) })),
  },
  {
    name: 'page-edge',
    about: 'the newest rows of one run are split by a page edge in the next, all in one second',
    firstDay: DAY,
    rows: (seed) => [
      ...spread(seed, { stream: 'operation', from: at(DAY, 7), to: at(DAY, 9), count: 50 }),
      ...range(10).map((n) => rowAt('operation', at(DAY, 9), 1000 + n)),
      ...spread(seed, {
        stream: 'operation',
        from: at(DAY, 9.1),
        to: at(DAY, 12),
        count: PAGE - 5,
        firstNumber: 2000,
      }),
    ],
    runs: runsAt(DAY, [9, 12, 12.5, 26]),
  },
  {
    name: 'failure-on-page-two',
    about: 'many rows are waiting, and every page but the first fails for one run',
    firstDay: DAY,
    rows: (seed) => [
      ...spread(seed, { stream: 'operation', from: at(DAY, 6), to: at(DAY, 8), count: 40 }),
      ...spread(seed, {
        stream: 'operation',
        from: at(DAY, 8),
        to: at(DAY, 16),
        count: 2 * PAGE + 100,
        firstNumber: 1000,
      }),
      ...spread(seed, {
        stream: 'operation',
        from: at(DAY, 16),
        to: at(DAY, 18),
        count: 20,
        firstNumber: 5000,
      }),
    ],
    runs: [
      { at: at(DAY, 8) },
      { at: at(DAY, 16), faults: ['server-error@next-page'] },
      ...runsAt(DAY, [17, 18, 26]),
    ],
  },
  {
    name: 'daily-limit',
    about: "the day's requests are used up: 429, and Retry-After is a date hours away",
    firstDay: DAY,
    dailyRetryAfterMs: 6 * HOUR_MS,
    rows: (seed) => spreadBoth(seed, { from: at(DAY, 6), to: at(DAY, 22), count: 60 }),
    runs: [
      { at: at(DAY, 9) },
      { at: at(DAY, 12), faults: ['rate-daily'] },
      { at: at(DAY, 15), faults: ['rate-daily'] },
      ...runsAt(DAY, [21.5, 22.5, 33]),
    ],
  },
  {
    name: 'three-days-off',
    about: 'the collector does not run for three days, while new rows appear',
    firstDay: DAY,
    rows: (seed) => spreadBoth(seed, { from: at(DAY, 6), to: at(DAY, 5 * 24), count: 200 }),
    runs: runsAt(DAY, [9, 18, 4 * 24 + 2, 4 * 24 + 3, 5 * 24 + 1]),
  },
  {
    name: 'two-days-of-errors',
    about: 'Zoom fails in several ways for two days',
    firstDay: DAY,
    rows: (seed) => spreadBoth(seed, { from: at(DAY, 6), to: at(DAY, 4 * 24), count: 160 }),
    runs: [
      ...runsAt(DAY, [9, 18]),
      { at: at(DAY, 30), faults: ['role-too-weak'] },
      { at: at(DAY, 42), faults: ['html-body-502@token'] },
      { at: at(DAY, 54), faults: ['invalid-client'] },
      { at: at(DAY, 66), faults: ['account-missing'] },
      ...runsAt(DAY, [67, 97]),
    ],
  },
  {
    name: 'quiet-month',
    about: 'no rows for forty days, then new rows',
    firstDay: DAY,
    rows: (seed) => [
      ...spreadBoth(seed, { from: at(DAY, 8), to: at(DAY, 12), count: 20 }),
      ...spreadBoth(seed, {
        from: at(DAY, 41 * 24 + 8),
        to: at(DAY, 41 * 24 + 12),
        count: 30,
        firstNumber: 1000,
      }),
    ],
    runs: runsAt(DAY, [13, 24 * 20, 24 * 40, 24 * 41 + 13, 24 * 42 + 1]),
  },
  {
    name: 'new-field',
    about: 'from noon on, the rows have an unknown field',
    firstDay: DAY,
    rows: (seed) => [
      ...spreadBoth(seed, { from: at(DAY, 8), to: at(DAY, 12), count: 40 }),
      ...spreadBoth(seed, { from: at(DAY, 12), to: at(DAY, 18), count: 40, firstNumber: 1000 }).map(
        (row): ScenarioRow => ({ ...row, row: { ...row.row, session_region: 'eu-04' } }),
      ),
    ],
    runs: runsAt(DAY, [11, 14, 18, 26]),
  },
  {
    name: 'twins',
    about: 'two or three events are equal in every field, on one page, on two pages, and one after the other',
    firstDay: DAY,
    rows: (seed) => {
      const some = spread(seed, { stream: 'operation', from: at(DAY, 10), to: at(DAY, 11), count: PAGE - 1 });
      const twins = (time: Date, n: number, copies: number): ScenarioRow[] =>
        range(copies).map(() => rowAt('operation', time, n));
      return [
        ...some,
        ...twins(at(DAY, 9.9), 1000, 2), // as newest row 300 and 301: across the page edge
        ...twins(at(DAY, 8), 1001, 3),
        ...range(3).map((hour) => rowAt('activity', at(DAY, 9), 1002, at(DAY, 9 + hour))),
        ...spread(seed, { stream: 'activity', from: at(DAY, 7), to: at(DAY, 11), count: 20 }),
      ];
    },
    runs: runsAt(DAY, [9.25, 10.25, 11.5, 12.75, 26, 28]),
  },
  {
    name: 'first-run-two-months',
    about: 'the first run is two months after the first day to collect',
    firstDay: addDays(DAY, -61),
    rows: (seed) => spreadBoth(seed, { from: at(addDays(DAY, -61)), to: at(DAY, 12), count: 250 }),
    runs: runsAt(DAY, [12, 13, 26]),
  },
  {
    name: 'day-change',
    about: 'rows of the last minutes before midnight (UTC) appear after the day has ended',
    firstDay: DAY,
    rows: (seed) => [
      ...spreadBoth(seed, { from: at(DAY, 20), to: at(DAY, 23), count: 20 }),
      ...spreadBoth(seed, {
        from: at(DAY, 23.5),
        to: at(NEXT_DAY),
        count: 40,
        lateMs: 40 * MINUTE_MS,
        firstNumber: 1000,
      }),
      ...spreadBoth(seed, { from: at(NEXT_DAY), to: at(NEXT_DAY, 2), count: 20, firstNumber: 2000 }),
    ],
    runs: runsAt(DAY, [23.25, 23.9, 24.2, 26, 34]),
  },
];
