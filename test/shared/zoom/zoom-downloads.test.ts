import type { RequestListener } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { proxiesFrom } from '../../../shared/model/proxies.ts';
import { aConnectProxy } from '../../support/doubles/connect-proxy.ts';
import { aRequest, bytesIn, downloads, NumberedTokens, openUrl, refusalOf } from '../../support/downloads.ts';
import { aClosedPort, anHttpServer, anUntrustedServer } from '../../support/doubles/http-server.ts';
import { failureMessage, never } from '../../support/zoom.ts';

const FILE = Buffer.from('a film of somebody');
const SIGNED = '/replay/GMT20261120-143543_Recording_640x360.mp4?data=sIgNeD-sEcReT-0123456789&s=1';

const sendFile: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILE.length }).end(FILE);
};

const redirect =
  (location: string, status = 302): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { location }).end('<p>moved</p>');

describe('a download', () => {
  it('has the bytes of the file and what the host says of it', async () => {
    const host = await anHttpServer((_, response) => {
      response
        .writeHead(200, {
          'content-type': 'Video/MP4; codecs=x',
          'content-length': FILE.length,
          'x-zm-trackingid': 'WEB_1234567890abcdef',
          etag: '"e-1"',
        })
        .end(FILE);
    });
    const { url, requests } = await anHttpServer(redirect(`${host.url}${SIGNED}`));

    const download = await openUrl(`${url}/rec/download/abc`);

    expect(download).toMatchObject({
      offset: 0,
      bytes: FILE.length,
      framing: 'length',
      etag: '"e-1"',
      contentType: 'video/mp4',
      fileName: 'GMT20261120-143543_Recording_640x360.mp4',
      host: new URL(host.url).host,
      trackingId: 'WEB_1234567890abcdef',
    });
    expect(await bytesIn(download)).toEqual(FILE);
    expect(requests[0]?.headers).toMatchObject({
      authorization: 'Bearer sesame-open-1',
      'accept-encoding': 'identity',
    });
    expect(requests[0]?.headers).not.toHaveProperty('range');
    expect(host.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('asks before each request, and does not make one that is not wanted', async () => {
    const host = await anHttpServer(sendFile);
    const { url, requests } = await anHttpServer(redirect(`${host.url}${SIGNED}`));
    let count = 0;

    const failure = await failureMessage(
      downloads().open(aRequest(url), never, (assertWanted) => {
        assertWanted();
        count += 1;
        if (count === 2) throw new Error('the share is used up');
        return Promise.resolve();
      }),
    );

    expect(failure.message).toBe('the share is used up');
    expect([requests.length, host.requests.length]).toEqual([1, 0]);
  });

  it('is unencoded, or fails', async () => {
    const { url } = await anHttpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-encoding': 'gzip' }).end(FILE);
    });

    const failure = await refusalOf(url);

    expect(failure).toMatchObject({ name: 'DownloadError', failure: 'failed' });
    expect(failure.message).toMatch(
      /sent the recording file 7 .* with the Content-Encoding "gzip", which was not asked for/,
    );
  });

  it.each(['before it begins', 'while it waits'])('ends with the reason of the signal %s', async (when) => {
    const stop = new AbortController();
    const { url } = await anHttpServer(() => stop.abort(new Error('stop it')));
    if (when === 'before it begins') stop.abort(new Error('stop it'));

    await expect(downloads().open(aRequest(url), stop.signal)).rejects.toThrow('stop it');
  });
});

describe('the token of a download', () => {
  it.each([401, 403])('goes to the second host once if that refuses with %d', async (status) => {
    const host = await anHttpServer((request, response) => {
      if (request.headers.authorization === undefined) response.writeHead(status).end();
      else sendFile(request, response);
    });
    const { url } = await anHttpServer(redirect(`${host.url}${SIGNED}`));

    expect(await bytesIn(await openUrl(url))).toEqual(FILE);
    expect(host.requests.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      'Bearer sesame-open-1',
    ]);
  });

  it('does not help where both ways are refused', async () => {
    const host = await anHttpServer((_, response) => response.writeHead(403).end('<Error>expired</Error>'));
    const { url } = await anHttpServer(redirect(`${host.url}${SIGNED}`));

    const failure = await refusalOf(url);

    expect(failure.failure).toBe('refused');
    expect(failure.message).toContain(`${new URL(host.url).host} refuses the recording file 7`);
    expect(host.requests).toHaveLength(2);
  });

  it('is renewed once if Zoom no longer accepts it', async () => {
    const tokens = new NumberedTokens();
    const { url } = await anHttpServer((request, response) => {
      if (request.headers.authorization === 'Bearer sesame-open-2') sendFile(request, response);
      else response.writeHead(401).end('{"code":124,"message":"Access token is expired."}');
    });

    expect(await bytesIn(await openUrl(url, {}, { tokens }))).toEqual(FILE);
    expect(tokens.renewals).toBe(1);
  });

  it('is renewed only once', async () => {
    const tokens = new NumberedTokens();
    const { url, requests } = await anHttpServer((_, response) => response.writeHead(401).end());

    expect((await refusalOf(url, {}, { tokens })).failure).toBe('refused');
    expect([tokens.renewals, requests.length]).toEqual([1, 2]);
  });
});

