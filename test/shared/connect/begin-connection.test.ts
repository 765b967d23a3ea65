import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { beginConnection } from '../../../shared/connect/begin-connection.ts';
import { completeConnection } from '../../../shared/connect/complete-connection.ts';
import { DEFAULT_ACCOUNT } from '../../../simulator/index.ts';
import { aBench, begin, consentedQuery, REDIRECT_URL } from '../../support/connecting.ts';
import { failureMessage, never } from '../../support/zoom.ts';

describe('beginning a connection', () => {
  it('leads to Zoom with PKCE and a state of 256 bits, and without secrets in the URL', async () => {
    const bench = await aBench();

    const { authorizeUrl, state } = await begin(bench);

    expect(Object.fromEntries(authorizeUrl.searchParams)).toMatchObject({
      client_id: DEFAULT_ACCOUNT.clientId,
      redirect_uri: REDIRECT_URL,
      state,
      code_challenge_method: 'S256',
    });
    expect(Buffer.from(state, 'base64url')).toHaveLength(32);
    expect(authorizeUrl.href).not.toContain(bench.connecting.secrets.now.pending?.codeVerifier);
    expect(authorizeUrl.href).not.toContain(DEFAULT_ACCOUNT.clientSecret);
  });

  it('keeps an earlier connection until there is a new one', async () => {
    const bench = await aBench();
    await completeConnection(bench.connecting, await consentedQuery(await begin(bench)), never);
    const { grant, accountId } = bench.connecting.secrets.now;

    await begin(bench);

    expect(bench.connecting.secrets.now).toMatchObject({ grant, accountId });
  });

  it('stores no client secret that Zoom does not accept', async () => {
    const { connecting: connection } = await aBench();
    const wrong = { ...DEFAULT_ACCOUNT, clientSecret: 'mistyped' };

    const error = await failureMessage(beginConnection(connection, wrong, REDIRECT_URL, randomBytes, never));

    expect(error).toMatchObject({ reason: 'credentials-wrong' });
    expect(error.message).not.toContain('mistyped');
    expect(connection.secrets.now).toEqual({});
  });

  it('does not replace a connection through another app', async () => {
    const accounts = [{}, { accountId: 'account-of-the-other-app', clientId: 'other-app' }];
    const bench = await aBench({ accounts });
    await completeConnection(bench.connecting, await consentedQuery(await begin(bench)), never);
    const other = { ...DEFAULT_ACCOUNT, clientId: 'other-app' };
    const before = bench.connecting.secrets.now;

    const error = await failureMessage(
      beginConnection(bench.connecting, other, REDIRECT_URL, randomBytes, never),
    );

    expect(error).toMatchObject({
      reason: 'another-app',
      message: expect.stringContaining('disconnect acme'),
    });
    expect(bench.connecting.secrets.now).toEqual(before);
  });
});
