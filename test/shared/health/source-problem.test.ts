import { describe, expect, it } from '@jest/globals';
import { CAUSES, causeOf } from '../../../shared/health/causes.ts';
import { problemToFinding } from '../../../shared/health/source-problem.ts';
import { MINUTE_MS } from '../../../shared/model/duration.ts';
import { daysAgo, minutesAgo, NOW } from '../../support/builders/observations.ts';

const SINCE = minutesAgo(7);

const problemOf = (reason: string) => ({ reason, since: SINCE, message: 'Zoom said no.' });
const inMinutes = (minutes: number): Date => minutesAgo(-minutes);

describe('a problem', () => {
  it('becomes a finding with its cause, remedy, data loss and original error', () => {
    expect(problemToFinding('acme', problemOf('grant-dead'), undefined, NOW)).toEqual({
      cause: 'grant-dead',
      heading: 'unauthorized',
      since: SINCE,
      gracePeriodMs: 0,
      what: 'acme has an authorization that was revoked, was replaced or has expired.',
      todo: causeOf('grant-dead').todo,
      lost: 'Data loss: none. Zoom keeps the rows for six months, and the next successful run collects them all.',
      error: 'Zoom said no.',
    });
  });

  it.each([
    ['grant-dead', 0],
    ['not-running', 0],
    ['share-used', 30],
    ['zoom-failing', 30],
    ['bucket-missing', 10],
  ])('%s has a grace period of %d minutes', (reason, minutes) => {
    const { gracePeriodMs } = problemToFinding('acme', problemOf(reason), undefined, NOW);

    expect(gracePeriodMs).toBe(minutes * MINUTE_MS);
  });

  it('of delivery loses nothing while Zoom keeps the rows', () => {
    const { lost } = problemToFinding('acme', problemOf('aws-denied'), undefined, NOW);

    expect(lost).toBe(
      'Data loss: none while Zoom keeps the rows (six months). The first run after the repair delivers them.',
    );
  });

  it.each([
    ['the oldest day that Zoom keeps', '2025-12-11T00:00:00Z', /^Data loss: none\. /],
    ['the day before', '2025-12-10T23:59:59Z', /^Data loss: rows of 2025-12-10 to 2025-12-10 may be lost/],
  ])('loses rows once Zoom no longer keeps its first day: %s', (_, since, lost) => {
    const problem = { ...problemOf('grant-dead'), since: new Date(since) };

    expect(problemToFinding('acme', problem, undefined, NOW).lost).toMatch(lost);
  });

  it.each([
    [
      'a bucket that is gone',
      { ...problemOf('bucket-missing') },
      'Data loss: rows before 2025-12-11 may be lost with the bucket. Zoom keeps the later rows, and they are collected again.',
    ],
    [
      'a trouble that lasts for longer than Zoom keeps rows',
      { ...problemOf('grant-dead'), since: daysAgo(200) },
      'Data loss: rows of 2025-11-22 to 2025-12-10 may be lost, because Zoom no longer keeps them. The next successful run collects the later rows.',
    ],
  ])('says which rows may be lost by %s', (_, problem, lost) => {
    expect(problemToFinding('acme', problem, undefined, NOW).lost).toBe(lost);
  });

  it.each(Object.keys(CAUSES))('states the data loss in one of two forms: %s', (reason) => {
    for (const since of [SINCE, daysAgo(200)]) {
      const { lost } = problemToFinding('acme', { ...problemOf(reason), since }, undefined, NOW);

      expect(lost).toMatch(/^Data loss: (?:none\b|rows .+ may be lost\b)/);
    }
  });

  it('with an unknown start has no grace period', () => {
    const problem = { ...problemOf('bucket-missing'), isTimeless: true };

    expect(problemToFinding('acme', problem, undefined, NOW).gracePeriodMs).toBe(0);
  });

  it.each([
    ['rate-limited', 30, 30, 'for so long that patience reaches as far'],
    ['rate-limited', 31, 0, 'for longer'],
    ['zoom-failing', 31, 30, 'for longer, which is not why Zoom fails'],
  ])('%s, Zoom being asked for nothing for %d minutes, has patience for %d: %s', (reason, ends, minutes) => {
    const { gracePeriodMs } = problemToFinding('acme', problemOf(reason), inMinutes(ends), NOW);

    expect(gracePeriodMs).toBe(minutes * MINUTE_MS);
  });

  it('has the time until which Zoom accepts no requests, if that is the problem', () => {
    const throttled = problemToFinding('acme', problemOf('rate-limited'), inMinutes(60), NOW);
    const failing = problemToFinding('acme', problemOf('zoom-failing'), inMinutes(60), NOW);

    expect(throttled.what).toBe(`acme ${causeOf('rate-limited').what} until 2026-06-10T13:00:00.000Z.`);
    expect(failing.what).toBe('acme gets no usable response from Zoom.');
  });

  it('that is older has been there since then', () => {
    const problem = { ...problemOf('zoom-failing'), since: daysAgo(2) };

    expect(problemToFinding('acme', problem, undefined, NOW).since).toEqual(daysAgo(2));
  });
});
