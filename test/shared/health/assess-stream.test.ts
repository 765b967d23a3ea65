import { describe, expect, it } from '@jest/globals';
import { assessStream } from '../../../shared/health/assess-stream.ts';
import type { Expectations, StreamObservations } from '../../../shared/health/observations.ts';
import { problemToFinding } from '../../../shared/health/source-problem.ts';
import { day } from '../../support/builders/collector.ts';
import {
  aDay,
  aPolling,
  aStream,
  daysAgo,
  expecting,
  minutesAgo,
  NOW,
} from '../../support/builders/observations.ts';

const assessed = (observations: Partial<StreamObservations>, expected: Partial<Expectations> = {}) =>
  assessStream(aStream(observations), 'acme', expecting(expected), NOW);

describe('a stream that cannot be read', () => {
  it('has the verdict of its failure, and on-call is notified', () => {
    const failing = { since: minutesAgo(50), reason: 'scope-missing', message: 'Zoom refuses.' };

    expect(assessed({ polling: aPolling({ failing }) })).toEqual({
      assessment: {
        stream: 'operation',
        verdict: 'unauthorized',
        since: minutesAgo(50),
        cause: 'scope-missing',
        because: 'it lacks a scope',
      },
      finding: problemToFinding('The operation stream of acme', failing, undefined, NOW),
    });
  });
});

describe('a stream whose rows can no longer be parsed', () => {
  it('is reported immediately, with the place to check', () => {
    const days = new Map([[day('2026-06-10'), aDay(0, { rows: 20, rejected: 20 })]]);
    const lost = '20 of 20 rows of today and yesterday could not be read and are in rejected/';

    expect(assessed({ days })).toEqual({
      assessment: {
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
        gracePeriodMs: 0,
        what: `The operation stream of acme: ${lost}.`,
        todo: 'Check the rows (bin/zoom-log-source show --out s3://BUCKET --source acme --stream operation, and rejected/ there). Report what differs from earlier rows.',
        lost: 'Data loss: none. Every row is stored as Zoom sent it. A later release can parse it.',
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
  const explanation = '3 rows of 2026-06-10 could not be read, and no readable row has arrived since';

  it('is not parsed, however few the rows are and however new its newest event is', () => {
    const { assessment, finding } = assessed({ unreadable, newestEvent: minutesAgo(45) });

    expect(assessment).toEqual({
      stream: 'operation',
      verdict: 'not_parsing',
      since: minutesAgo(40),
      cause: 'not-parsing',
      because: explanation,
    });
    expect(finding).toMatchObject({
      heading: 'not_parsing',
      since: minutesAgo(40),
      gracePeriodMs: 30 * 60_000,
      what: `The operation stream of acme: ${explanation}.`,
      lost: expect.stringMatching(/^Data loss: none\. /),
    });
  });

  it('is never called silent', () => {
    const few = { ...unreadable, rows: 1, isFew: true };

    expect(assessed({ unreadable: few, newestEvent: daysAgo(0.5) }).assessment.verdict).toBe('quiet');
    expect(assessed({ unreadable: few, newestEvent: daysAgo(2) }).assessment).toMatchObject({
      verdict: 'not_parsing',
      because: '1 row of 2026-06-10 could not be read, and no readable row has arrived since',
    });
  });

  it('flows, where they are few', () => {
    const { assessment, finding } = assessed({ unreadable: { ...unreadable, isFew: true } });

    expect([assessment.verdict, finding]).toEqual(['flowing', undefined]);
  });
});

describe('a stream that was never polled', () => {
  it('is quiet, and on-call is not notified', () => {
    const { assessment, finding } = assessed({ polling: undefined, newestEvent: undefined });

    expect([assessment.verdict, finding]).toEqual(['quiet', undefined]);
  });
});

describe('a stream that is silent for too long', () => {
  it('is reported with one duration, its start, the data loss, and the remedy', () => {
    const explanation =
      'no new event for 48 hours, counted from its newest event at 2026-06-08 12:00 UTC; the limit is 24 hours ("dropOffMinutes")';

    expect(assessed({ newestEvent: daysAgo(2) })).toEqual({
      assessment: {
        stream: 'operation',
        verdict: 'silent',
        since: daysAgo(2),
        cause: 'silent',
        because: explanation,
      },
      finding: {
        cause: 'silent',
        heading: 'silent',
        since: daysAgo(2),
        gracePeriodMs: 0,
        what: `The operation stream of acme is silent: ${explanation}. Zoom responds without errors.`,
        todo: "Find out whether anyone used Zoom in that time. If so, check whether the same report in Zoom's admin portal shows newer rows. The runbook says where.",
        lost: 'Data loss: none. Each poll reads whole days, so late rows are still collected.',
        error: undefined,
      },
    });
  });
});
