import { describe, expect, it } from '@jest/globals';
import { deadline, overdue } from '../../../shared/health/assess-completeness.ts';
import type { DayObservations, StreamObservations } from '../../../shared/health/observations.ts';
import type { Day } from '../../../shared/model/day.ts';
import { day } from '../../support/builders/collector.ts';
import {
  aDay,
  aPolling,
  aSource,
  aStream,
  daysAgo,
  eachDay,
  expecting,
  NOW,
} from '../../support/builders/observations.ts';

const aMillisecondBefore = (at: Date): Date => new Date(at.getTime() - 1);

describe('an overdue day', () => {
  const DUE = new Date('2026-06-10T00:00:00Z');
  const stuck = (fields: Partial<StreamObservations> = {}): StreamObservations =>
    aStream({ closedUpTo: day('2026-06-03'), ...fields });

  it('is reported two days after the day should have closed at the end of its lookback', () => {
    const observations = aSource({ streams: [stuck()] });

    expect(overdue(observations, expecting(), aMillisecondBefore(DUE))).toBeUndefined();
    expect(overdue(observations, expecting(), DUE)).toEqual({
      cause: 'overdue',
      heading: 'completeness',
      since: DUE,
      gracePeriodMs: 0,
      what: 'The operation stream of acme is complete only up to 2026-06-03: 2026-06-04 should have closed two days ago.',
      todo: 'Collect the day, and check the output of the run: bin/zoom-log-source collect --deployed --source acme --from 2026-06-04 --to 2026-06-04 --wait',
      lost: 'Data loss: none. Readers that wait for the watermark are delayed.',
      error: undefined,
    });
  });

  it('names possible duplicates, if they are the cause', () => {
    const held = (copies: number) => {
      const days = new Map([[day('2026-06-04'), aDay(0, { held: copies })]]);
      return overdue(aSource({ streams: [stuck({ days })] }), expecting(), NOW)?.what;
    };

    expect(held(3)).toMatch(
      /two days ago\. 3 possible duplicates of that day await confirmation, because Zoom's list keeps changing\.$/,
    );
    expect(held(0)).toMatch(/two days ago\.$/);
  });

  it('is reported a week after the first poll if no day has closed at all', () => {
    const firstAt = daysAgo(7);
    const observations = aSource({
      streams: [stuck({ closedUpTo: undefined, polling: aPolling({ firstAt }) })],
    });

    expect(overdue(observations, expecting(), aMillisecondBefore(NOW))).toBeUndefined();
    expect(overdue(observations, expecting(), NOW)).toMatchObject({
      since: NOW,
      what: 'No day of the operation stream of acme has completed in the week since its first poll.',
      todo: expect.stringMatching(/ --from 2026-06-10 --to 2026-06-10 --wait$/),
    });
  });

  it('is not reported for a stream that was never polled, or that is up to date', () => {
    const never = aSource({ streams: [stuck({ polling: undefined }), aStream()] });

    expect(overdue(never, expecting(), NOW)).toBeUndefined();
  });

  it('is reported for the stream that is behind the longest', () => {
    const streams = [
      stuck({ stream: 'operation', closedUpTo: day('2026-06-01') }),
      stuck({ stream: 'activity', closedUpTo: day('2026-05-20') }),
    ];

    for (const inOrder of [streams, streams.toReversed()]) {
      expect(overdue(aSource({ streams: inOrder }), expecting(), NOW)?.what).toContain(
        'The activity stream of acme is complete only up to 2026-05-20',
      );
    }
  });
});

