import { describe, expect, it } from '@jest/globals';
import { handleCallback, type CallbackResponse } from '../../../shared/connect/handle-callback.ts';
import {
  aBench,
  anIssuedState,
  begin,
  type Bench,
  consentedQuery,
  SOURCE,
} from '../../support/connecting.ts';
import { DEFAULT_ACCOUNT } from '../../../simulator/index.ts';
import { never } from '../../support/zoom.ts';

const PATH = `/oauth/callback/${SOURCE}`;

const request = (
  { connecting: connection }: Bench,
  { method = 'GET', path = PATH, query = '' }: { method?: string; path?: string; query?: string },
): Promise<CallbackResponse> =>
  handleCallback(
    { method, path, query, reference: 'the-request-id' },
    (source) => (source === SOURCE ? connection : undefined),
    never,
  );

describe('the callback’s address', () => {
  it.each([
    ['/', 404],
    ['/oauth/callback', 404],
    ['/oauth/callback/', 404],
    ['/oauth/callback/another', 404],
    [`${PATH}/`, 404],
    [`${PATH}/../acme`, 404],
    [`/prefix${PATH}`, 404],
    ['/oauth/callback/<script>', 404],
  ])('%s: status %d, a page, and no change', async (path, status) => {
    const bench = await aBench();
    await begin(bench);
    const before = bench.connecting.secrets.now;

    const response = await request(bench, { path, query: 'code=a&state=b' });

    expect(response.status).toBe(status);
    expect(response.body).toContain('<h1>Page not found</h1>');
    expect(response.line).toEqual({ level: 'warn', outcome: 'not-found', stranger: true });
    expect(bench.connecting.secrets.now).toEqual(before);
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])(
    'responds to %s with 405, and changes nothing',
    async (method) => {
      const bench = await aBench();
      const query = await consentedQuery(await begin(bench));
      const before = bench.connecting.secrets.now;

      const response = await request(bench, { method, query });

      expect(response).toMatchObject({
        status: 405,
        headers: { allow: 'GET' },
        line: { outcome: 'wrong-method', stranger: true },
      });
      expect(bench.connecting.secrets.now).toEqual(before);
    },
  );

  it.each([
    ['', 400],
    ['error=access_denied&state=a', 403],
    ['error=server_error', 400],
    ['code=a&state=b', 400],
  ])('answers %j with %d and one line', async (query, status) => {
    const bench = await aBench();
    await begin(bench);

    const response = await request(bench, { query });

    expect(response.status).toBe(status);
    expect(response.line).toMatchObject({ source: SOURCE, stranger: true });
    expect(response.body).toContain('the-request-id');
  });

  it('is a page with status 500 if we fail ourselves, and the line is an error', async () => {
    const bench = await aBench();
    bench.connecting.secrets.change = () => Promise.reject(new Error('the secret is <gone>'));

    const response = await request(bench, { query: `code=a&state=${anIssuedState()}` });

    expect(response).toMatchObject({ status: 500, line: { level: 'error', outcome: 'unexpected' } });
    expect(response.body).not.toContain('gone');
  });
});

describe('the output of a callback', () => {
  it('has no code, state, token or secret in it: neither the page nor the line', async () => {
    const bench = await aBench();
    const begun = await begin(bench);
    const query = await consentedQuery(begun);
    const verifier = bench.connecting.secrets.now.pending?.codeVerifier;

    const answers = [await request(bench, { query }), await request(bench, { query })];

    const { grant } = bench.connecting.secrets.now;
    const secrets = [
      new URLSearchParams(query).get('code'),
      begun.state,
      verifier,
      grant?.accessToken,
      grant?.refreshToken,
      DEFAULT_ACCOUNT.clientSecret,
    ];
    for (const secret of secrets) expect(JSON.stringify(answers)).not.toContain(secret);
    expect(answers.map(({ line }) => line.outcome)).toEqual(['connected', 'stale']);
    for (const { line } of answers) expect(line).not.toHaveProperty('stranger');
  });

  it('names Zoom’s tracking id where Zoom refused', async () => {
    const bench = await aBench();
    const { state } = await begin(bench);

    const { line } = await request(bench, { query: `code=none&state=${state}` });

    expect(line).toMatchObject({
      outcome: 'refused',
      zoomTrackingId: expect.stringMatching(/^[\w=;.:-]{8,}$/),
    });
  });
});
