import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assessSource } from '../../../shared/health/assess-source.ts';
import type {
  DayObservations,
  Expectations,
  PollingObservations,
  SourceObservations,
  StreamObservations,
} from '../../../shared/health/observations.ts';
import { VERDICTS, WELL } from '../../../shared/health/verdict.ts';
import { addDays, type Day, dayOf } from '../../../shared/model/day.ts';
import { MINUTE_MS } from '../../../shared/model/duration.ts';
import { STREAM_NAMES } from '../../../shared/model/stream.ts';
import { runs } from '../../support/builders/damage.ts';

const NOW = new Date('2026-11-20T12:34:56Z');

const maybe = <T>(what: fc.Arbitrary<T>) => fc.option(what, { nil: undefined });
/** Mostly of the past; clocks differ, so a little of the future, too. */
const anInstant = fc
  .oneof(fc.integer({ min: -30, max: 120 }), fc.integer({ min: -30, max: 60 * 24 * 60 }))
  .map((minutesAgo) => new Date(NOW.getTime() - minutesAgo * MINUTE_MS));
const aDay = fc.integer({ min: -200, max: 1 }).map((count): Day => addDays(dayOf(NOW), count));
const aReason = fc.constantFrom(
  ...[
    'scope-missing',
    'role-too-weak',
    'rate-limited',
    'zoom-failing',
    'failed',
    'damaged-object',
    'not-connected',
  ],
  ...['credentials-wrong', 'connection-ended', 'an unknown reason', '', 'constructor'],
);
const anError = fc.record({ reason: aReason, message: fc.string({ maxLength: 50 }) });

const aPolling: fc.Arbitrary<PollingObservations> = fc.record({
  firstAt: anInstant,
  endedAt: anInstant,
  firstReadAt: maybe(anInstant),
  readAt: maybe(anInstant),
  failing: maybe(fc.record({ since: anInstant, reason: aReason, message: fc.string() })),
  everyMs: maybe(fc.nat({ max: 86_400_000 })),
});
const someDays = fc
  .array(
    fc.tuple(
      aDay,
      fc.record({
        rows: fc.nat({ max: 5000 }),
        byHour: maybe(fc.array(fc.nat({ max: 200 }), { minLength: 24, maxLength: 24 })),
        details: maybe(fc.record({ read: fc.nat({ max: 500 }), unread: fc.nat({ max: 500 }) })),
        rejected: fc.nat({ max: 3 }),
        held: fc.nat({ max: 3 }),
        wasRead: fc.boolean(),
      }),
    ),
    { maxLength: 20 },
  )
  .map((days): ReadonlyMap<Day, DayObservations> => new Map(days));
const aStream = (stream: StreamObservations['stream']): fc.Arbitrary<StreamObservations> =>
  fc.record({
    stream: fc.constant(stream),
    polling: maybe(aPolling),
    newestEvent: maybe(anInstant),
    unreadable: maybe(
      fc.record({
        rows: fc.integer({ min: 1, max: 5000 }),
        from: aDay,
        to: aDay,
        since: anInstant,
        isFew: fc.boolean(),
      }),
    ),
    closedUpTo: maybe(aDay),
    completeUpTo: maybe(aDay),
    days: someDays,
  });
const observations: fc.Arbitrary<SourceObservations> = fc.record({
  source: fc.constant('acme'),
  streams: fc.tuple(...STREAM_NAMES.map(aStream)),
  watchedSince: anInstant,
  pollingSince: maybe(aDay),
  requestsToday: fc.nat({ max: 100_000 }),
  parkedUntil: maybe(anInstant),
  unreadable: maybe(anError),
  lastFailure: maybe(fc.record({ at: anInstant, reason: aReason, message: fc.string() })),
});
const minutes = fc.constantFrom(0, 15, 1440, 43_200);
const expectations: fc.Arbitrary<Expectations> = fc.record({
  auth: fc.constantFrom('oauth' as const, 'server-to-server' as const),
  pollMs: maybe(fc.integer({ min: 1, max: 1440 }).map((count) => count * MINUTE_MS)),
  lookbackDays: fc.integer({ min: 1, max: 30 }),
  dropOffMinutes: fc.record({ operation: minutes, activity: minutes }),
  learnedBaseline: fc.boolean(),
  quietDays: fc.array(aDay, { maxLength: 4 }),
});

describe('an assessment of any observations', () => {
  it('has one valid verdict for each stream, with its cause and an explanation', () => {
    fc.assert(
      fc.property(observations, expectations, (given, expected) => {
        const { source, streams } = assessSource(given, expected, NOW);

        expect(source).toBe('acme');
        expect(streams.map(({ stream }) => stream)).toEqual([...STREAM_NAMES]);
        for (const { verdict, cause, because: explanation } of streams) {
          expect(VERDICTS).toContain(verdict);
          expect(explanation).toMatch(/\w/);
          expect(explanation).not.toMatch(/undefined|NaN|Invalid|\[object/);
          if (!WELL.has(verdict)) expect(typeof cause).toBe('string');
        }
      }),
      runs(500),
    );
  });

  it('has one result per alarm, and all texts in each finding', () => {
    fc.assert(
      fc.property(observations, expectations, (given, expected) => {
        const { assessments } = assessSource(given, expected, NOW);

        expect(assessments.map(({ kind, stream }) => `${kind} ${stream ?? ''}`.trim()).sort()).toEqual(
          [
            'collection',
            'completeness',
            'deadline',
            ...STREAM_NAMES.map((name) => `drop-off ${name}`),
          ].sort(),
        );
        for (const { finding } of assessments) {
          if (finding === undefined || finding === 'suppressed') continue;
          const { heading, since, gracePeriodMs, what, todo, lost } = finding;
          expect(since.getTime()).not.toBeNaN();
          expect(gracePeriodMs).toBeGreaterThanOrEqual(0);
          for (const words of [heading, what, todo, lost]) {
            expect(words).toMatch(/\w/);
            expect(words).not.toMatch(/undefined|NaN|Invalid Date|\[object/);
          }
        }
      }),
      runs(500),
    );
  });

  it('raises an alarm for every unhealthy state, unless another problem must be solved first', () => {
    fc.assert(
      fc.property(observations, expectations, (given, expected) => {
        const { streams, assessments } = assessSource(given, expected, NOW);

        for (const { stream, verdict } of streams) {
          if (WELL.has(verdict)) continue;
          const about = assessments.filter((one) => one.stream === stream || one.kind === 'collection');
          expect(about.some(({ finding }) => finding !== undefined)).toBe(true);
        }
      }),
      runs(500),
    );
  });

  it('is the same for the same', () => {
    fc.assert(
      fc.property(observations, expectations, (given, expected) => {
        expect(assessSource(given, expected, NOW)).toEqual(assessSource(given, expected, NOW));
      }),
      runs(100),
    );
  });
});
