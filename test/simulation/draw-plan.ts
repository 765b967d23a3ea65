import { STREAM_NAMES, type StreamName } from '../../shared/model/stream.ts';
import { type SeededRandom, createSeededRandom } from '../../simulator/seeded-random.ts';
import { createRowMakers } from '../../simulator/company/row-makers.ts';
import { drawFaults } from './draw-faults.ts';
import type { Climate, Plan, PlannedRow } from './plan.ts';
import type { Fault } from './faults.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A budget that is too small for everything: listings that can wait have to. */
const SCARCE = 30;

/** A day is confirmed a week after it closed; later rows are not guaranteed. */
const CONFIRMED_AFTER_DAYS = 7;

/** Draws a whole world from its seed. */
export const drawPlan = (seed: number): Plan => {
  const chance = createSeededRandom(seed, 'plan');
  const firstDay = Date.UTC(2026, chance.integer(0, 11), chance.integer(1, 28));
  const start = firstDay + chance.integer(5, 20) * HOUR_MS;
  const days = chance.pick([1, 1, 2, 2, 3]);
  const climate = drawClimate(days, createSeededRandom(seed, 'climate'));
  const frame = { start, days, climate };
  const polls = drawPolls(frame, createSeededRandom(seed, 'polls'));
  return {
    seed,
    schedule: 0,
    ...frame,
    rows: drawRows(frame, createSeededRandom(seed, 'rows')),
    polls,
    faults: [
      ...drawFaults(frame, createSeededRandom(seed, 'troubles')),
      ...drawDoubles(polls, createSeededRandom(seed, 'doubles')),
      ...drawAsks(frame, createSeededRandom(seed, 'asks')),
    ],
  };
};

/** The conditions for the parts of a plan. */
export type Frame = Pick<Plan, 'start' | 'days' | 'climate'>;

const drawClimate = (days: number, chance: SeededRandom): Climate => {
  const requestsPerDay = chance.pick([10_000, 10_000, 10_000, 60, SCARCE]);
  // The budget must suffice for the pages of a day.
  const leastRows = requestsPerDay === SCARCE ? 4 : 1;
  const isMonitored = chance.happens(0.35);
  return {
    auth: chance.pick(['oauth', 'server-to-server']),
    streams: isMonitored
      ? STREAM_NAMES
      : chance.pick([['operation'], ['operation'], ['activity'], STREAM_NAMES]),
    ends: chance.pick(['closed', 'closed', 'confirmed']),
    lookbackDays: chance.pick([1, 1, 2]),
    backfillDays: chance.pick([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 9]),
    requestsPerDay,
    requestsPerSecond: chance.pick([8, 100]),
    pageSize: Math.max(leastRows, chance.pick([1, 2, 2, 3, 3, 4, 6, 300])),
    order: chance.pick(['newest-first', 'newest-first', 'newest-first', 'oldest-first']),
    paging: chance.pick(['live', 'live', 'live', 'snapshot']),
    pages: chance.pick(['full', 'full', 'short', 'mixed']),
    limitHeaders: chance.pick(['rich', 'bare', 'iso', 'seconds', 'http-date', 'mixed']),
    perSecond: chance.pick(['off', 'off', 10, 3]),
    accessTokenSeconds: chance.pick([3600, 3600, 3600, 900, 300]),
    pageTokenSeconds: chance.pick([900, 900, 60]),
    isMonitored,
    pollMinutes: Math.round(((days + 2) * 24 * 60) / chance.integer(4, 10)),
    stickiness: chance.pick([0, 0.5, 0.9]),
  };
};

/** Polls at their interval, each a little early or late. Some are followed by another within the hour, as in reality. */
const drawPolls = ({ days, climate }: Frame, chance: SeededRandom): number[] => {
  const everyMs = climate.pollMinutes * MINUTE_MS;
  const endMs = (days + climate.lookbackDays + 1) * DAY_MS;
  const polls: number[] = [];
  for (let at = chance.integer(0, MINUTE_MS); at < endMs; at += everyMs) {
    const early = Math.round(at + everyMs * 0.1 * chance.float());
    polls.push(early);
    if (chance.happens(0.5)) polls.push(early + chance.integer(5, 50) * MINUTE_MS);
  }
  return polls;
};

