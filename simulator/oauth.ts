import { createHash } from 'node:crypto';
import type { Account } from './account.ts';
import { type Answer, apiError, invalidClient, invalidGrant, json, oauthError } from './response.ts';
import type { Call } from './call.ts';
import type { SeededRandom } from './seeded-random.ts';
import { type Grant, type Grants, livingScopes } from './grants.ts';

interface Code {
  readonly account: Account;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  readonly method: string;
  readonly expiresAt: number;
}

interface OAuthOptions {
  readonly accounts: readonly Account[];
  readonly grants: Grants;
  readonly chance: SeededRandom;
  readonly now: () => number;
  readonly codeSeconds: number;
  readonly accessTokenSeconds: number;
  /** The simulator's own origin, for `api_url`. */
  readonly origin: () => string;
}

/** The endpoints under `/oauth`. */
export interface OAuth {
  authorize(call: Call): Answer;
  token(call: Call): Answer;
  revoke(call: Call): Answer;
}

export const createOAuth = (options: OAuthOptions): OAuth => {
  const { accounts, grants, chance, now } = options;
  const codes = new Map<string, Code>();

  const zoomAppOf = ({ basic }: Call): Account[] =>
    accounts.filter(
      ({ clientId, state }) => clientId === basic?.clientId && state.clientSecret === basic.clientSecret,
    );

  const tokenAnswer = (grant: Grant, tokens: Record<string, string>): Answer => {
    const { apiUrl } = grant.account.state;
    return json(200, {
      ...tokens,
      token_type: 'bearer',
      expires_in: options.accessTokenSeconds,
      scope: livingScopes(grant).join(' '),
      ...(apiUrl !== 'absent' && { api_url: apiUrl === 'self' ? options.origin() : apiUrl }),
    });
  };

  const byCode = (app: Account[], form: URLSearchParams): Answer => {
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    if (!code || !app.includes(code.account) || code.expiresAt <= now()) {
      return oauthError(400, 'invalid_grant', 'Invalid authorization code');
    }
    if (form.get('redirect_uri') !== code.redirectUri) {
      return oauthError(400, 'invalid_request', 'Redirect URI mismatch.');
    }
    if (!provesChallenge(code, form.get('code_verifier'))) {
      return oauthError(400, 'invalid_request', 'code verifier does not match code challenge');
    }
    const grant = grants.begin(code.account, 'code');
    return pairAnswer(grant, grants.issuePair(grant));
  };

  const pairAnswer = (grant: Grant, pair: { accessToken: string; refreshToken: string }) =>
    tokenAnswer(grant, { access_token: pair.accessToken, refresh_token: pair.refreshToken });

  const byRefreshToken = (app: Account[], form: URLSearchParams): Answer => {
    const refreshToken = form.get('refresh_token') ?? '';
    const owner = grants.ownerOf(refreshToken);
    const rotated = owner && app.includes(owner.account) ? grants.rotate(refreshToken) : undefined;
    return rotated ? pairAnswer(rotated.grant, rotated) : invalidGrant();
  };

  const byAccount = (app: Account[], form: URLSearchParams): Answer => {
    const account = app.find(({ accountId }) => accountId === form.get('account_id'));
    if (account?.state.connection !== 'alive') return oauthError(400, 'invalid_request', 'Bad Request');
    const grant = grants.begin(account, 'server-to-server');
    return tokenAnswer(grant, { access_token: grants.issueAccessToken(grant) });
  };

  return {
    /**
     * The consent page, which consents at once. Several accounts may have one app: the parameter `account_id`, which Zoom does
     * not have, selects the account whose admin consents.
     */
    authorize: ({ query }) => {
      const wanted = query.get('account_id');
      const account = accounts.find(
        ({ clientId, accountId }) =>
          clientId === query.get('client_id') && accountId === (wanted ?? accountId),
      );
      const redirectUri = query.get('redirect_uri') ?? '';
      if (!account) return apiError(400, 4702, 'Invalid client.');
      if (query.get('response_type') !== 'code') return apiError(400, 4706, 'Missing response type.');
      const { redirectUris, consent } = account.state;
      if (!URL.canParse(redirectUri) || (redirectUris.length > 0 && !redirectUris.includes(redirectUri))) {
        return apiError(400, 4709, 'Redirect URI mismatch.');
      }

      const target = new URL(redirectUri);
      const state = query.get('state');
      if (consent === 'deny') {
        target.searchParams.set('error', 'access_denied');
      } else {
        const code = chance.text(24);
        codes.set(code, {
          account,
          redirectUri,
          challenge: query.get('code_challenge') ?? undefined,
          method: query.get('code_challenge_method') ?? 'plain',
          expiresAt: now() + options.codeSeconds * 1000,
        });
        target.searchParams.set('code', code);
      }
      if (state !== null) target.searchParams.set('state', state);
      return { status: 302, headers: { location: target.href }, body: '' };
    },

    token: (call) => {
      const app = zoomAppOf(call);
      if (app.length === 0) return invalidClient();
      switch (call.form.get('grant_type') ?? '') {
        case 'authorization_code':
          return byCode(app, call.form);
        case 'refresh_token':
          return byRefreshToken(app, call.form);
        case 'account_credentials':
          return byAccount(app, call.form);
        default:
          return oauthError(400, 'unsupported_grant_type', 'unsupported grant type');
      }
    },

    revoke: (call) => {
      const app = zoomAppOf(call);
      const grant = grants.ownerOf(call.form.get('token') ?? '');
      if (app.length === 0) return invalidClient();
      if (!grant || !app.includes(grant.account)) return oauthError(400, 'invalid_request', 'Invalid Token!');
      grant.ended = true;
      return json(200, { status: 'success' });
    },
  };
};

/** PKCE: a code that was requested with a challenge requires the verifier. */
const provesChallenge = ({ challenge, method }: Code, verifier: string | null): boolean => {
  if (challenge === undefined) return true;
  if (verifier === null) return false;
  return (
    challenge === (method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier)
  );
};
