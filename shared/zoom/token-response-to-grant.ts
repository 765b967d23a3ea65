import { accessTokenOf } from './access-token.ts';
import type { Grant } from './grant.ts';
import type { TokenResponse } from './token-endpoint.ts';

/** The grant in a token answer; Zoom's rotation leaves the refresh token out only if the old one (`kept`) lives on. */
export const tokenResponseToGrant = (
  response: TokenResponse,
  kept: string,
  oauthUrl: string,
  now: Date,
): Grant => ({
  refreshToken: response.refresh_token ?? kept,
  accessToken: response.access_token,
  expiresAt: accessTokenOf(response, oauthUrl, now).expiresAt.toISOString(),
  apiUrl: response.api_url,
  scopes: response.scope.split(' ').filter((scope) => scope !== ''),
});