/** In one of five worlds, every poll has a concurrent second one. */
const drawDoubles = (polls: readonly number[], chance: SeededRandom): Fault[] =>
  chance.happens(0.2) ? polls.map((at) => ({ kind: 'poll-again', at: at + chance.integer(0, 400) })) : [];

/** Where requests are scarce, an operator requests days in the evening, when most are used up. */
const drawAsks = ({ start, days, climate }: Frame, chance: SeededRandom): Fault[] =>
  climate.requestsPerDay > SCARCE
    ? []
    : Array.from({ length: 6 }, () => ({
        kind: 'queue',
        at: chance.integer(1, days + 1) * DAY_MS - (start % DAY_MS) - chance.integer(0, 5 * 60) * MINUTE_MS,
        stream: chance.pick(climate.streams),
        day: chance.integer(0, days - 1),
        deliveries: 1,
      }));

/** Rows by day and stream: many in one second, many of them twins, some late by minutes, days, or more than a week. */
const drawRows = ({ start, days, climate }: Frame, chance: SeededRandom): PlannedRow[] => {
  const makers = createRowMakers(chance);
  const first = -Math.max(climate.lookbackDays, climate.backfillDays);
  const wanted = climate.backfillDays > 5 ? [first, first + 1, -1, 0, 1] : undefined;
  const rows: PlannedRow[] = [];
  for (let day = first; day <= days; day += 1) {
    if (wanted && !wanted.includes(day)) continue;
    for (const stream of climate.streams) {
      rows.push(...drawDay(makers, stream, day, { start, days, climate }, chance));
    }
  }
  return rows;
};

const drawDay = (
  makers: ReturnType<typeof createRowMakers>,
  stream: StreamName,
  day: number,
  { start, climate }: Frame,
  chance: SeededRandom,
): PlannedRow[] => {
  const begins = Math.floor(start / DAY_MS) * DAY_MS + day * DAY_MS;
  const rows: PlannedRow[] = [];
  let instant = begins;
  let row: unknown;
  const count = chance.pick([0, 1, 3, 4, 5, 6, 8]);
  for (let index = 0; index < count; index += 1) {
    const isTwin = row !== undefined && chance.happens(0.3);
    if (!isTwin) {
      if (index === 0 || !chance.happens(0.35)) instant = begins + chance.integer(0, 86_399) * 1000;
      row = chance.happens(0.03) ? chance.pick(UNREADABLE) : documented(makers[stream](instant));
    }
    const closes = begins + (1 + climate.lookbackDays) * DAY_MS;
    const latest = closes + CONFIRMED_AFTER_DAYS * DAY_MS - 2 * HOUR_MS;
    const visible = Math.min(latest, instant + latenessMs(climate.lookbackDays, chance));
    rows.push({
      stream,
      day,
      row,
      happensAt: instant - start,
      visibleAt: visible - start,
      shiftsPages: instant > start && chance.happens(0.25),
    });
  }
  return rows;
};

const latenessMs = (lookbackDays: number, chance: SeededRandom): number => {
  const upTo = (ms: number): number => Math.round(ms * chance.float());
  return chance.pick([
    upTo(MINUTE_MS),
    upTo(MINUTE_MS),
    upTo(5 * MINUTE_MS),
    upTo(5 * MINUTE_MS),
    upTo(HOUR_MS),
    upTo(6 * HOUR_MS),
    upTo(lookbackDays * DAY_MS),
    upTo((lookbackDays + CONFIRMED_AFTER_DAYS) * DAY_MS),
  ]);
};

/** A row that Zoom lists and that cannot become an event. */
const UNREADABLE: readonly unknown[] = [null, 'maintenance', 0, [], {}, { time: 'yesterday' }];

/** Without the undocumented field: rows that differ only in it are copies, and no text shows which one was delivered. */
const documented = ({ ...row }: Record<string, unknown> | object): object => {
  delete (row as Record<string, unknown>)['trace_tag'];
  return row;
};
