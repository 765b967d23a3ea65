import { describe, expect, it } from '@jest/globals';
import {
  EndedConnectionSchema,
  GrantSchema,
  SourceSecretSchema,
} from '../../../shared/model/source-secret.ts';

const GRANT = {
  refreshToken: 'refresh',
  accessToken: 'access',
  expiresAt: '2026-11-20T10:05:30.000Z',
  apiUrl: 'https://api.zoom.us/v2',
  scopes: ['report:read:admin'],
};
const PENDING = {
  state: 's'.repeat(32),
  codeVerifier: 'v'.repeat(43),
  redirectUrl: 'https://example.test/oauth/callback',
  expiresAt: '2026-11-20T10:05:30.000Z',
};
const APP = { clientId: 'id', clientSecret: 'secret', accountId: 'account' };
const SECRET = { app: APP, pending: PENDING, grant: GRANT, accountId: 'account' };

describe('the secret of a source', () => {
  it('is read back as it was stored', () => {
    const longer = { ...PENDING, state: 's'.repeat(64), codeVerifier: 'v'.repeat(64) };

    expect(SourceSecretSchema.parse(SECRET)).toEqual(SECRET);
    expect(SourceSecretSchema.parse({ ...SECRET, pending: longer })).toEqual({ ...SECRET, pending: longer });
  });

  it('may be empty at first', () => {
    expect(SourceSecretSchema.parse({})).toEqual({});
  });

  it.each([
    [{ app: { ...APP, clientId: '' } }],
    [{ app: { ...APP, clientSecret: '' } }],
    [{ app: { ...APP, accountId: '' } }],
    [{ pending: { ...PENDING, state: 's'.repeat(31) } }],
    [{ pending: { ...PENDING, codeVerifier: 'v'.repeat(42) } }],
    [{ grant: { ...GRANT, refreshToken: '' } }],
    [{ grant: { ...GRANT, accessToken: '' } }],
    [{ accountId: '' }],
  ])('with an empty or a short value is invalid: %j', (fields) => {
    expect(SourceSecretSchema.safeParse({ ...SECRET, ...fields }).success).toBe(false);
  });

  it.each([
    ['declined', 32, true],
    ['refused', 64, true],
    ['other', 32, false],
    ['declined', 31, false],
  ])('has a connection that ended: %s, with a state of %d characters: %s', (outcome, length, isValid) => {
    const ended = { state: 's'.repeat(length), outcome };

    expect(EndedConnectionSchema.safeParse(ended)).toMatchObject(
      isValid ? { success: true, data: ended } : { success: false },
    );
  });

  it('has a grant without scopes where none were named', () => {
    const { refreshToken, accessToken, expiresAt } = GRANT;

    expect(GrantSchema.parse({ refreshToken, accessToken, expiresAt }).scopes).toEqual([]);
  });
});
