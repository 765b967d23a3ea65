import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, UpstreamError } from '../../../shared/errors.ts';
import { authorizeUrl, exchangeCode, revoke } from '../../../shared/zoom/authorization-code.ts';
import { UnstoredGrant } from '../../../shared/zoom/unstored-grant.ts';
import { whoAmI } from '../../../shared/zoom/who-am-i.ts';
import type { Simulator } from '../../../simulator/index.ts';
import { anHttpServer } from '../../support/doubles/http-server.ts';
import { aCode, aGrant, consent, REDIRECT, VERIFIER } from '../../support/builders/authorization.ts';
import {
  zoomAppOf,
  requestsFor,
  aZoom,
  failureMessage,
  never,
  operationRows,
  pagesOf,
  rowsOf,
  wired,
} from '../../support/zoom.ts';

const exchanged = (
  zoom: Simulator,
  code: string,
  fields: { redirectUri?: string; codeVerifier?: string } = {},
) => {
  const { transport, retryContext } = wired(zoom);
  const response = { code, redirectUri: REDIRECT, codeVerifier: VERIFIER, ...fields };
  return exchangeCode(transport, retryContext, zoomAppOf(zoom), response, never);
};

describe('the address of the consent page', () => {
  it('asks for a code with a state and a challenge, and holds neither secret nor verifier', () => {
    const url = authorizeUrl(zoomAppOf({ oauthUrl: 'https://zoom.us/oauth' }), {
      redirectUri: `${REDIRECT}?a=1&b=2`,
      state: 'a state & more',
      codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', // of RFC 7636, appendix B
    });

    expect(`${url.origin}${url.pathname}`).toBe('https://zoom.us/oauth/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'sim-client-id',
      redirect_uri: `${REDIRECT}?a=1&b=2`,
      state: 'a state & more',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
  });

  it('leads back with the state', async () => {
    const zoom = await aZoom();
    const request = { redirectUri: REDIRECT, state: 'a state & more', codeVerifier: VERIFIER };

    const back = await consent(authorizeUrl(zoomAppOf(zoom), request));

    expect(back.searchParams.get('state')).toBe('a state & more');
  });

  it.each(['', 'too-short', 'x'.repeat(129), `${'x'.repeat(42)} `, `${'x'.repeat(42)}ü`])(
    'is not made with the verifier "%s"',
    (codeVerifier) => {
      const request = { redirectUri: REDIRECT, state: 's', codeVerifier };

      expect(() => authorizeUrl(zoomAppOf({ oauthUrl: 'https://zoom.us/oauth' }), request)).toThrow(
        RangeError,
      );
    },
  );
});

describe('an authorization code', () => {
  it('gives a grant with its scopes', async () => {
    const zoom = await aZoom();

    const grant = await exchanged(zoom, await aCode(zoom));

    expect(grant).toEqual({
      refreshToken: expect.stringMatching(/^eyJ/),
      accessToken: expect.stringMatching(/^eyJ/),
      expiresAt: expect.stringMatching(/^2026-11-20T13:00:00/),
      apiUrl: zoom.url,
      scopes: [
        'report:read:operation_logs:admin',
        'report:read:user_activities:admin',
        'user:read:user:admin',
      ],
    });
  });

  it.each([
    ['was used before', 'code-refused', {}, async (zoom: Simulator, code: string) => exchanged(zoom, code)],
    ['is older than five minutes', 'code-refused', {}, (zoom: Simulator) => zoom.clock.advance(300_000)],
    ['comes without its verifier', 'code-refused', { codeVerifier: 'y'.repeat(43) }, () => undefined],
    ['was sent elsewhere', 'redirect-mismatch', { redirectUri: `${REDIRECT}/` }, () => undefined],
  ])('that %s is refused as %s', async (_, reason, fields, before) => {
    const zoom = await aZoom();
    const code = await aCode(zoom);
    await before(zoom, code);

    const failure = await failureMessage(exchanged(zoom, code, fields));

    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(failure).toMatchObject({ reason });
    expect(failure.message).toMatch(/Start the authorization again|Enter it exactly as printed/);
    expect(failure.message).not.toContain(code);
  });

  it.each(['token-endpoint-500', 'token-endpoint-429'])('survives %s', async (fault) => {
    const zoom = await aZoom();
    zoom.faults.arm(fault);

    expect(await exchanged(zoom, await aCode(zoom))).toHaveProperty('refreshToken');
  });

  it('is not sent twice if the answer was lost', async () => {
    const zoom = await aZoom();
    const code = await aCode(zoom);
    zoom.faults.arm('connection-reset@token');

    const failure = await failureMessage(exchanged(zoom, code));

    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure.message).toMatch(/Start the authorization again/);
    expect(requestsFor(zoom, 'token')).toBe(1);
  });

  it('is not sent twice if the answer was too long to be read', async () => {
    const zoom = await aZoom();
    const { transport, retryContext } = wired(zoom);
    const response = { code: await aCode(zoom), redirectUri: REDIRECT, codeVerifier: VERIFIER };

    const failure = await failureMessage(
      exchangeCode(
        (request, signal) => transport({ ...request, maxBytes: 10 }, signal),
        retryContext,
        zoomAppOf(zoom),
        response,
        never,
      ),
    );

    expect(failure.message).toMatch(/Start the authorization again.*more than 10 bytes/);
    expect(requestsFor(zoom, 'token')).toBe(1);
  });

  it('of an app that gets no refresh token is no grant', async () => {
    const zoom = await aZoom();
    const { retryContext } = wired(zoom);
    const transport = () => Promise.resolve({ status: 200, headers: {}, body: '{"access_token":"a"}' });
    const response = { code: 'c', redirectUri: REDIRECT, codeVerifier: VERIFIER };

    const failure = await failureMessage(
      exchangeCode(transport, retryContext, zoomAppOf(zoom), response, never),
    );

    expect(failure).toMatchObject({ reason: 'app-kind-wrong' });
  });
});

