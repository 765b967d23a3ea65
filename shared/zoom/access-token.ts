import { apiBaseOf } from './hosts.ts';
import type { TokenResponse } from './token-endpoint.ts';

/** A bearer token and the API it is for. */
export interface AccessToken {
  readonly value: string;
  /** Ends in `/v2`; undefined if Zoom named none, or one outside its domains. */
  readonly apiBase: string | undefined;
  readonly expiresAt: Date;
  /** From this time on another is fetched, so that none expires during a request. */
  readonly renewFrom: Date;
}

/** A source of access tokens. Of any number of concurrent callers, one calls Zoom. */
export interface AccessTokens {
  /** A token that has not expired. */
  current(signal: AbortSignal): Promise<AccessToken>;
  /** A token other than `spent`, which Zoom rejected. */
  renew(spent: AccessToken, signal: AbortSignal): Promise<AccessToken>;
}

const MARGIN_MS = 120_000;

/** A token too short-lived for the margin is renewed after three quarters of its lifetime. */
const MARGIN_SHARE = 1 / 4;

export const accessTokenOf = (response: TokenResponse, oauthUrl: string, now: Date): AccessToken => {
  const lifeMs = response.expires_in * 1000;
  return {
    value: response.access_token,
    apiBase: apiBaseOf(response.api_url, oauthUrl),
    expiresAt: new Date(now.getTime() + lifeMs),
    renewFrom: new Date(now.getTime() + lifeMs - Math.min(MARGIN_MS, lifeMs * MARGIN_SHARE)),
  };
};

/** A stored token, of any age. */
export const storedAccessToken = (
  value: string,
  apiUrl: string | undefined,
  oauthUrl: string,
  expiresAt: Date,
): AccessToken => ({
  value,
  apiBase: apiBaseOf(apiUrl, oauthUrl),
  expiresAt,
  renewFrom: new Date(expiresAt.getTime() - MARGIN_MS),
});

export const isGood = (token: AccessToken, now: Date): boolean => now < token.renewFrom;
