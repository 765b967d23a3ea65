import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { environmentFor, zoomLogSource } from '../support/command.ts';
import { aConnectProxy, aTrustedServer, type ConnectProxy } from '../support/doubles/connect-proxy.ts';
import { aClosedPort } from '../support/doubles/http-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { TEST_AUTHORITY } from '../support/fixtures/test-authority.ts';
import { aZoom, NOON, operationRows } from '../support/zoom.ts';

const PASSWORD = 'me:hunter/2';
const withPassword = ({ host }: ConnectProxy): string => `http://me:hunter%2F2@${host}`;

/** The certificate that NODE_EXTRA_CA_CERTS names. */
const authority = (): string => {
  const file = join(temporaryFolder(), 'authority.pem');
  writeFileSync(file, TEST_AUTHORITY);
  return file;
};

describe('collect through a proxy', () => {
  /** Zoom's real host names, over TLS; the simulator answers for all of them. */
  const zoomBehindTls = async () => {
    const zoom = await aZoom();
    zoom.addRows(operationRows(5));
    const { port } = new URL(zoom.url);
    const to = await aTrustedServer((requested, response) => {
      const { method, url, headers } = requested;
      requested.pipe(
        request({ host: '127.0.0.1', port, method, path: url, headers }, (respond) => {
          response.writeHead(respond.statusCode ?? 500, respond.headers);
          respond.pipe(response);
        }),
      );
    });
    const environment = {
      ...environmentFor(zoom),
      ZOOM_OAUTH_URL: 'https://zoom.us/oauth',
      ZOOM_API_URL: 'https://api.zoom.us/v2',
    };
    return { to, environment };
  };

  const collect = (environment: Record<string, string>) => {
    const day = NOON.toISOString().slice(0, 10);
    const out = join(temporaryFolder(), 'out');
    const range = ['--from', day, '--to', day, '--stream', 'operation', '--now', NOON.toISOString()];
    return zoomLogSource(['collect', ...range, '--out', out], { environment });
  };

  it('reaches Zoom through the proxy that HTTPS_PROXY names, by the certificate of NODE_EXTRA_CA_CERTS', async () => {
    const { to, environment } = await zoomBehindTls();
    const proxy = await aConnectProxy({ to, password: PASSWORD });

    const { code, stdout, stderr } = await collect({
      ...environment,
      HTTPS_PROXY: withPassword(proxy),
      NODE_EXTRA_CA_CERTS: authority(),
    });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/\b5 /);
    expect(new Set(proxy.requested)).toEqual(new Set(['zoom.us:443', 'api.zoom.us:443']));
  });

  it('names NODE_EXTRA_CA_CERTS where the certificate is not accepted', async () => {
    const { to, environment } = await zoomBehindTls();
    const proxy = await aConnectProxy({ to });

    const { code, stdout, stderr } = await collect({ ...environment, HTTPS_PROXY: proxy.url });

    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(/set NODE_EXTRA_CA_CERTS to its certificate/);
  });

  it.each([
    ['wants another password', { password: 'you:right' }, /requires a user name and a password/],
    ['forbids the host', { status: 403 }, /does not allow the connection \(HTTP 403\)/],
  ])('names a proxy that %s, and asks it once', async (_, options, advice) => {
    const { to, environment } = await zoomBehindTls();
    const proxy = await aConnectProxy({ to, ...options });

    const { code, stdout, stderr } = await collect({ ...environment, HTTPS_PROXY: withPassword(proxy) });

    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(advice);
    expect(stdout + stderr).toContain(`The proxy ${proxy.host} `);
    expect(stdout + stderr).not.toMatch(/hunter/);
    expect(proxy.requested).toHaveLength(1);
  });

  it('reports an invalid HTTPS_PROXY without repeating it', async () => {
    const { environment } = await zoomBehindTls();

    const { code, stderr } = await collect({ ...environment, HTTPS_PROXY: 'socks5://me:hunter2@p:1080' });

    expect(code).toBe(2);
    expect(stderr).toMatch(/^HTTPS_PROXY is not the address of an HTTP proxy\./);
    expect(stderr).not.toMatch(/hunter/);
  });
});

