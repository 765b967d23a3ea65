import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { handleCallback } from '../../shared/connect/handle-callback.ts';
import { parseCallbackEvent } from '../../shared/connect/callback-event.ts';
import { readCallbackQuery } from '../../shared/connect/callback-query.ts';
import { DEFAULT_ACCOUNT } from '../../simulator/index.ts';
import { aRequest } from '../lambdas/events.ts';
import { aBench, begin, consentedQuery, SOURCE } from '../support/connecting.ts';
import { damagedText, damagedValue, FUZZ_TIMEOUT_MS, runs } from '../support/builders/damage.ts';
import { never } from '../support/zoom.ts';

const PATH = `/oauth/callback/${SOURCE}`;
const GOOD_QUERY = 'code=3sYd-Fb_0QeZ9uTgXw&state=Zq3.vW~x1y&extra=%20a%2Bb';

describe('any query of a callback', () => {
  it(
    'is read as one thing or another, and a code only if it stands there once',
    () => {
      fc.assert(
        fc.property(fc.oneof(damagedText(GOOD_QUERY), fc.string({ maxLength: 6000 })), (query) => {
          const read = readCallbackQuery(query);

          expect(['code', 'declined', 'zoom-error', 'malformed']).toContain(read.kind);
          if (read.kind !== 'code') return;
          const sent = new URLSearchParams(query);
          expect([sent.getAll('code'), sent.getAll('state')]).toEqual([[read.code], [read.state]]);
        }),
        runs(2000),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'gets a page, says nothing secret, and spends no pending connection that it does not name',
    async () => {
      const bench = await aBench();
      const begun = await begin(bench);
      const good = await consentedQuery(begun);
      const before = bench.connecting.secrets.now;
      const secrets = [begun.state, before.pending?.codeVerifier, DEFAULT_ACCOUNT.clientSecret];

      await fc.assert(
        fc.asyncProperty(damagedText(good), async (query) => {
          const read = readCallbackQuery(query);
          fc.pre(!(read.kind === 'code' && read.state === begun.state));

          const request = { method: 'GET', path: PATH, query, reference: 'r' };
          const { status, body, headers, line } = await handleCallback(
            request,
            () => bench.connecting,
            never,
          );

          expect(status).toBeGreaterThanOrEqual(400);
          expect(line.outcome).not.toBe('unexpected');
          expect(body).toContain('<h1>');
          for (const secret of secrets) expect(JSON.stringify([body, headers, line])).not.toContain(secret);
          expect(bench.connecting.secrets.now).toEqual(before);
        }),
        runs(150),
      );
    },
    FUZZ_TIMEOUT_MS,
  );
});

describe('any event of the HTTP API', () => {
  it(
    'is a request of three texts, or refused as a TypeError that repeats nothing of it',
    () => {
      fc.assert(
        fc.property(damagedValue(aRequest(PATH, GOOD_QUERY)), (event) => {
          try {
            const { method, path, query } = parseCallbackEvent(event, 'r');
            expect([typeof method, typeof path, typeof query]).toEqual(['string', 'string', 'string']);
          } catch (error) {
            expect(error).toBeInstanceOf(TypeError);
            expect((error as Error).message).toBe('Refused: this function only serves its HTTP API.');
          }
        }),
        runs(1000),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'of any method and path gets a page',
    async () => {
      const bench = await aBench();
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(fc.string(), fc.constantFrom('GET', 'get')),
          damagedText(PATH),
          async (method, path) => {
            const request = { method, path, query: GOOD_QUERY, reference: 'r' };
            const { status, body } = await handleCallback(
              request,
              (source) => (source === SOURCE ? bench.connecting : undefined),
              never,
            );

            expect([400, 404, 405]).toContain(status);
            expect(body).toContain('<h1>');
          },
        ),
        runs(300),
      );
    },
    FUZZ_TIMEOUT_MS,
  );
});
