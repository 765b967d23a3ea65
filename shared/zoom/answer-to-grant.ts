import { accessTokenOf } from './access-token.ts';
import type { Grant } from './grant.ts';
import type { TokenAnswer } from './token-endpoint.ts';

/** The grant in a token answer; Zoom's rotation leaves the refresh token out only if the old one (`kept`) lives on. */
export const answerToGrant = (answer: TokenAnswer, kept: string, oauthUrl: string, now: Date): Grant => ({
  refreshToken: answer.refresh_token ?? kept,
  accessToken: answer.access_token,
  expiresAt: accessTokenOf(answer, oauthUrl, now).expiresAt.toISOString(),
  apiUrl: answer.api_url,
  scopes: answer.scope.split(' ').filter((scope) => scope !== ''),
});
