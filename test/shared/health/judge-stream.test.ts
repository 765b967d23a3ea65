import { describe, expect, it } from '@jest/globals';
import { judgeStream } from '../../../shared/health/judge-stream.ts';
import type { Expectations, StreamSigns } from '../../../shared/health/signs.ts';
import { troubleToFinding } from '../../../shared/health/trouble.ts';
import { day } from '../../support/collector.ts';
import {
  aDay,
  aPolling,
  aStream,
  daysAgo,
  eightWeeks,
  expecting,
  minutesAgo,
  NOW,
} from '../../support/signs.ts';

const judged = (signs: Partial<StreamSigns>, expected: Partial<Expectations> = {}) =>
  judgeStream(aStream(signs), 'acme', expecting(expected), NOW);

const toldAfter = (minutes: number): Partial<Expectations> => ({
  dropOffMinutes: { operation: minutes, activity: 1 },
});

describe('a stream that cannot be read', () => {
  it('has the verdict of its failure, and on-call hears of the trouble', () => {
    const failing = { since: minutesAgo(50), reason: 'scope-missing', message: 'Zoom refuses.' };

    expect(judged({ polling: aPolling({ failing }) })).toEqual({
      judgement: {
        stream: 'operation',
        verdict: 'unauthorized',
        since: minutesAgo(50),
        cause: 'scope-missing',
        because: 'it lacks a scope',
      },
      finding: troubleToFinding('The operation stream of acme', failing, undefined, NOW),
    });
  });
});

describe('a stream whose rows have lost their meaning', () => {
  it('is told at once, with where to look', () => {
    const days = new Map([[day('2026-06-10'), aDay(0, { rows: 20, rejected: 20 })]]);
    const lost = '20 of 20 rows of today and yesterday have no readable time, and lie in rejected/';

    expect(judged({ days })).toEqual({
      judgement: {
        stream: 'operation',
        verdict: 'not_parsing',
        since: undefined,
        cause: 'not-parsing',
        because: lost,
      },
      finding: {
        cause: 'not-parsing',
        heading: 'not_parsing',
        since: NOW,
        patienceMs: 0,
        what: `The operation stream of acme: ${lost}.`,
        todo: 'Look at the rows (bin/zoom-log-source show --out s3://BUCKET --source acme --stream operation), and report their form: Zoom has changed it.',
        lost: 'Nothing is lost: every row is kept as Zoom sent it. What it says is not taken apart until a release can.',
        error: undefined,
      },
    });
  });
});

