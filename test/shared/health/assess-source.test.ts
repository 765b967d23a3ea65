import { describe, expect, it } from '@jest/globals';
import type { Finding } from '../../../shared/health/finding.ts';
import { assessSource } from '../../../shared/health/assess-source.ts';
import type { SourceObservations } from '../../../shared/health/observations.ts';
import { day } from '../../support/builders/collector.ts';
import {
  aPolling,
  aSource,
  aStream,
  daysAgo,
  expecting,
  minutesAgo,
  NOW,
} from '../../support/builders/observations.ts';

/** The result of each alarm: the cause of a finding, `hidden`, or nothing. */
const saidOf = (observations: SourceObservations): [string, string | undefined, string | undefined][] =>
  assessSource(observations, expecting(), NOW).assessments.map(({ kind, stream, finding }) => [
    kind,
    stream,
    typeof finding === 'object' ? finding.cause : finding,
  ]);

const bothStreams = (fields: Parameters<typeof aStream>[0] = {}) => [
  aStream(fields),
  aStream({ ...fields, stream: 'activity' }),
];

describe('a source', () => {
  it('that is healthy has no alarm, and an assessment of each stream', () => {
    const observations = aSource({ streams: bothStreams() });

    const { source, streams } = assessSource(observations, expecting(), NOW);

    expect(source).toBe('acme');
    expect(streams.map(({ stream, verdict }) => [stream, verdict])).toEqual([
      ['operation', 'flowing'],
      ['activity', 'flowing'],
    ]);
    expect(saidOf(observations)).toEqual([
      ['collection', undefined, undefined],
      ['drop-off', 'operation', undefined],
      ['drop-off', 'activity', undefined],
      ['completeness', undefined, undefined],
      ['deadline', undefined, undefined],
    ]);
  });

  it('that runs has a finding for each problem', () => {
    const streams = [
      aStream({ newestEvent: daysAgo(2), closedUpTo: day('2026-05-01') }),
      aStream({ stream: 'activity' }),
    ];

    expect(saidOf(aSource({ streams, pollingSince: undefined }))).toEqual([
      ['collection', undefined, undefined],
      ['drop-off', 'operation', 'silent'],
      ['drop-off', 'activity', undefined],
      ['completeness', undefined, 'overdue'],
      ['deadline', undefined, 'zoom-forgets'],
    ]);
  });

  it('whose streams are refused for different reasons has each stream explained by its own', () => {
    const refused = (reason: string) =>
      aPolling({ failing: { since: minutesAgo(20), reason, message: `${reason}.` } });
    const streams = [
      aStream({ polling: refused('scope-missing') }),
      aStream({ stream: 'activity', polling: refused('role-too-weak') }),
    ];

    const assessed = assessSource(aSource({ streams }), expecting(), NOW).streams;

    expect(assessed.map(({ cause, because: explanation }) => [cause, explanation])).toEqual([
      ['scope-missing', 'acme lacks a scope'],
      ['role-too-weak', 'acme is authorized by a user whose role lacks privileges'],
    ]);
  });

  it('that is not polled has only that finding: others are unknown', () => {
    const endedAt = daysAgo(80);
    const observations = aSource({
      streams: bothStreams({ polling: aPolling({ endedAt, readAt: endedAt }) }),
    });

    expect(assessSource(observations, expecting(), NOW).streams).toEqual(
      (['operation', 'activity'] as const).map((stream) => ({
        stream,
        verdict: 'not_running',
        since: endedAt,
        cause: 'not-running',
        because: 'acme is not polled',
      })),
    );
    expect(saidOf(observations)).toEqual([
      ['collection', undefined, 'not-running'],
      ['drop-off', 'operation', 'suppressed'],
      ['drop-off', 'activity', 'suppressed'],
      ['completeness', undefined, 'suppressed'],
      ['deadline', undefined, 'authorization-ends'],
    ]);
  });

  it('that is throttled has the end of the limit', () => {
    const failing = { since: minutesAgo(60), reason: 'rate-limited', message: 'Too many requests.' };
    const observations = aSource({
      streams: [aStream({ polling: aPolling({ failing }) })],
      parkedUntil: minutesAgo(-600),
    });

    const [collection] = assessSource(observations, expecting(), NOW).assessments;

    expect((collection?.finding as Finding).what).toMatch(/ until 2026-06-10T22:00:00\.000Z\.$/);
  });

  it('that cannot be read hides its deadline, too', () => {
    const unreadable = { reason: 'aws-denied', message: 'AWS denied it.' };

    expect(saidOf(aSource({ unreadable, pollingSince: undefined }))).toEqual([
      ['collection', undefined, 'aws-denied'],
      ['drop-off', 'operation', 'suppressed'],
      ['completeness', undefined, 'suppressed'],
      ['deadline', undefined, 'suppressed'],
    ]);
  });

  it('that is not connected has no expectations and no notification', () => {
    const failing = { since: daysAgo(80), reason: 'not-connected', message: 'Connect it.' };
    const observations = aSource({
      streams: [aStream({ polling: aPolling({ failing, readAt: daysAgo(80) }) })],
      pollingSince: undefined,
    });

    expect(assessSource(observations, expecting(), NOW).streams).toMatchObject([
      { verdict: 'not_connected', because: 'acme is not connected to Zoom' },
    ]);
    expect(saidOf(observations)).toEqual([
      ['collection', undefined, undefined],
      ['drop-off', 'operation', undefined],
      ['completeness', undefined, undefined],
      ['deadline', undefined, undefined],
    ]);
  });
});