describe('a grant that is not stored yet', () => {
  const lookingAt = async (zoom: Simulator) => {
    const grant = await aGrant(zoom);
    return wired(zoom, { tokens: () => new UnstoredGrant(grant, zoomAppOf(zoom)) });
  };

  it('returns its user', async () => {
    const { client } = await lookingAt(await aZoom());

    expect(await whoAmI(client, never)).toEqual({
      userId: 'Sim-User-Sim-Account-000000000001',
      accountId: 'Sim-Account-000000000001',
      email: 'ines.halloran@quillmere.example',
      roleName: 'Owner',
    });
  });

  it.each(['server-error@me', 'html-body-200@me', 'cut-json@me', 'unknown-field@me', 'connection-reset@me'])(
    'returns its user despite %s',
    async (fault) => {
      const zoom = await aZoom();
      const { client } = await lookingAt(zoom);
      zoom.faults.arm(fault);

      expect(await whoAmI(client, never)).toMatchObject({ accountId: 'Sim-Account-000000000001' });
    },
  );

  it('reports the missing scope for reading its user', async () => {
    const zoom = await aZoom();
    zoom.account().update({ scopes: ['report:read:operation_logs:admin'] });
    const { client } = await lookingAt(zoom);

    const failure = await failureMessage(whoAmI(client, never));

    expect(failure).toMatchObject({ reason: 'scope-missing' });
    expect(failure.message).toContain('the app lacks the scope user:read:user:admin');
  });

  it('can be tried out on a report', async () => {
    const zoom = await aZoom({ accounts: [{ rows: operationRows(3) }] });

    expect(rowsOf(await pagesOf(await lookingAt(zoom)))).toHaveLength(3);
  });

  it('is never refreshed, though its token is refused', async () => {
    const zoom = await aZoom();
    const { client } = await lookingAt(zoom);
    zoom.account().update({ connection: 'uninstalled' });

    const failure = await failureMessage(whoAmI(client, never));

    expect(failure).toMatchObject({ reason: 'grant-dead' });
    expect([requestsFor(zoom, 'me'), requestsFor(zoom, 'token')]).toEqual([2, 1]);
  });

  it('has no user for a Server-to-Server app', async () => {
    const { client } = wired(await aZoom());

    const failure = await failureMessage(whoAmI(client, never));

    expect(failure).toMatchObject({ reason: 'user-missing' });
    expect(failure.message).toContain('A Server-to-Server app has no user');
  });
});

describe('a revocation', () => {
  it('ends the grant', async () => {
    const zoom = await aZoom();
    const grant = await aGrant(zoom);
    const { transport, retryContext, client } = wired(zoom, {
      tokens: () => new UnstoredGrant(grant, zoomAppOf(zoom)),
    });

    expect(await revoke(transport, retryContext, zoomAppOf(zoom), grant.accessToken, never)).toBe(true);

    expect(await failureMessage(whoAmI(client, never))).toBeInstanceOf(ConfigurationError);
  });

  it('is reported if Zoom does not know the token', async () => {
    const zoom = await aZoom();
    const { transport, retryContext } = wired(zoom);

    expect(await revoke(transport, retryContext, zoomAppOf(zoom), 'unknown-token', never)).toBe(false);
  });

  it('does not take the page of a captive portal for an answer of Zoom', async () => {
    const portal = await anHttpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the network</html>');
    });
    const zoom = await aZoom();
    const { transport, retryContext } = wired(zoom);
    const app = zoomAppOf(zoom, { oauthUrl: portal.url });

    const failure = await failureMessage(revoke(transport, retryContext, app, 'a-token', never));

    expect(failure.message).toMatch(/responded for the end of the authorization with text\/html/);
  });

  it('is refused to another app', async () => {
    const zoom = await aZoom();
    const grant = await aGrant(zoom);
    const { transport, retryContext } = wired(zoom);
    const app = zoomAppOf(zoom, { clientSecret: 'guessed' });

    const failure = await failureMessage(revoke(transport, retryContext, app, grant.accessToken, never));

    expect(failure).toMatchObject({ reason: 'credentials-wrong' });
  });
});