describe('a day that Zoom will soon delete', () => {
  /** What Zoom still keeps at NOW begins here, and a person has two weeks for what ends there. */
  const KEPT = day('2025-12-11');
  const UNTIL = day('2025-12-25');

  const readBut = (
    unread: string | undefined,
    observations?: DayObservations,
    fields: Partial<StreamObservations> = {},
  ): StreamObservations => {
    const days = eachDay(KEPT, UNTIL, aDay());
    if (unread !== undefined) days.delete(day(unread));
    if (unread !== undefined && observations) days.set(day(unread), observations);
    return aStream({ days, ...fields });
  };
  const deadlineOf = (streams: readonly StreamObservations[], pollingSince?: Day) =>
    deadline(aSource({ streams, pollingSince }), expecting({ auth: 'server-to-server' }), NOW);

  it('is reported with its date and how to collect it', () => {
    expect(deadlineOf([readBut('2025-12-14')])).toEqual({
      cause: 'zoom-forgets',
      heading: 'deadline',
      since: NOW,
      gracePeriodMs: 0,
      what: 'Zoom deletes 2025-12-14 in 3 days, and the operation stream of acme has not been read that far back.',
      todo: 'Collect those days now: bin/zoom-log-source collect --deployed --source acme --from 2025-12-14 --to 2025-12-25 --wait',
      lost: 'Data loss: rows of 2025-12-14 to 2025-12-25 may be lost, one more day each day.',
      error: undefined,
    });
  });

  it.each([
    ['the first day that Zoom keeps', readBut('2025-12-11'), true],
    ['the last of the two weeks', readBut('2025-12-25'), true],
    [
      'a day that is known, but was not read to its end',
      readBut('2025-12-14', aDay(5, { wasRead: false })),
      true,
    ],
    ['none of the two weeks', readBut(undefined), false],
    [
      'a day of a back-fill that began three days ago',
      readBut('2025-12-14', undefined, { polling: aPolling({ firstAt: daysAgo(3) }) }),
      false,
    ],
    [
      'a day of a back-fill that began before that',
      readBut('2025-12-14', undefined, { polling: aPolling({ firstAt: daysAgo(3.01) }) }),
      true,
    ],
    [
      'a day of a stream that was never polled',
      readBut('2025-12-14', undefined, { polling: undefined }),
      false,
    ],
  ])('%s', (_, stream, isTold) => {
    expect(deadlineOf([stream]) !== undefined).toBe(isTold);
  });

  it('is one that polling should collect', () => {
    expect(deadlineOf([readBut('2025-12-14')], day('2025-12-14'))).toBeDefined();
    expect(deadlineOf([readBut('2025-12-14')], day('2025-12-15'))).toBeUndefined();
    expect(deadlineOf([readBut(undefined)], day('2025-12-01'))).toBeUndefined();
  });

  it('is the oldest of all streams', () => {
    const streams = [readBut('2025-12-20'), readBut('2025-12-13', undefined, { stream: 'activity' })];

    for (const inOrder of [streams, streams.toReversed()]) {
      expect(deadlineOf(inOrder)?.what).toContain(
        'Zoom deletes 2025-12-13 in 2 days, and the activity stream',
      );
    }
  });

  it('comes before an authorization that ends', () => {
    const stream = readBut('2025-12-14', undefined, { polling: aPolling({ readAt: daysAgo(89) }) });

    expect(deadline(aSource({ streams: [stream], pollingSince: undefined }), expecting(), NOW)?.cause).toBe(
      'zoom-forgets',
    );
  });
});

describe('an authorization that expires', () => {
  const readLast = (...days: readonly (number | undefined)[]) =>
    aSource({
      streams: days.map((ago) =>
        aStream({
          polling: ago === undefined ? undefined : aPolling({ readAt: daysAgo(ago) }),
        }),
      ),
    });

  it('is reported fifteen days before, because Zoom ends it after ninety days without use', () => {
    expect(deadline(readLast(75), expecting(), aMillisecondBefore(NOW))).toBeUndefined();
    expect(deadline(readLast(75), expecting(), NOW)).toEqual({
      cause: 'authorization-ends',
      heading: 'deadline',
      since: NOW,
      gracePeriodMs: 0,
      what: 'The authorization of acme ends on 2026-06-25, because it has not been used since 2026-03-27.',
      todo: 'Get the source running by then (its other alarm says why it is not), or authorize it again: bin/zoom-log-source connect acme',
      lost: 'Data loss: none. Zoom keeps the rows for six months, and they are collected after the source is connected again.',
      error: undefined,
    });
  });

  it('has ended after ninety days', () => {
    expect(deadline(readLast(90), expecting(), NOW)?.what).toContain('acme ended on 2026-06-10, because');
    expect(deadline(readLast(89.99), expecting(), NOW)?.what).toContain('acme ends on 2026-06-10, because');
  });

  it('is used by each stream that is read', () => {
    expect(deadline(readLast(85, 20), expecting(), NOW)).toBeUndefined();
    expect(deadline(readLast(85, 80), expecting(), NOW)?.what).toContain('since 2026-03-22.');
  });

  it('does not exist for a source that was never read, or that has its own app', () => {
    expect(deadline(readLast(undefined), expecting(), NOW)).toBeUndefined();
    expect(deadline(readLast(80), expecting({ auth: 'server-to-server' }), NOW)).toBeUndefined();
  });
});
