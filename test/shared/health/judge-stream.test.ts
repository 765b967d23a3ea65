import { describe, expect, it } from '@jest/globals';
import { judgeStream } from '../../../shared/health/judge-stream.ts';
import type { Expectations, StreamSigns } from '../../../shared/health/signs.ts';
import { troubleToFinding } from '../../../shared/health/trouble.ts';
import { day } from '../../support/collector.ts';
import { aDay, aPolling, aStream, daysAgo, expecting, minutesAgo, NOW } from '../../support/signs.ts';

const judged = (signs: Partial<StreamSigns>, expected: Partial<Expectations> = {}) =>
  judgeStream(aStream(signs), 'acme', expecting(expected), NOW);

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
    const lost = '20 of 20 rows of today and yesterday could not be read, and lie in rejected/';

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
        todo: 'Look at the rows (bin/zoom-log-source show --out s3://BUCKET --source acme --stream operation, and rejected/ there), and report what differs from the rows of before.',
        lost: 'Nothing is lost: every row is kept as Zoom sent it. What it says is not taken apart until a release can.',
        error: undefined,
      },
    });
  });
});

describe('a stream whose last rows could not be read', () => {
  const unreadable = {
    rows: 3,
    from: day('2026-06-10'),
    to: day('2026-06-10'),
    since: minutesAgo(40),
    isFew: false,
  };
  const because = '3 rows of 2026-06-10 could not be read, and no readable row came since';

  it('is not parsed, however few the rows are and however new its newest event is', () => {
    const { judgement, finding } = judged({ unreadable, newestEvent: minutesAgo(45) });

    expect(judgement).toEqual({
      stream: 'operation',
      verdict: 'not_parsing',
      since: minutesAgo(40),
      cause: 'not-parsing',
      because,
    });
    expect(finding).toMatchObject({
      heading: 'not_parsing',
      since: minutesAgo(40),
      patienceMs: 30 * 60_000,
      what: `The operation stream of acme: ${because}.`,
      lost: expect.stringMatching(/^Nothing is lost: /),
    });
  });

  it('is never called silent', () => {
    const few = { ...unreadable, rows: 1, isFew: true };

    expect(judged({ unreadable: few, newestEvent: daysAgo(0.5) }).judgement.verdict).toBe('quiet');
    expect(judged({ unreadable: few, newestEvent: daysAgo(2) }).judgement).toMatchObject({
      verdict: 'not_parsing',
      because: '1 row of 2026-06-10 could not be read, and no readable row came since',
    });
  });

  it('flows, where they are few', () => {
    const { judgement, finding } = judged({ unreadable: { ...unreadable, isFew: true } });

    expect([judgement.verdict, finding]).toEqual(['flowing', undefined]);
  });
});

describe('a stream that is silent for too long', () => {
  it('is told with one length of time, what that counts from, what is lost, and what to do', () => {
    const because =
      'no new event for 48 hours, counted from its newest event at 2026-06-08 12:00 UTC; the limit is 24 hours ("dropOffMinutes")';

    expect(judged({ newestEvent: daysAgo(2) })).toEqual({
      judgement: { stream: 'operation', verdict: 'silent', since: daysAgo(2), cause: 'silent', because },
      finding: {
        cause: 'silent',
        heading: 'silent',
        since: daysAgo(2),
        patienceMs: 0,
        what: `The operation stream of acme is silent: ${because}. Zoom answers without an error.`,
        todo: "Ask whether anybody used Zoom in that time. If so, see whether the same report in Zoom's admin portal shows newer rows; the runbook says where.",
        lost: 'Nothing is lost: each poll reads whole days, so rows that Zoom shows late still come.',
        error: undefined,
      },
    });
  });
});
