import { describe, expect, it } from '@jest/globals';
import type { Failure, ZoomResponse } from '../../../shared/zoom/zoom-response.ts';
import type { HttpTransport } from '../../../shared/zoom/http-transport.ts';
import { aClosedPort, anHttpServer, anUntrustedServer } from '../../support/doubles/http-server.ts';
import { anExchange, never } from '../../support/zoom.ts';

const get = (transport: HttpTransport, url: string, signal = never): Promise<ZoomResponse | Failure> =>
  transport({ method: 'GET', url: new URL(url), headers: { authorization: 'Bearer secret' } }, signal);

describe('an exchange', () => {
  it('returns the response of any status, with the names of headers in lower case', async () => {
    const { url } = await anHttpServer((_, response) => {
      response.writeHead(418, { 'X-One': 'a', 'X-Two': ['b', 'c'] }).end('grüezi');
    });

    const respond = await get(anExchange(), url);

    expect(respond).toMatchObject({
      status: 418,
      body: 'grüezi',
      headers: { 'x-one': 'a', 'x-two': 'b, c' },
    });
  });

  it.each([
    ['what is no UTF-8', Buffer.from([0x63, 0xe9]), true],
    ['an honest U+FFFD', Buffer.from('c\ufffd'), undefined],
    ['plain text', Buffer.from('grüezi'), undefined],
  ])('says whether a body was valid UTF-8: %s', async (_, body, invalidUtf8) => {
    const { url } = await anHttpServer((_request, response) => response.end(body));

    const respond = (await get(anExchange(), url)) as ZoomResponse;

    expect(respond.invalidUtf8).toBe(invalidUtf8);
    expect(respond.host).toBe(new URL(url).host);
  });

  it('does not follow a redirect, so that a token is sent to no other host', async () => {
    const elsewhere = await anHttpServer((_, response) => response.end('{}'));
    const { url } = await anHttpServer((_, response) => {
      response.writeHead(302, { location: elsewhere.url }).end();
    });

    const respond = await get(anExchange(), url);

    expect(respond).toMatchObject({ status: 302 });
    expect(elsewhere.requests).toEqual([]);
  });

  it('ends a response that does not begin in time', async () => {
    const { url } = await anHttpServer(() => undefined);

    const failure = await get(anExchange(100), url);

    expect(failure).toMatchObject({ kind: 'transport', phase: 'broken' });
  });

  it('ends a body that stops in the middle', async () => {
    const { url } = await anHttpServer((_, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('half');
    });

    const failure = await get(anExchange(100), url);

    expect(failure).toMatchObject({ kind: 'transport', phase: 'broken' });
  });

  it('ends a body that trickles without end, even without a long pause', async () => {
    const { url } = await anHttpServer((_, response) => {
      response.writeHead(200);
      // eslint-disable-next-line no-restricted-globals -- the time limit of a real socket is tested
      const timer = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(timer));
    });

    const failure = await get(anExchange(50), url);

    expect(failure).toEqual({ kind: 'transport', problem: 'TimeoutError', phase: 'broken' });
  });

  it('rejects a body that is larger than any page', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    let sent = 0;
    const { url } = await anHttpServer((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(megabyte)) sent += 1;
        response.once('drain', more);
      };
      more();
    });

    const failure = await get(anExchange(), url);

    expect(failure).toEqual({
      kind: 'transport',
      problem: 'more than 33,554,432 bytes',
      phase: 'oversized',
    });
    expect(sent).toBeLessThan(64);
  });

  it('reads a successful response up to the limit, and all of one of exactly that length', async () => {
    const { url } = await anHttpServer((_, response) => void response.end('x'.repeat(1000)));
    const request = (maxBytes: number) =>
      anExchange()({ method: 'GET', url: new URL(url), headers: {}, maxBytes }, never);

    expect(await request(999)).toEqual({
      kind: 'transport',
      problem: 'more than 999 bytes',
      phase: 'oversized',
    });
    expect(await request(1000)).toMatchObject({ status: 200, body: 'x'.repeat(1000) });
  });

  it('reads the beginning of a long answer that is no success', async () => {
    const body = `{"code":300,"message":"no"}${' '.repeat(1_000_000)}`;
    const { url } = await anHttpServer((_, response) => void response.writeHead(400).end(body));

    const respond = await anExchange()(
      { method: 'GET', url: new URL(url), headers: {}, maxBytes: 10 },
      never,
    );

    if ('kind' in respond) throw new Error(respond.kind);
    expect(respond.status).toBe(400);
    expect(respond.body.length).toBeLessThan(body.length);
    expect(body.startsWith(respond.body)).toBe(true);
  });

  it('reads UTF-8, without a byte order mark', async () => {
    const { url } = await anHttpServer((_, response) => void response.end('\ufeff{"a":"ü€😀"}'));

    expect(await get(anExchange(), url)).toMatchObject({ body: '{"a":"ü€😀"}' });
  });

  it.each<[string, () => Promise<string>, string]>([
    ['no server listens', aClosedPort, 'ECONNREFUSED'],
    [
      'the name is unknown',
      () => Promise.resolve(`https://${'x'.repeat(64)}.zoom.us`), // longer than a label may be: no DNS request is made
      'ENOTFOUND',
    ],
  ])('that was never sent is distinguished: %s', async (_, url, problem) => {
    expect(await get(anExchange(), await url())).toEqual({ kind: 'transport', problem, phase: 'unreached' });
  });

  it('sends nothing to a server whose certificate is not trusted', async () => {
    const { url, requests } = await anUntrustedServer((_, response) => response.end('{}'));

    const failure = await get(anExchange(), url);

    expect(failure).toEqual({
      kind: 'transport',
      problem: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      phase: 'untrusted',
    });
    expect(requests).toEqual([]);
  });

  it.each([
    ['before it begins', true],
    ['while it waits', false],
  ])('ends with the reason of the signal, %s', async (_, isBefore) => {
    const stop = new AbortController();
    const { url } = await anHttpServer(() => stop.abort(new Error('stop it')));
    if (isBefore) stop.abort(new Error('stop it'));

    await expect(get(anExchange(60_000), url, stop.signal)).rejects.toThrow('stop it');
  });

  it('keeps a connection for the next GET, but uses a new one for every POST', async () => {
    const { url, requests } = await anHttpServer((_, response) => response.end('{}'));
    const transport = anExchange();

    for (const method of ['GET', 'GET', 'POST'] as const) {
      await transport({ method, url: new URL(url), headers: {} }, never);
    }

    expect(requests.map(({ headers }) => headers.connection)).toEqual(['keep-alive', 'keep-alive', 'close']);
  });

  it.each(['a\r\nx-injected: 1', 'a\nb', 'a\0b'])('refuses a header that would be two: %j', async (value) => {
    const { url, requests } = await anHttpServer((_, response) => response.end('{}'));

    const failure = await anExchange()(
      { method: 'GET', url: new URL(url), headers: { authorization: value } },
      never,
    );

    expect(failure).toMatchObject({ kind: 'transport' });
    expect(requests).toEqual([]);
  });
});
