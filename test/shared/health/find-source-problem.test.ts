import { describe, expect, it } from '@jest/globals';
import type { PollingObservations, SourceObservations } from '../../../shared/health/observations.ts';
import { findSourceProblem } from '../../../shared/health/find-source-problem.ts';
import { aPolling, aSource, aStream, minutesAgo, NOW } from '../../support/builders/observations.ts';

const HOURLY = { pollMs: 3_600_000 };
const EVERY_FIVE_MINUTES = { pollMs: 300_000 };
const UNKNOWN = { pollMs: undefined };

/** A source whose streams all have the same polls. */
const polled = (...pollings: Partial<PollingObservations>[]): SourceObservations =>
  aSource({ streams: pollings.map((fields) => aStream({ polling: aPolling(fields) })) });

const failing = (reason: string, minutes: number) => ({
  failing: { since: minutesAgo(minutes), reason, message: `${reason} happened.` },
});

describe('a source as a whole', () => {
  it('is healthy if its streams were read a moment ago', () => {
    expect(findSourceProblem(polled({}, {}), EVERY_FIVE_MINUTES, NOW)).toBeUndefined();
  });

  it('that cannot be read has a problem at once', () => {
    const observations = aSource({ unreadable: { reason: 'aws-denied', message: 'AWS denied it.' } });

    expect(findSourceProblem(observations, HOURLY, NOW)).toEqual({
      reason: 'aws-denied',
      message: 'AWS denied it.',
      since: NOW,
      isTimeless: true,
    });
  });

  it.each([
    ['three polls missed', HOURLY, 180, {}, false],
    ['more than three', HOURLY, 181, {}, true],
    ['three polls of five minutes, and no less than a quarter of an hour', EVERY_FIVE_MINUTES, 15, {}, false],
    ['more than a quarter of an hour', EVERY_FIVE_MINUTES, 16, {}, true],
    ['polls of a minute, and no more than a quarter of an hour', { pollMs: 60_000 }, 15, {}, false],
    ['less than three of the polls that there have been', UNKNOWN, 90, { everyMs: 1_800_000 }, false],
    ['more than three of the polls that there have been', UNKNOWN, 91, { everyMs: 1_800_000 }, true],
    ['one poll, so that the time of the next is unknown', UNKNOWN, 9999, { everyMs: undefined }, false],
  ])('is not running after %s: %o, %d minutes', (_, expected, minutes, fields, isProblem) => {
    const endedAt = minutesAgo(minutes);

    const problem = findSourceProblem(polled({ ...fields, endedAt }), expected, NOW);

    expect(problem).toEqual(
      isProblem ? { reason: 'not-running', message: undefined, since: endedAt } : undefined,
    );
  });

  it('runs as long as one of its streams is polled, at the interval of the slowest', () => {
    const longAgo = polled({ endedAt: minutesAgo(1000) }, {});
    const rarely = polled(
      { endedAt: minutesAgo(100), everyMs: 300_000 },
      { endedAt: minutesAgo(100), everyMs: 3_600_000 },
    );

    expect(findSourceProblem(longAgo, EVERY_FIVE_MINUTES, NOW)).toBeUndefined();
    expect(findSourceProblem(rarely, UNKNOWN, NOW)).toBeUndefined();
  });

  it.each([
    ['after the last poll: they say why', 29, 'aws-region'],
    ['at its very moment: they belong to it', 30, 'not-running'],
    ['before it: they are old news', 31, 'not-running'],
  ])('may have had last words %s', (_, minutes, reason) => {
    const lastFailure = { at: minutesAgo(minutes), reason: 'aws-region', message: 'Region is missing.' };
    const observations = { ...polled({ endedAt: minutesAgo(30) }), lastFailure };

    expect(findSourceProblem(observations, EVERY_FIVE_MINUTES, NOW)).toEqual({
      reason,
      message: reason === 'aws-region' ? 'Region is missing.' : undefined,
      since: minutesAgo(30),
    });
  });

  it('that was never polled is not connected yet, and later not running', () => {
    const since = (minutes: number) =>
      aSource({ streams: [aStream({ polling: undefined })], watchedSince: minutesAgo(minutes) });

    expect(findSourceProblem(since(15), EVERY_FIVE_MINUTES, NOW)).toEqual({
      reason: 'not-connected',
      message: undefined,
      since: minutesAgo(15),
    });
    expect(findSourceProblem(since(16), EVERY_FIVE_MINUTES, NOW)?.reason).toBe('not-running');
  });

  it('has a problem if each of its streams fails for one reason, since the first of them did', () => {
    const observations = polled(failing('grant-dead', 10), failing('token-dead', 20));

    expect(findSourceProblem(observations, EVERY_FIVE_MINUTES, NOW)).toMatchObject({
      reason: 'token-dead',
      since: minutesAgo(20),
    });
  });

  it('reports the refusal of each stream if they differ', () => {
    const refused = (message: string) => ({
      failing: { since: minutesAgo(20), reason: 'scope-missing', message },
    });
    const streams = (operation: string, activity: string) =>
      aSource({
        streams: [
          aStream({ polling: aPolling(refused(operation)) }),
          aStream({ stream: 'activity', polling: aPolling(refused(activity)) }),
        ],
      });

    const two = findSourceProblem(streams('Scope A.', 'Scope B.'), EVERY_FIVE_MINUTES, NOW);
    const one = findSourceProblem(streams('The app.', 'The app.'), EVERY_FIVE_MINUTES, NOW);

    expect(two?.message).toBe('operation: Scope A.\nactivity: Scope B.');
    expect(one?.message).toBe('The app.');
  });

  it('reports only the first message where no authorization is refused', () => {
    const failed = (message: string, minutes: number) => ({
      failing: { since: minutesAgo(minutes), reason: 'zoom-failing', message },
    });
    const observations = polled(failed('Status 502.', 10), failed('Status 503.', 20));

    expect(findSourceProblem(observations, EVERY_FIVE_MINUTES, NOW)).toEqual({
      reason: 'zoom-failing',
      since: minutesAgo(20),
      message: 'Status 503.',
    });
  });

  it.each([
    ['only one stream fails', polled(failing('grant-dead', 10), {})],
    [
      'one stream fails and the other was never polled',
      aSource({
        streams: [
          aStream({ polling: aPolling(failing('grant-dead', 10)) }),
          aStream({ stream: 'activity', polling: undefined }),
        ],
      }),
    ],
    ['they fail for different reasons', polled(failing('grant-dead', 10), failing('zoom-failing', 20))],
    [
      'one of three has another reason',
      polled(failing('grant-dead', 10), failing('grant-dead', 30), failing('zoom-failing', 20)),
    ],
  ])('is not in trouble where %s', (_, observations) => {
    expect(findSourceProblem(observations, EVERY_FIVE_MINUTES, NOW)).toBeUndefined();
  });
});
