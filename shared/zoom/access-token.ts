import { apiBaseOf } from './hosts.ts';
import type { TokenResponse } from './token-endpoint.ts';

/** A bearer token and the API it is for. */
export interface AccessToken {
  readonly value: string;
  /** Ends in `/v2`; undefined if Zoom named none, or none of its own. */
  readonly apiBase: string | undefined;
  readonly expiresAt: Date;
  /** From here on another is fetched, so that none dies on its way. */
  readonly renewFrom: Date;
}

/** Where access tokens come from. Of any number of callers at once, one asks Zoom. */
export interface AccessTokens {
  /** A token that is good by the clock. */
  current(signal: AbortSignal): Promise<AccessToken>;
  /** A token other than `spent`, which Zoom refused. */
  renew(spent: AccessToken, signal: AbortSignal): Promise<AccessToken>;
}

const MARGIN_MS = 120_000;

/** A token so short-lived that the margin would eat it up loses a quarter of its life instead. */
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

/** A token that was stored, and may have been for long. */
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