describe('the silence of a stream', () => {
  const NEVER_POLLED = { polling: undefined, newestEvent: undefined };
  const noEventFor = (minutes: number): Partial<StreamSigns> => ({
    newestEvent: undefined,
    polling: aPolling({ firstReadAt: minutesAgo(minutes) }),
  });

  it.each<[string, Partial<StreamSigns>, number, string, string]>([
    ['a moment', { newestEvent: minutesAgo(10) }, 1440, 'flowing', 'newest event 2026-06-10 11:50 UTC'],
    [
      'just not an hour',
      { newestEvent: minutesAgo(59) },
      1440,
      'flowing',
      'newest event 2026-06-10 11:01 UTC',
    ],
    [
      'an hour',
      { newestEvent: minutesAgo(60) },
      1440,
      'quiet',
      'newest event 2026-06-10 11:00 UTC; silent for 60 minutes, less than the 24 hours that it may be',
    ],
    [
      'less than its half hour',
      { newestEvent: minutesAgo(29) },
      30,
      'flowing',
      'newest event 2026-06-10 11:31 UTC',
    ],
    [
      'its half hour',
      { newestEvent: minutesAgo(30) },
      30,
      'silent',
      'newest event 2026-06-10 11:30 UTC; silent for 30 minutes, longer than the 30 minutes that it may be',
    ],
    [
      'three days, told of none',
      { newestEvent: daysAgo(3) },
      0,
      'quiet',
      'newest event 2026-06-07 12:00 UTC; silent for 3 days, its alarm is switched off',
    ],
    [
      'a moment, told of none',
      { newestEvent: minutesAgo(10) },
      0,
      'flowing',
      'newest event 2026-06-10 11:50 UTC',
    ],
    [
      'two days without any event',
      noEventFor(2 * 1440),
      1440,
      'silent',
      'no event yet; silent for 48 hours, longer than the 24 hours that it may be',
    ],
    [
      'ten minutes without any event',
      noEventFor(10),
      1440,
      'quiet',
      'no event yet; silent for 10 minutes, less than the 24 hours that it may be',
    ],
    [
      'weeks, but nobody has looked for longer than two hours',
      { newestEvent: daysAgo(20), polling: aPolling({ firstReadAt: minutesAgo(120) }) },
      1440,
      'quiet',
      'newest event 2026-05-21 12:00 UTC; silent for 2 hours, less than the 24 hours that it may be',
    ],
    [
      'three hours of polls that read nothing',
      { newestEvent: undefined, polling: aPolling({ firstAt: minutesAgo(180), firstReadAt: undefined }) },
      120,
      'silent',
      'no event yet; silent for 3 hours, longer than the 2 hours that it may be',
    ],
    [
      'who knows how long: nobody has looked',
      NEVER_POLLED,
      1440,
      'quiet',
      'no event yet; silent for 0 minutes, less than the 24 hours that it may be',
    ],
  ])('of %s', (_, signs, threshold, verdict, because) => {
    const { judgement, finding } = judged(signs, toldAfter(threshold));

    expect(judgement).toMatchObject({ stream: 'operation', verdict, cause: verdict, because });
    expect(finding !== undefined).toBe(verdict === 'silent');
  });

  it('that is too long is told since when it lasts, with what to ask', () => {
    const because =
      'newest event 2026-06-08 12:00 UTC; silent for 48 hours, longer than the 24 hours that it may be';

    expect(judged({ newestEvent: daysAgo(2) })).toEqual({
      judgement: { stream: 'operation', verdict: 'silent', since: daysAgo(2), cause: 'silent', because },
      finding: {
        cause: 'silent',
        heading: 'silent',
        since: daysAgo(2),
        patienceMs: 0,
        what: `The operation stream of acme is silent: Zoom answers, and has nothing new (${because}).`,
        todo: "Ask whether anybody worked. If so, look whether the same report in Zoom's admin portal shows newer rows.",
        lost: 'Nothing that Zoom has shown: each poll reads what there is.',
        error: undefined,
      },
    });
  });

  it('does not count the time of quiet days', () => {
    const quietDays = [day('2026-06-09')];

    expect(judged({ newestEvent: daysAgo(1.9) }, { quietDays }).judgement.verdict).toBe('quiet');
    expect(judged({ newestEvent: daysAgo(2) }, { quietDays }).judgement.verdict).toBe('silent');
  });

  describe('with a learned baseline', () => {
    const LEARNED = { learnedBaseline: true };
    const NEVER =
      'in each of the last 8 weeks the hours from Wed 09:00 to Wed 11:00 UTC had at least 20 events (20 in the middle), and now none';
    const OFTEN = 'in 8 of the last 8 weeks the hours from Tue 09:00 to Wed 11:00 UTC had no events either';
    const busy = { newestEvent: new Date('2026-06-10T08:30:00Z'), days: eightWeeks(10) };
    const idle = { newestEvent: new Date('2026-06-09T08:30:00Z'), days: eightWeeks(0) };

    it('is told before its threshold if it never was', () => {
      const { judgement, finding } = judged(busy, LEARNED);

      expect(judgement.verdict).toBe('silent');
      expect(judgement.because).toBe(`newest event 2026-06-10 08:30 UTC; silent for 3 hours, ${NEVER}`);
      expect(finding?.cause).toBe('silent');
    });

    it('is not told beyond its threshold if it often was', () => {
      const { judgement, finding } = judged(idle, LEARNED);

      expect(judgement.verdict).toBe('quiet');
      expect(judgement.because).toBe(`newest event 2026-06-09 08:30 UTC; silent for 27 hours, ${OFTEN}`);
      expect(finding).toBeUndefined();
    });

    it('goes by its threshold where nothing is learned, or nothing is to be', () => {
      expect(judged({ ...busy, days: new Map() }, LEARNED).judgement.verdict).toBe('quiet');
      expect(judged(busy).judgement.verdict).toBe('quiet');
      expect(judged(idle).judgement.verdict).toBe('silent');
    });

    it('is not told where the alarm is switched off, however unusual', () => {
      const { judgement, finding } = judged(busy, { ...LEARNED, ...toldAfter(0) });

      expect(judgement).toMatchObject({ verdict: 'quiet', because: expect.stringContaining(NEVER) });
      expect(finding).toBeUndefined();
    });
  });
});
