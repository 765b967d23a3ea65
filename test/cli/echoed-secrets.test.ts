import { readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anHttpServer } from '../support/doubles/http-server.ts';
import { zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SECRETS = ['k3y', 'pa55w0rd', 'a/b+c=&"d" e', 'Zq8'.repeat(9), 'Zq8'.repeat(21)];

/** A server in place of Zoom that repeats everything it receives, with the client secret in several encodings. */
const anEchoingZoom = (secret: string, refusesToken: boolean) =>
  anHttpServer((request, response) => {
    void text(request).then((body) => {
      const basic = String(request.headers.authorization);
      const message = `bad: ${basic} ${Buffer.from(basic.split(' ')[1] ?? '', 'base64').toString()} ${body} ${secret} ${encodeURIComponent(secret)} ${JSON.stringify(secret)}`;
      const isToken = request.url?.startsWith('/oauth/token') ?? false;
      if (isToken && !refusesToken) {
        const token = { access_token: `t.${secret.replaceAll(/[^a-zA-Z0-9]/g, '')}.t`, expires_in: 3600 };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(token));
        return;
      }
      const trackingId = secret.replaceAll(/[^\w]/g, '');
      response.writeHead(400, { 'content-type': 'application/json', 'x-zm-trackingid': trackingId });
      response.end(JSON.stringify({ code: 300, message, errors: [{ field: secret }] }));
    });
  });

const run = async (secret: string, refusesToken: boolean) => {
  const { url } = await anEchoingZoom(secret, refusesToken);
  const out = join(temporaryFolder(), 'out');
  const environment = {
    ZOOM_ACCOUNT_ID: 'the-account',
    ZOOM_CLIENT_ID: 'the-client',
    ZOOM_CLIENT_SECRET: secret,
    ZOOM_API_URL: `${url}/v2`,
    ZOOM_OAUTH_URL: `${url}/oauth`,
  };
  const finished = await zoomLogSource(
    ['collect', '--from', '2026-11-20', '--to', '2026-11-20', '--now', '2026-11-21T00:30:00Z', '--out', out],
    { environment },
  );
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  return { finished, written: [finished.stdout, finished.stderr, ...files].join('\n') };
};

describe('a Zoom that repeats the client secret', () => {
  it.each(SECRETS.flatMap((secret) => [[secret, true] as const, [secret, false] as const]))(
    'has it nowhere in what collect prints and keeps: %s, at the token endpoint: %s',
    async (secret, refusesToken) => {
      const { finished, written } = await run(secret, refusesToken);

      expect(finished.code).toBe(1);
      expect(written).toContain('[redacted]');
      expect(written).toContain('HTTP 400, code 300');
      const basic = Buffer.from(`the-client:${secret}`).toString('base64');
      for (const spelled of [secret, encodeURIComponent(secret), JSON.stringify(secret), basic])
        expect(written).not.toContain(spelled);
    },
  );
});
