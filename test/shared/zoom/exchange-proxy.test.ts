import type { RequestListener } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { proxiesFrom } from '../../../shared/model/proxies.ts';
import type { Failure, ZoomResponse } from '../../../shared/zoom/zoom-response.ts';
import type { HttpTransport } from '../../../shared/zoom/http-transport.ts';
import { decideRetry } from '../../../shared/zoom/retry-policy.ts';
import { KnownSecrets } from '../../../shared/zoom/known-secrets.ts';
import { toError } from '../../../shared/zoom/zoom-errors.ts';
import { aConnectProxy, aTrustedServer, type ConnectProxy } from '../../support/doubles/connect-proxy.ts';
import { aClosedPort, anHttpServer } from '../../support/doubles/http-server.ts';
import { anExchange, never, NOON } from '../../support/zoom.ts';

const SUBJECT = { what: 'the operation log of 2026-11-20' };

const through = (proxy: string, noProxy = '', timeoutMs = 2000): HttpTransport =>
  anExchange(timeoutMs, proxiesFrom({ HTTP_PROXY: proxy, NO_PROXY: noProxy }));

const get = (transport: HttpTransport, url: string, signal = never): Promise<ZoomResponse | Failure> =>
  transport({ method: 'GET', url: new URL(url), headers: { authorization: 'Bearer secret' } }, signal);

const withPassword = ({ host }: ConnectProxy, password: string): string => `http://${password}@${host}`;

