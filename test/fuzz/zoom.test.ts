import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigurationError, RateLimitedError, UpstreamError } from '../../shared/errors.ts';
import { instantOf } from '../../shared/model/instant.ts';
import { identify } from '../../shared/model/raw-row.ts';
import { eventToLine, parseRow, parsedRowToFlat, parsedRowToOcsf } from '../../shared/normalize/index.ts';
import { AccountCredentials } from '../../shared/zoom/account-credentials.ts';
import { type Failure, readErrorBody, type ZoomResponse } from '../../shared/zoom/zoom-response.ts';
import type { HttpTransport } from '../../shared/zoom/http-transport.ts';
import type { FailureKind } from '../../shared/zoom/failure-kind.ts';
import { classifyFailure } from '../../shared/zoom/failure-kind.ts';
import { KnownSecrets } from '../../shared/zoom/known-secrets.ts';
import { Pacer } from '../../shared/zoom/pacer.ts';
import { quotaOf } from '../../shared/zoom/quota.ts';
import { retryAtOf } from '../../shared/zoom/retry-after.ts';
import { decideRetry, MAX_TRIES } from '../../shared/zoom/retry-policy.ts';
import { ZoomClient } from '../../shared/zoom/zoom-client.ts';
import { ZoomReports } from '../../shared/zoom/zoom-reports.ts';
import { aSlice, never } from '../support/builders/collector.ts';
import { SettableClock } from '../support/doubles/settable-clock.ts';
import { damagedJson, damagedText, damagedValue, FUZZ_TIMEOUT_MS, runs } from '../support/builders/damage.ts';
import { anOperation } from '../support/builders/rows.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const ROWS = [anOperation(), anOperation({ operation_detail: 'Security  - Passcode: from On to Off' })];
const PAGE = {
  from: '2026-11-18',
  to: '2026-11-18',
  page_size: 300,
  next_page_token: '',
  operation_logs: ROWS,
};

const aHeader = fc.oneof(
  ...['2026-11-21T00:00:00Z', 'Sat, 21 Nov 2026 00:00:00 GMT', '30', '1795176000', 'Daily-limit', 'QPS'].map(
    (good) => fc.oneof(fc.constant(good), damagedText(good)),
  ),
);
const headers = fc.dictionary(
  fc.constantFrom(
    ...['retry-after', 'x-ratelimit-reset', 'x-ratelimit-type', 'x-ratelimit-limit', 'x-ratelimit-remaining'],
    'x-zm-trackingid',
  ),
  aHeader,
);
const aBody = fc.oneof(
  damagedText(JSON.stringify(PAGE)),
  damagedJson(PAGE),
  damagedText('{"code":4711,"message":"Invalid access token, does not contain scopes:[report:read]."}'),
  damagedText('{"code":300,"message":"Validation Failed.","errors":[{"field":"next_page_token"}]}'),
  damagedText('{"reason":"Invalid Token!","error":"invalid_grant"}'),
);
const anAnswer: fc.Arbitrary<ZoomResponse> = fc.record({
  status: fc.constantFrom(200, 200, 200, 204, 300, 302, 400, 401, 403, 404, 418, 429, 500, 503, 599),
  headers,
  body: aBody,
});
const aFailure: fc.Arbitrary<Failure> = fc.oneof(
  { arbitrary: anAnswer.map((response): Failure => ({ kind: 'response', response })), weight: 9 },
  fc.constantFrom('unreached', 'untrusted', 'broken').map((phase): Failure => ({
    kind: 'transport',
    problem: 'ECONNRESET',
    phase: phase as 'broken',
  })),
);