describe('a redirect of a download', () => {
  it.each([301, 302, 303, 307, 308])('is followed with %d, relative as well', async (status) => {
    const { url, requests } = await anHttpServer((request, response) => {
      if (request.url === '/file.mp4') sendFile(request, response);
      else redirect('/file.mp4', status)(request, response);
    });

    expect(await bytesIn(await openUrl(`${url}/rec`))).toEqual(FILE);
    expect(requests.map((request) => request.headers.authorization)).toEqual([
      'Bearer sesame-open-1',
      undefined,
    ]);
  });

  it('is followed five times and no more', async () => {
    const { url, requests } = await anHttpServer((request, response) => {
      const next = Number(request.url?.slice(1)) + 1;
      redirect(`/${next}`)(request, response);
    });

    const failure = await refusalOf(`${url}/0`);

    expect(failure.failure).toBe('failed');
    expect(failure.message).toContain('after 5 redirects');
    expect(requests).toHaveLength(6);
  });

  it.each([
    'https://files.example.com/x?secret=1',
    'https://zoom.us.example.com/x',
    'https://notzoom.us/x',
    'http://ssrweb.zoom.us/x',
    'https://ssrweb.zoom.us:8443/x',
    'https://user:secret@ssrweb.zoom.us/x',
    'ftp://zoom.us/x',
    'http://[bad',
  ])('to %s is not followed', async (location) => {
    const { url } = await anHttpServer(redirect(location));

    const failure = await refusalOf(url);

    expect(failure).toMatchObject({ name: 'DownloadError', failure: 'foreign' });
    expect(failure.message).toMatch(
      /redirects the download of the recording file 7 .*Nothing was sent there/,
    );
    expect(failure.message).not.toMatch(/secret|\/x/);
  });

  it('is not needed for an address on this machine, unless the API is there as well', async () => {
    const { url, requests } = await anHttpServer(sendFile);
    const tokens = new NumberedTokens('https://api.zoom.us/v2');

    expect((await refusalOf(url, {}, { tokens })).failure).toBe('foreign');
    expect(requests).toEqual([]);
    expect(await bytesIn(await openUrl(url, {}, { tokens, apiUrl: 'http://localhost:1/v2' }))).toEqual(FILE);
  });

  it.each(['https://example.com/rec/download/abcdefghi', 'http://zoom.us/rec/download/abcdefghi', 'no URL'])(
    'is not even needed for an address that is not of Zoom: %s',
    async (url) => {
      const failure = await refusalOf(url);

      expect(failure.failure).toBe('foreign');
      expect(failure.message).not.toContain('abcdefghi');
    },
  );
});

describe('a download without a response', () => {
  it('is broken if no server listens', async () => {
    const failure = await refusalOf(await aClosedPort());

    expect(failure.failure).toBe('broken');
    expect(failure.message).toMatch(
      /No response for the recording file 7 .* from 127\.0\.0\.1:\d+\. .*ECONNREFUSED/,
    );
  });

  it('is broken if the response does not begin in time', async () => {
    const { url } = await anHttpServer(() => undefined);

    expect((await refusalOf(url, {}, { timeoutMs: 100 })).failure).toBe('broken');
  });

  it('needs the operator if the certificate is not trusted', async () => {
    const { url, requests } = await anUntrustedServer(sendFile);

    expect(await failureMessage(openUrl(url))).toMatchObject({
      name: 'ConfigurationError',
      reason: 'zoom-untrusted',
      scope: 'stream',
      message: expect.stringContaining('NODE_EXTRA_CA_CERTS') as unknown,
    });
    expect(requests).toEqual([]);
  });

  it('needs the operator if the proxy refuses, and goes through it otherwise', async () => {
    const refusing = await aConnectProxy({ status: 403 });
    const options = { proxies: proxiesFrom({ HTTPS_PROXY: refusing.url }) };

    const failure = await failureMessage(
      openUrl('https://us02web.zoom.us/rec/download/abcdefghi', {}, options),
    );

    expect(failure).toMatchObject({ name: 'ConfigurationError', reason: 'proxy-refused', scope: 'stream' });
    expect(failure.message).toContain('us02web.zoom.us');
    expect(failure.message).not.toContain('abcdefghi');
    expect(refusing.requested).toEqual(['us02web.zoom.us:443']);
  });
});
