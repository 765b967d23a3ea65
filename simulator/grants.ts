import type { Account } from './account.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Settings } from './options.ts';

/** Consent of one account to its app: by an admin's authorisation code, or Server-to-Server. */
export interface Grant {
  readonly account: Account;
  readonly kind: 'code' | 'server-to-server';
  /** The scopes of the app at the time of consent. */
  readonly scopes: readonly string[];
  /** Permanently invalid: revoked, replaced by a later authorisation, or ended with the connection. */
  ended: boolean;
}

interface AccessToken {
  readonly grant: Grant;
  readonly expiresAt: number;
}

interface RefreshToken {
  readonly grant: Grant;
  readonly expiresAt: number;
  /** When a newer token replaced it. */
  replacedAt?: number;
}

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Every issued token and its state. */
export interface Grants {
  /** Issues a grant. A grant by code ends the earlier one of the same account and app: Zoom keeps only one. */
  begin(account: Account, kind: Grant['kind']): Grant;
  issueAccessToken(grant: Grant): string;
  issuePair(grant: Grant): TokenPair;
  /** Issues a new pair for a valid refresh token, which becomes invalid at once (or after the grace period); undefined for any other. */
  rotate(refreshToken: string): (TokenPair & { readonly grant: Grant }) | undefined;
  /** The grant of an access token, and whether it has expired; undefined if it was never issued. */
  lookUp(accessToken: string): { readonly grant: Grant; readonly expired: boolean } | undefined;
  /** The grant of an access or refresh token. */
  ownerOf(token: string): Grant | undefined;
  endAll(account: Account): void;
}

interface GrantOptions {
  readonly now: () => number;
  readonly chance: SeededRandom;
  readonly lifetimes: Settings['lifetimes'];
  readonly refreshGraceSeconds: number;
}

export const createGrants = ({ now, chance, lifetimes, refreshGraceSeconds }: GrantOptions): Grants => {
  const accessTokens = new Map<string, AccessToken>();
  const refreshTokens = new Map<string, RefreshToken>();
  const consents = new Set<Grant>();

  const issueAccessToken = (grant: Grant): string => {
    const token = newToken(chance);
    accessTokens.set(token, { grant, expiresAt: now() + lifetimes.accessToken * 1000 });
    return token;
  };
  const issuePair = (grant: Grant): TokenPair => {
    const refreshToken = newToken(chance);
    refreshTokens.set(refreshToken, { grant, expiresAt: now() + lifetimes.refreshToken * 1000 });
    return { accessToken: issueAccessToken(grant), refreshToken };
  };
  const endAll = (account: Account, kind?: Grant['kind']) => {
    for (const grant of consents) {
      if (grant.account !== account || (kind && grant.kind !== kind)) continue;
      grant.ended = true;
      consents.delete(grant);
    }
  };

  return {
    begin: (account, kind) => {
      if (kind === 'code') endAll(account, 'code');
      const grant: Grant = { account, kind, scopes: account.state.scopes, ended: false };
      consents.add(grant);
      return grant;
    },
    issueAccessToken,
    issuePair,
    rotate: (refreshToken) => {
      const known = refreshTokens.get(refreshToken);
      if (!known || known.grant.ended || known.expiresAt <= now()) return undefined;
      const spentAt = (known.replacedAt ?? Infinity) + refreshGraceSeconds * 1000;
      if (spentAt <= now()) return undefined;

      known.replacedAt ??= now();
      return { grant: known.grant, ...issuePair(known.grant) };
    },
    lookUp: (accessToken) => {
      const known = accessTokens.get(accessToken);
      return known && { grant: known.grant, expired: known.expiresAt <= now() };
    },
    ownerOf: (token) => (accessTokens.get(token) ?? refreshTokens.get(token))?.grant,
    endAll,
  };
};

/** The current scopes of a grant: the consented scopes that the app still has, without admin scopes if the role was lowered. */
export const livingScopes = ({ account: { state }, scopes }: Grant): string[] =>
  scopes.filter(
    (scope) => state.scopes.includes(scope) && !(state.role === 'lowered' && scope.endsWith(':admin')),
  );

/** Long, opaque and in the form of a JWT, like Zoom's. */
const newToken = (chance: SeededRandom): string => {
  const header = Buffer.from('{"sv":"000002","alg":"HS512","v":"2.0"}').toString('base64url');
  return [header, chance.text(320), chance.text(64)].join('.');
};
