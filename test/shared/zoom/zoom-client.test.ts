import { describe, expect, it } from '@jest/globals';
import { RateLimitedError, UpstreamError } from '../../../shared/errors.ts';
import type { HttpTransport } from '../../../shared/zoom/http-transport.ts';
import { DEFAULT_ACCOUNT, FAULTS, type SimulatorOptions } from '../../../simulator/index.ts';
import { anHttpServer } from '../../support/doubles/http-server.ts';
import {
  anExchange,
  requestsFor,
  aZoom,
  failureMessage,
  operationRows,
  pagesOf,
  rowsOf,
  THE_SLICE,
  wired,
} from '../../support/zoom.ts';

const zoomWith = (rows: number, options: SimulatorOptions = {}) =>
  aZoom({ accounts: [{ rows: operationRows(rows) }], ...options });

const MIDNIGHT = new Date('2026-11-21T00:00:00Z');

describe('the daily limit', () => {
  it.each(['rich', 'bare', 'iso', 'seconds', 'http-date'] as const)(
    'is reported with the time of its end, if Zoom states it in headers that are %s',
    async (limitHeaders) => {
      const zoom = await zoomWith(650, { limitHeaders, limits: { perDay: 2 } });

      const failure = await failureMessage(pagesOf(wired(zoom)));

      const retryAt = failure instanceof RateLimitedError ? failure.retryAt.getTime() : NaN;
      expect(retryAt).toBeGreaterThanOrEqual(MIDNIGHT.getTime());
      expect(retryAt).toBeLessThan(MIDNIGHT.getTime() + 1000); // whole seconds are rounded up
      expect(failure.message).toMatch(
        /all its apps share it.*The next request for the reports of quillmere is possible at 2026-11-21T00:00:00.\d{3}Z\. \[HTTP 429/,
      );
      expect(requestsFor(zoom, 'operation')).toBe(3);
    },
  );

  it('blocks the whole source: there is no request before its end', async () => {
    const zoom = await zoomWith(10, { limits: { perDay: 1 } });
    const listing = wired(zoom);
    await pagesOf(listing);
    await failureMessage(pagesOf(listing));

    const failure = await failureMessage(pagesOf(listing, { ...THE_SLICE, stream: 'activity' }));

    expect(failure).toMatchObject({ name: 'RateLimitedError', retryAt: MIDNIGHT });
    expect(failure.message).toContain('The next request for the reports of quillmere is possible at');
    expect([requestsFor(zoom, 'operation'), requestsFor(zoom, 'activity')]).toEqual([2, 0]);

    zoom.clock.set(MIDNIGHT);
    expect(rowsOf(await pagesOf(listing))).toHaveLength(10);
  });

  it('whose end is near is waited for', async () => {
    const zoom = await zoomWith(10);
    zoom.faults.arm('rate-daily');

    expect(rowsOf(await pagesOf(wired(zoom)))).toHaveLength(10);
  });
});

describe('the limit per second', () => {
  it.each(['rich', 'bare', 'iso', 'seconds', 'http-date', 'mixed'] as const)(
    'costs a wait and no rows, in headers that are %s',
    async (limitHeaders) => {
      const zoom = await zoomWith(1500, { limitHeaders, limits: { perSecond: 2 } });

      const pages = await pagesOf(wired(zoom));

      expect(rowsOf(pages)).toEqual(zoom.rows({ stream: 'operation' }));
      expect(zoom.requests().byStatus['429']).toBeGreaterThan(0);
    },
  );

  it('is never reached at the pace of the source, with any number of concurrent listings', async () => {
    const zoom = await zoomWith(1500, { limits: { perSecond: 10 } });
    const listing = wired(zoom, { requestsPerSecond: 8 });

    const all = await Promise.all(Array.from({ length: 4 }, () => pagesOf(listing)));

    expect(all.map((pages) => rowsOf(pages).length)).toEqual([1500, 1500, 1500, 1500]);
    expect(zoom.requests().byStatus['429']).toBeUndefined();
  });

  it('refuses few requests where the share is more than Zoom grants', async () => {
    const zoom = await zoomWith(1500, { limits: { perSecond: 3 } });
    const listing = wired(zoom, { requestsPerSecond: 100 });

    const all = await Promise.all(Array.from({ length: 8 }, () => pagesOf(listing)));

    expect(all.map((pages) => rowsOf(pages).length)).toEqual(all.map(() => 1500));
    const { '200': granted = 0, '429': refused = 0 } = zoom.requests().byStatus;

    expect(refused / granted).toBeLessThan(0.2);
  });
});

describe('a bearer token', () => {
  it('is not sent to an API that is not one of Zoom', async () => {
    const stranger = await anHttpServer((_, response) => response.end('{}'), '127.0.0.2');
    const zoom = await zoomWith(1);
    zoom.account().update({ apiUrl: stranger.url });
    const subject: string[] = [];
    const real = anExchange();
    const noWayOut: HttpTransport = (request, signal) => {
      subject.push(request.url.origin);
      const isZooms = request.url.origin === 'https://api.zoom.us';
      return isZooms
        ? Promise.resolve({ kind: 'transport', problem: 'ENETUNREACH', phase: 'unreached' })
        : real(request, signal);
    };

    const failure = await failureMessage(pagesOf(wired(zoom, { transport: noWayOut })));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toMatch(
      /could not be reached.*network.*name server.*\[no response: ENETUNREACH\]/,
    );
    expect(stranger.requests).toEqual([]);
    expect(new Set(subject)).toEqual(new Set([zoom.url, 'https://api.zoom.us']));
  });

  it("goes to the operator's own choice of an API before the one that Zoom names", async () => {
    const zoom = await zoomWith(1);
    zoom.account().update({ apiUrl: 'https://api-eu.zoom.us' });

    const pages = await pagesOf(wired(zoom, { apiUrl: zoom.apiUrl }));

    expect(rowsOf(pages)).toHaveLength(1);
  });

  it('that is not valid in a header is refused', async () => {
    const zoom = await zoomWith(1);
    const real = anExchange();
    const poisoned: HttpTransport = async (request, signal) =>
      request.method === 'POST'
        ? { status: 200, headers: {}, body: JSON.stringify({ access_token: 'a\r\nx-injected: 1' }) }
        : real(request, signal);

    const failure = await failureMessage(pagesOf(wired(zoom, { transport: poisoned })));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(requestsFor(zoom, 'operation')).toBe(0);
  });

  it('is sent nowhere after a redirect', async () => {
    const stranger = await anHttpServer((_, response) => response.end('{"operation_logs":[]}'));
    const zoom = await zoomWith(1);
    const redirecting = await anHttpServer((_, response) => {
      response.writeHead(307, { location: stranger.url }).end();
    });

    const failure = await failureMessage(pagesOf(wired(zoom, { apiUrl: redirecting.url })));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toContain('HTTP 307');
    expect(stranger.requests).toEqual([]);
  });
});

const secretsOf = (authorization: readonly string[]): string[] => [
  DEFAULT_ACCOUNT.clientSecret,
  ...authorization.flatMap((header) => header.split(' ').slice(1)),
];

describe('an error message', () => {
  it.each(Object.keys(FAULTS))('after %s holds no secret and no second line', async (fault) => {
    const zoom = await zoomWith(650);
    zoom.faults.set(fault);
    const authorization: string[] = [];
    const real = anExchange();
    const monitored: HttpTransport = (request, signal) => {
      authorization.push(request.headers['authorization'] ?? '');
      return real(request, signal);
    };

    const message = await pagesOf(wired(zoom, { transport: monitored })).then(
      () => '',
      (error: unknown) => String(error),
    );

    for (const secret of secretsOf(authorization)) expect(message).not.toContain(secret);
    expect(message).not.toMatch(/Bearer|Basic|eyJ|\n/);
  });

  it('does not repeat a token that an answer repeats, nor steer a terminal', async () => {
    const zoom = await zoomWith(1);
    const echo = await anHttpServer((request, response) => {
      const message = `\u001b[31mNo permission.\nheaders: ${request.headers.authorization ?? ''}`;
      response.writeHead(403, { 'x-zm-trackingid': request.headers.authorization ?? '' });
      response.end(JSON.stringify({ code: 200, message }));
    });

    const failure = await failureMessage(pagesOf(wired(zoom, { apiUrl: echo.url })));

    const token = /Bearer (.*)/.exec(echo.requests[0]?.headers.authorization ?? '')?.[1] ?? '';
    expect(token.length).toBeGreaterThan(100);
    expect(failure.message).toContain('No permission. headers: Bearer [redacted]');
    for (const part of token.split('.')) expect(failure.message).not.toContain(part);
    // eslint-disable-next-line no-control-regex
    expect(failure.message).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe('a run that is aborted', () => {
  it('stops at once while Zoom is silent', async () => {
    const zoom = await zoomWith(1);
    const silent = await anHttpServer(() => stop.abort(new Error('stop it')));
    const stop = new AbortController();

    const listing = pagesOf(wired(zoom, { apiUrl: silent.url, timeoutMs: 60_000 }), THE_SLICE, stop.signal);

    await expect(listing).rejects.toThrow('stop it');
    expect(silent.requests).toHaveLength(1);
  });

  it('makes no request if it was aborted before', async () => {
    const zoom = await zoomWith(1);

    const listing = pagesOf(wired(zoom), THE_SLICE, AbortSignal.abort(new Error('stop it')));

    await expect(listing).rejects.toThrow('stop it');
    expect(zoom.requests().total).toBe(0);
  });
});

describe('a slow Zoom', () => {
  it('is retried after the time-out, and reported if it remains slow', async () => {
    const zoom = await zoomWith(1, { slowMs: 400 });
    zoom.faults.set('slow-answer@operation');

    const failure = await failureMessage(pagesOf(wired(zoom, { timeoutMs: 40 })));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toMatch(/kept failing.*\[no response: \w+\]/);
  });
});