describe('any response of Zoom', () => {
  it(
    'means something, and what follows is bounded: no wait beyond a minute, no return beyond a day and a bit',
    () => {
      const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
      fc.assert(
        fc.property(
          fc.array(aFailure, { minLength: MAX_TRIES, maxLength: MAX_TRIES }),
          random,
          (failures, dice) => {
            const before: FailureKind[] = [];
            for (const failure of failures) {
              const verdict = decideRetry(failure, before, NOW, dice);
              expect(verdict.failureKind).toBe(classifyFailure(failure, NOW));
              if ('afterMs' in verdict) {
                expect(verdict.afterMs).toBeGreaterThanOrEqual(0);
                expect(verdict.afterMs).toBeLessThanOrEqual(60_000);
              }
              if ('retryAt' in verdict) {
                const inMs = verdict.retryAt.getTime() - NOW.getTime();
                expect(inMs).toBeGreaterThanOrEqual(0);
                expect(inMs).toBeLessThanOrEqual(26 * 3_600_000);
              }
              before.push(verdict.failureKind);
            }
            expect(['give-up', 'defer']).toContain(
              decideRetry(failures[0] ?? (never as never), before, NOW, dice).act,
            );
          },
        ),
        runs(500),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'has a quota and a time that can be reckoned with, or none',
    () => {
      fc.assert(
        fc.property(headers, (given) => {
          const quota = quotaOf(given, NOW);
          expect(quota === undefined || (quota.limit > 0 && quota.remaining >= 0)).toBe(true);
          const retryAt = retryAtOf(given, NOW);
          expect(retryAt === undefined || !Number.isNaN(retryAt.getTime())).toBe(true);
        }),
        runs(1000),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'is a page whose rows all arrive as they are, or one of our errors in words, with no token in it',
    async () => {
      const secret = 'tok-5up3r-secret-4c3ss';
      const failures = [ConfigurationError, RateLimitedError, UpstreamError];
      await fc.assert(
        fc.asyncProperty(fc.array(anAnswer, { maxLength: 12 }), async (answers) => {
          let requested = 0;
          const served: unknown[][] = [];
          const transport: HttpTransport = ({ url }) => {
            if (url.pathname === '/oauth/token') {
              const body = JSON.stringify({ access_token: secret, token_type: 'bearer', expires_in: 3600 });
              return Promise.resolve({ status: 200, headers: {}, body });
            }
            const response = answers[requested] ?? { status: 200, headers: {}, body: JSON.stringify(PAGE) };
            requested += 1;
            return Promise.resolve(response);
          };
          const clock = new SettableClock();
          const retryContext = {
            clock,
            random: () => 0.5,
            pacer: new Pacer(clock, 1000),
            knownSecrets: new KnownSecrets(),
          };
          const app = { clientId: 'id', clientSecret: 'app-secret-8e1f', oauthUrl: 'https://zoom.us/oauth' };
          const tokens = new AccountCredentials(transport, retryContext, app, 'account');
          const reports = new ZoomReports(new ZoomClient(transport, tokens, retryContext, undefined));
          try {
            for await (const { rows } of reports.pages(aSlice(), never)) served.push([...rows]);
            expect(served.at(-1)).toBeDefined();
          } catch (error) {
            expect(failures.some((ours) => error instanceof ours)).toBe(true);
            const { message } = error as Error;
            expect(message.length).toBeGreaterThan(20);
            expect(message.length).toBeLessThan(2000);
            expect(message).not.toContain(secret);
            expect(message).not.toContain('app-secret-8e1f');
          }
          expect(requested).toBeLessThanOrEqual(13 * MAX_TRIES);
        }),
        runs(300),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it('is parsed in linear time', () => {
    const openings = ['"code":"', '"message":"', '{"message":"" } ', 'scope', 'next_page', '\\"', ' }'];
    for (const opening of openings) {
      const body = opening.repeat(1_000_000 / opening.length);
      const started = performance.now();

      readErrorBody(body);
      classifyFailure(
        { kind: 'response', response: { status: 400, headers: { 'retry-after': body }, body } },
        NOW,
      );

      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});

describe('any row of Zoom', () => {
  it(
    'has an identity, and is an event in every format, or is none in any',
    () => {
      const row = damagedValue(anOperation({ operation_detail: 'Security  - Waiting Room: from On to Off' }));
      const provenance = {
        eventId: '0',
        ingestTime: instantOf(NOW),
        accountId: 'account',
      };
      fc.assert(
        fc.property(row, (value) => {
          const given: unknown = value === undefined ? null : value;
          const { digest, time } = identify('operation', given);
          const parsedRow = parseRow('operation', given);

          expect(digest).toMatch(/^[0-9a-f]{64}$/);
          expect(parsedRow !== undefined).toBe(time !== '');
          if (!parsedRow) return;
          for (const event of [
            parsedRowToFlat(parsedRow, provenance),
            parsedRowToOcsf(parsedRow, provenance, '1.8.0'),
          ]) {
            const line = eventToLine(event);
            expect(line.indexOf('\n')).toBe(line.length - 1);
            expect(() => JSON.parse(line) as unknown).not.toThrow();
          }
        }),
        runs(1000),
      );
    },
    FUZZ_TIMEOUT_MS,
  );
});