describe('AWS through a proxy', () => {
  const denied: RequestListener = (_, response) => {
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end('<Error><Code>AccessDenied</Code><Message>no</Message></Error>');
  };

  const awsThrough = (proxy: string, more: Record<string, string> = {}) => ({
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_EXTRA_CA_CERTS: authority(),
    HTTPS_PROXY: proxy,
    ...more,
  });

  it.each([
    ['status', []],
    ['show', []],
    ['verify', []],
    ['query', ['SELECT 1']],
  ])('%s reads a bucket through it', async (command, args) => {
    const proxy = await aConnectProxy({ to: await aTrustedServer(denied), password: PASSWORD });

    const { code, stderr } = await zoomLogSource([command, ...args, '--out', 's3://some-bucket'], {
      environment: awsThrough(withPassword(proxy)),
    });

    expect(code).toBe(2);
    expect(stderr).toMatch(/AWS denied s3:ListBucket/);
    expect(new Set(proxy.requested)).toEqual(new Set(['some-bucket.s3.us-east-1.amazonaws.com:443']));
  });

  it.each([
    ['status', '--deployed'],
    ['alarm', 'list'],
    ['connect', 'acme'],
  ])('%s %s finds the deployment through it', async (...args) => {
    const proxy = await aConnectProxy({ to: await aTrustedServer(denied) });
    const cwd = temporaryFolder();
    const source = { name: 'acme', auth: 'oauth' };
    writeFileSync(join(cwd, 'sources.json'), JSON.stringify({ sources: [source] }));

    const { code, stderr } = await zoomLogSource(args, { environment: awsThrough(proxy.url), cwd });

    expect(code).toBe(2);
    expect(stderr).toMatch(/Cannot read the stack/);
    expect(new Set(proxy.requested)).toEqual(new Set(['cloudformation.us-east-1.amazonaws.com:443']));
  });

  it('gets the credentials of a login through it as well', async () => {
    const proxy = await aConnectProxy({
      to: await aTrustedServer((_, response) => response.writeHead(401).end()),
    });
    const home = temporaryFolder();
    const start = 'https://example.awsapps.com/start';
    mkdirSync(join(home, '.aws/sso/cache'), { recursive: true });
    writeFileSync(
      join(home, '.aws/config'),
      `[profile work]\nsso_start_url = ${start}\nsso_region = us-east-1\nsso_account_id = 111111111111\nsso_role_name = Reader\nregion = us-east-1\n`,
    );
    writeFileSync(
      join(home, '.aws/sso/cache', `${createHash('sha1').update(start).digest('hex')}.json`),
      JSON.stringify({
        startUrl: start,
        region: 'us-east-1',
        accessToken: 'example',
        expiresAt: '2999-01-01T00:00:00Z',
      }),
    );

    const { stderr } = await zoomLogSource(['status', '--out', 's3://some-bucket'], {
      environment: {
        HOME: home,
        AWS_PROFILE: 'work',
        AWS_EC2_METADATA_DISABLED: 'true',
        NODE_EXTRA_CA_CERTS: authority(),
        HTTPS_PROXY: proxy.url,
      },
    });

    expect(stderr).toMatch(/AWS rejected the credentials/);
    expect(new Set(proxy.requested)).toEqual(new Set(['portal.sso.us-east-1.amazonaws.com:443']));
  });

  it.each(['amazonaws.com', '.s3.us-east-1.amazonaws.com', 'some-bucket.s3.us-east-1.amazonaws.com:443'])(
    'is not done where NO_PROXY names %s',
    async (hosts) => {
      const proxy = await aConnectProxy({ to: await aTrustedServer(denied) });

      await zoomLogSource(['status', '--out', 's3://some-bucket'], {
        environment: awsThrough(proxy.url, { NO_PROXY: hosts }),
      });

      expect(proxy.requested).toEqual([]);
    },
  );

  it.each([
    [407, 1, /requires a user name and a password/],
    [502, 5, /failed \(HTTP 502\)/],
  ])('names a proxy that answers %d, and asks it %d times', async (status, times, advice) => {
    const proxy = await aConnectProxy({ status });

    const { code, stderr } = await zoomLogSource(['status', '--out', 's3://some-bucket'], {
      environment: awsThrough(withPassword(proxy)),
    });

    expect(code).toBe(2);
    expect(stderr).toMatch(advice);
    expect(stderr).toContain(`The proxy ${proxy.host} `);
    expect(stderr).not.toMatch(/hunter/);
    expect(proxy.requested).toHaveLength(times);
  });

  it('names an unreachable proxy', async () => {
    const { host } = new URL(await aClosedPort());

    const { code, stderr } = await zoomLogSource(['status', '--out', 's3://some-bucket'], {
      environment: awsThrough(`http://me:hunter2@${host}`),
    });

    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`^AWS was not reached\\. The proxy ${host} could not be reached\\.`));
    expect(stderr).not.toMatch(/hunter/);
  });
});
