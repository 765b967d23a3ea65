import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { aConnectProxy, aTrustedServer } from '../../support/doubles/connect-proxy.ts';
import { anHttpServer } from '../../support/doubles/http-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TEST_AUTHORITY } from '../../support/fixtures/test-authority.ts';

const CHILD = join(import.meta.dirname, '../../support/download-process.ts');

/** Downloads from hosts of Zoom, for which a server of this machine stands in behind a proxy. */
const download = async (
  respond: RequestListener,
): Promise<{ result: unknown; connections: string[]; requests: { host: string; token: string }[] }> => {
  const requests: { host: string; token: string }[] = [];
  const to = await aTrustedServer((request, response) => {
    const { host = '', authorization = '' }: IncomingHttpHeaders = request.headers;
    requests.push({ host, token: authorization });
    respond(request, response);
  });
  const proxy = await aConnectProxy({ to });
  const authority = join(temporaryFolder(), 'authority.pem');
  writeFileSync(authority, TEST_AUTHORITY);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [CHILD, 'https://us02web.zoom.us/rec/download/pAtH-sEcReT', proxy.url],
    { env: { NODE_EXTRA_CA_CERTS: authority } },
  );
  return { result: JSON.parse(stdout), connections: proxy.requested, requests };
};

const redirecting =
  (location: string, respond: RequestListener): RequestListener =>
  (request, response) => {
    if (request.headers.host === 'us02web.zoom.us') response.writeHead(302, { location }).end();
    else respond(request, response);
  };

const SIGNED = 'https://ssrweb.zoom.us/replay/GMT20261120_640x360.mp4?data=sIgNeD';

const sendFile: RequestListener = (_, response) =>
  void response.writeHead(200, { 'content-type': 'video/mp4' }).end('a film');

describe('a download from hosts of Zoom', () => {
  it('sends the token to the first host only', async () => {
    const { result, requests } = await download(redirecting(SIGNED, sendFile));

    expect(result).toEqual({ host: 'ssrweb.zoom.us', fileName: 'GMT20261120_640x360.mp4', text: 'a film' });
    expect(requests).toEqual([
      { host: 'us02web.zoom.us', token: 'Bearer sesame-open-1' },
      { host: 'ssrweb.zoom.us', token: '' },
    ]);
  });

  it('sends it to the second host as well if that asks for it', async () => {
    const { result, requests } = await download(
      redirecting(SIGNED, (request, response) => {
        if (request.headers.authorization === undefined) response.writeHead(403).end();
        else sendFile(request, response);
      }),
    );

    expect(result).toMatchObject({ text: 'a film' });
    expect(requests.map(({ token }) => token)).toEqual(['Bearer sesame-open-1', '', 'Bearer sesame-open-1']);
  });

  it.each(['https://bucket.s3.us-east-1.amazonaws.com/x?secret', 'https://upstream.test/x?secret'])(
    'does not follow to another host, although its certificate is accepted: %s',
    async (location) => {
      const { result, connections } = await download(redirecting(location, sendFile));

      expect(result).toMatchObject({ failure: 'foreign' });
      expect(JSON.stringify(result)).not.toMatch(/secret|sEcReT/);
      expect(connections).toEqual(['us02web.zoom.us:443']);
    },
  );

  it('does not follow to this machine', async () => {
    const victim = await anHttpServer(sendFile);
    const { result, connections } = await download(redirecting(`${victim.url}/x`, sendFile));

    expect(result).toMatchObject({ failure: 'foreign' });
    expect(victim.requests).toEqual([]);
    expect(connections).toEqual(['us02web.zoom.us:443']);
  });
});