describe('an exchange through a proxy', () => {
  it('has the proxy connect to the host, and sends it nothing else', async () => {
    const { url, requests } = await anHttpServer((_, response) => response.end('{"ok":true}'));
    const proxy = await aConnectProxy({ to: url });

    const respond = await get(through(proxy.url), 'http://api.upstream.test:8080/v2/report');

    expect(respond).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(requests.map((request) => request.url)).toEqual(['/v2/report']);
    expect(proxy.requested).toEqual(['api.upstream.test:8080']);
    expect(JSON.stringify(proxy.requests[0]?.headers)).not.toContain('secret');
  });

  it('sends the user name and password of its address only to the proxy', async () => {
    const { url, requests } = await anHttpServer((_, response) => response.end('{}'));
    const proxy = await aConnectProxy({ to: url, password: 'us@er:pass:word' });

    const respond = await get(through(withPassword(proxy, 'us%40er:pass%3Aword')), 'http://upstream.test');

    expect(respond).toMatchObject({ status: 200 });
    expect(requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it.each([
    ['upstream.test', 'http://upstream.test:81/', 0],
    ['upstream.test', 'http://api.upstream.test:81/', 0],
    ['.upstream.test', 'http://api.upstream.test:81/', 0],
    ['*.upstream.test', 'http://api.upstream.test:81/', 0],
    ['other.test, upstream.test', 'http://upstream.test:81/', 0],
    ['UPSTREAM.test', 'http://upstream.test:81/', 0],
    ['upstream.test:81', 'http://upstream.test:81/', 0],
    ['upstream.test:82', 'http://upstream.test:81/', 1],
    ['stream.test', 'http://upstream.test:81/', 1],
    ['api.upstream.test', 'http://upstream.test:81/', 1],
    ['', 'http://upstream.test:81/', 1],
  ])('with NO_PROXY=%s asks for %s, through the proxy %d times', async (noProxy, url, times) => {
    const upstream = await anHttpServer((_, response) => response.end('{}'));
    const proxy = await aConnectProxy({ to: upstream.url });

    await get(through(proxy.url, noProxy), url);

    expect(proxy.requested).toHaveLength(times);
  });

  it('without a configured one connects directly, regardless of the environment of the process', async () => {
    const { url, requests } = await anHttpServer((_, response) => response.end('{}'));
    const proxy = await aConnectProxy({ to: url });
    process.env['HTTP_PROXY'] = proxy.url;
    try {
      await get(anExchange(), url);
    } finally {
      delete process.env['HTTP_PROXY'];
    }

    expect(requests).toHaveLength(1);
    expect(proxy.requested).toEqual([]);
  });
});

describe('a proxy that does not connect', () => {
  it.each([
    [407, 'proxy-refused', /requires a user name and a password/],
    [403, 'proxy-refused', /does not allow the connection \(HTTP 403\)/],
    [502, 'zoom-unreachable', /failed \(HTTP 502\)/],
    [503, 'zoom-unreachable', /failed \(HTTP 503\)/],
  ])('with %d is named without its password: %s', async (status, failureKind, advice) => {
    const proxy = await aConnectProxy({ status });

    const failure = (await get(
      through(withPassword(proxy, 'me:hunter2')),
      'http://upstream.test',
    )) as Failure;

    const verdict = decideRetry(failure, [], NOON, 0.5);
    const error = toError(verdict.failureKind, failure, SUBJECT, new KnownSecrets());
    expect(verdict.failureKind).toBe(failureKind);
    // A wrong password that is tried again and again locks an account.
    expect(verdict.act).toBe(failureKind === 'proxy-refused' ? 'give-up' : 'retry');
    expect(error.message).toMatch(advice);
    expect(error.message).toContain(`proxy ${proxy.host} `);
    expect(JSON.stringify(failure) + error.message).not.toMatch(/hunter2|me:/);
    expect(proxy.requested).toHaveLength(1);
  });

  it('because it is not listening is distinguished from a Zoom that is not', async () => {
    const proxy = await aClosedPort();

    const failure = (await get(
      through(proxy.replace('//', '//me:hunter2@')),
      'http://upstream.test',
    )) as Failure;

    const host = new URL(proxy).host;
    expect(failure).toEqual({
      kind: 'transport',
      problem: 'ECONNREFUSED',
      phase: 'unreached',
      proxy: { host, status: undefined },
    });
    expect(toError('zoom-unreachable', failure, SUBJECT, new KnownSecrets()).message).toMatch(
      new RegExp(`The proxy ${host} could not be reached\\. .*\\[no response: ECONNREFUSED\\]`),
    );
  });

  it('that never responds times out', async () => {
    const proxy = await aConnectProxy({});

    const failure = await get(through(proxy.url, '', 100), 'http://upstream.test');

    expect(failure).toMatchObject({
      phase: 'unreached',
      problem: 'TimeoutError',
      proxy: { host: proxy.host },
    });
    expect(proxy.requested).toHaveLength(1);
  });

  it('ends with the reason of the signal while it is waited for', async () => {
    const stop = new AbortController();
    const proxy = await aConnectProxy({ onAsked: () => stop.abort(new Error('stop it')) });

    await expect(get(through(proxy.url, '', 60_000), 'http://upstream.test', stop.signal)).rejects.toThrow(
      'stop it',
    );
  });
});

describe('behind a proxy as without one', () => {
  it.each<[string, RequestListener]>([
    ['an answer that does not begin', () => undefined],
    [
      'a body that stops in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': 10 }).write('half');
      },
    ],
  ])('gives up %s in time', async (_, respond) => {
    const { url } = await anHttpServer(respond);
    const proxy = await aConnectProxy({ to: url });

    const failure = await get(through(proxy.url, '', 100), 'http://upstream.test');

    expect(failure).toMatchObject({ kind: 'transport', phase: 'broken' });
    expect(proxy.requested).toHaveLength(1);
  });

  it('rejects a body that is larger than any page', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const { url } = await anHttpServer((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(megabyte));
        response.once('drain', more);
      };
      more();
    });
    const proxy = await aConnectProxy({ to: url });

    const failure = await get(through(proxy.url), 'http://upstream.test');

    expect(failure).toMatchObject({ problem: 'more than 33,554,432 bytes', phase: 'oversized' });
  });

  it('sends nothing to a server whose certificate this machine does not accept', async () => {
    let subject = 0;
    const to = await aTrustedServer((_, response) => {
      subject += 1;
      response.end('{}');
    });
    const proxy = await aConnectProxy({ to });

    const failure = await get(through(proxy.url), 'https://upstream.test');

    expect(failure).toMatchObject({ kind: 'transport', phase: 'untrusted' });
    expect(proxy.requested).toEqual(['upstream.test:443']);
    expect(subject).toBe(0);
  });

  it('ends a TLS handshake that never completes', async () => {
    const { url } = await anHttpServer(() => undefined);
    const silent = await aConnectProxy({ to: url });

    const failure = await get(through(silent.url, '', 100), 'https://upstream.test');

    expect(failure).toMatchObject({ kind: 'transport' });
  });
});
