import type {
  DayObservations,
  Expectations,
  PollingObservations,
  SourceObservations,
  StreamObservations,
} from '../../../shared/health/observations.ts';
import { addDays, type Day, daysBetween } from '../../../shared/model/day.ts';

/** The present in tests of health: a Wednesday. */
export const NOW = new Date('2026-06-10T12:00:00Z');

/** A time before NOW. */
export const minutesAgo = (minutes: number): Date => new Date(NOW.getTime() - minutes * 60_000);
export const daysAgo = (days: number): Date => minutesAgo(days * 24 * 60);

/** Polls every five minutes for half a year, the last two minutes ago, and all of them read. */
export const aPolling = (fields: Partial<PollingObservations> = {}): PollingObservations => ({
  firstAt: daysAgo(180),
  endedAt: minutesAgo(2),
  firstReadAt: daysAgo(180),
  readAt: minutesAgo(2),
  failing: undefined,
  everyMs: 300_000,
  ...fields,
});

/** A healthy stream: its newest event is ten minutes old. */
export const aStream = (fields: Partial<StreamObservations> = {}): StreamObservations => ({
  stream: 'operation',
  polling: aPolling(),
  newestEvent: minutesAgo(10),
  unreadable: undefined,
  closedUpTo: '2026-06-06' as Day,
  completeUpTo: '2026-06-01' as Day,
  days: new Map(),
  ...fields,
});

/** A healthy source without overdue days. */
export const aSource = (fields: Partial<SourceObservations> = {}): SourceObservations => ({
  source: 'acme',
  streams: [aStream()],
  watchedSince: daysAgo(180),
  pollingSince: '2026-06-01' as Day,
  requestsToday: 0,
  parkedUntil: undefined,
  unreadable: undefined,
  lastFailure: undefined,
  ...fields,
});

export const expecting = (fields: Partial<Expectations> = {}): Expectations => ({
  auth: 'oauth',
  pollMs: 300_000,
  lookbackDays: 3,
  dropOffMinutes: { operation: 1440, activity: 1440 },
  learnedBaseline: false,
  quietDays: [],
  ...fields,
});

/** A day that was read, with the given number of events in each hour. */
export const aDay = (anHour = 0, fields: Partial<DayObservations> = {}): DayObservations => ({
  rows: anHour * 24,
  byHour: Array<number>(24).fill(anHour),
  details: undefined,
  rejected: 0,
  held: 0,
  wasRead: true,
  ...fields,
});

/** Every day from one to another, each the same. */
export const eachDay = (from: Day, to: Day, observations: DayObservations): Map<Day, DayObservations> =>
  new Map(daysBetween(from, to).map((day) => [day, observations]));

/** The eight weeks before yesterday, with the given number of events in each hour. */
export const eightWeeks = (anHour: number): Map<Day, DayObservations> => {
  const today = '2026-06-10' as Day;
  return eachDay(addDays(today, -58), addDays(today, -1), aDay(anHour));
};
