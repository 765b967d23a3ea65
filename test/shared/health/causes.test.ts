import { describe, expect, it } from '@jest/globals';
import { KnownSecrets } from '../../../shared/zoom/known-secrets.ts';
import { toConfigurationError } from '../../../shared/aws/aws-errors.ts';
import { reasonOf } from '../../../shared/errors.ts';
import { CAUSES, causeOf } from '../../../shared/health/causes.ts';
import { VERDICTS } from '../../../shared/health/verdict.ts';
import type { Failure } from '../../../shared/zoom/zoom-response.ts';
import type { FailureKind } from '../../../shared/zoom/failure-kind.ts';
import { STREAMS } from '../../../shared/model/stream.ts';
import { toError } from '../../../shared/zoom/zoom-errors.ts';

/** Every failure kind, with its verdict: a new kind doesn't compile until it is added here. */
const MEANINGS: Record<FailureKind, string> = {
  'token-dead': 'unauthorized',
  'grant-dead': 'unauthorized',
  'code-refused': 'unauthorized',
  'redirect-mismatch': 'unauthorized',
  'credentials-wrong': 'unauthorized',
  'app-disabled': 'unauthorized',
  'app-inactive': 'unauthorized',
  'app-kind-wrong': 'unauthorized',
  'scope-missing': 'unauthorized',
  'role-too-weak': 'unauthorized',
  'plan-too-small': 'unauthorized',
  'cloud-recording-off': 'unauthorized',
  'account-missing': 'unauthorized',
  'user-missing': 'unauthorized',
  'page-token-spent': 'zoom_failing',
  'day-too-old': 'zoom_failing',
  'request-wrong': 'zoom_failing',
  'limited-per-second': 'zoom_failing',
  'limited-per-day': 'zoom_failing',
  'zoom-unreachable': 'zoom_failing',
  'zoom-untrusted': 'zoom_failing',
  'proxy-refused': 'zoom_failing',
  'answer-too-long': 'zoom_failing',
  'zoom-failed': 'zoom_failing',
};

const FAILURE: Failure = { kind: 'transport', phase: 'broken', problem: 'ECONNRESET' };

const isKnown = (reason: string): boolean => Object.hasOwn(CAUSES, reason);

const named = (name: string, message = 'No.'): Error => Object.assign(new Error(message), { name });

describe('the causes', () => {
  it.each(Object.entries(MEANINGS) as [FailureKind, string][])(
    'have one for a refusal of Zoom that means %s: %s',
    (description, verdict) => {
      const reason = reasonOf(
        toError(
          description,
          FAILURE,
          { what: 'the operation log', permission: STREAMS.operation },
          new KnownSecrets(),
        ),
      );

      expect({ reason, isKnown: isKnown(reason) }).toEqual({ reason, isKnown: true });
      expect(causeOf(reason).verdict).toBe(verdict);
    },
  );

  it.each([
    [named('AccessDenied'), 'aws-denied'],
    [named('ExpiredToken'), 'aws-credentials'],
    [named('Error', 'Region is missing'), 'aws-region'],
  ])('have one for what AWS refuses: %s', (error, expected) => {
    const reason = reasonOf(toConfigurationError(error, { action: 's3:GetObject', resource: 's3://bucket' }));

    expect(reason).toBe(expected);
    expect({ reason, isKnown: isKnown(reason) }).toEqual({ reason, isKnown: true });
    expect(causeOf(reason).verdict).toBe('not_delivering');
  });

  it.each([
    ['secret-missing', 'unauthorized'],
    ['secret-deleted', 'unauthorized'],
    ['secret-malformed', 'unauthorized'],
    ['grant-unstored', 'not_delivering'],
    ['another-account', 'unauthorized'],
    ['not-connected', 'not_connected'],
    ['bucket-missing', 'not_delivering'],
    ['environment', 'not_delivering'],
    ['damaged-object', 'not_delivering'],
    ['rate-limited', 'throttled'],
    ['share-used', 'throttled'],
    ['stopped', 'zoom_failing'],
    ['not-running', 'not_running'],
  ])('have one for %s, wherever a run meets it: %s', (reason, verdict) => {
    expect({ reason, isKnown: isKnown(reason) }).toEqual({ reason, isKnown: true });
    expect(causeOf(reason).verdict).toBe(verdict);
  });

  it.each(['a-word-of-a-later-release', '', 'constructor', 'toString', '__proto__'])(
    'treat unknown errors as an unexpected failure: "%s"',
    (reason) => {
      expect(causeOf(reason)).toBe(CAUSES.failed);
    },
  );

  it.each(Object.entries(CAUSES))('describe the problem and one remedy of %s', (_, cause) => {
    expect(VERDICTS).toContain(cause.verdict);
    expect(cause.what).toMatch(/^[a-z][^\n]*[^.\s]$/);
    expect(cause.todo).toMatch(/^[A-Z][^\n]*\S$/);
  });

  it('name only existing commands', () => {
    const commands = Object.values(CAUSES).flatMap(({ todo }) => [
      ...todo.matchAll(/bin\/zoom-log-source (\w+)|npm run (\w+)/g),
    ]);

    expect(new Set(commands.map(([, ours, npm]) => ours ?? npm))).toEqual(new Set(['connect', 'deploy']));
  });
});
