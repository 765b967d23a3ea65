import { createHash } from 'node:crypto';
import { ConfigurationError, UpstreamError } from '../errors.ts';
import { tokenResponseToGrant } from './token-response-to-grant.ts';
import { describeFailure, trackingIdOf } from './describe-failure.ts';
import { type Failure, isForeign, mayBeServed } from './zoom-response.ts';
import type { HttpTransport } from './http-transport.ts';
import type { Grant } from './grant.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { classifyFailure } from './failure-kind.ts';
import { type Attempt, type RetryContext, withRetries } from './with-retries.ts';
import { type App, requestToken, postForm, type TokenResponse } from './token-endpoint.ts';

/** The characters and lengths of RFC 7636. */
const CODE_VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/** A request for an admin's consent on Zoom's page. */
export interface AuthorizationRequest {
  /** Exactly as registered for the app. */
  readonly redirectUri: string;
  /** Returned with the code: it proves that the code belongs to this request. */
  readonly state: string;
  /** Kept by us: the code is useless without it (PKCE). 43 to 128 letters, digits, `-._~`. */
  readonly codeVerifier: string;
}

/** The values that Zoom sent to the redirect URL. */
export interface AuthorizationCode extends Omit<AuthorizationRequest, 'state'> {
  readonly code: string;
}

/** Zoom's consent page. Throws a RangeError for a code verifier that RFC 7636 forbids. */
export const authorizeUrl = (
  { clientId, oauthUrl }: App,
  { redirectUri, state, codeVerifier }: AuthorizationRequest,
): URL => {
  if (!CODE_VERIFIER.test(codeVerifier)) {
    throw new RangeError('A code verifier has 43 to 128 letters, digits and -._~');
  }
  const url = new URL(`${oauthUrl}/authorize`);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256', // Zoom's default is `plain`
  }).toString();
  return url;
};

/**
 * Exchanges a code, which is valid for five minutes and once, for a grant, which the caller stores. This invalidates the
 * earlier grant of the same Zoom account to this app. Throws ConfigurationError, RateLimitedError or UpstreamError.
 */
export const exchangeCode = async (
  transport: HttpTransport,
  retryContext: RetryContext,
  app: App,
  { code, redirectUri, codeVerifier }: AuthorizationCode,
  signal: AbortSignal,
): Promise<Grant> => {
  const form = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  };
  const { knownSecrets } = retryContext;
  knownSecrets.addApp(app);
  knownSecrets.add(code, codeVerifier);
  const attempt = async (): Promise<Attempt<TokenResponse>> => {
    const result = await requestToken(transport, app, form, signal);
    // Zoom may have used the code, so a retry would only be refused.
    if (result.kind !== 'success' && mayBeServed(result)) throw responseLost(result, knownSecrets);
    return result;
  };
  const subject = { what: 'the authorization' };
  const response = await withRetries(retryContext, subject, attempt, () => Promise.resolve(), signal);
  knownSecrets.add(response.refresh_token, response.access_token);
  if (response.refresh_token === undefined) {
    throw new ConfigurationError(
      'app-kind-wrong',
      'Zoom issued an access token without a refresh token. The app must be a General app, managed by an admin.',
    );
  }
  return tokenResponseToGrant(response, response.refresh_token, app.oauthUrl, retryContext.clock.now());
};

/**
 * Revokes the grant of an access token. False if Zoom doesn't recognize the token, such as one that has expired: then the
 * grant may stay valid until a valid token of it is revoked or the app is removed in Zoom.
 */
export const revoke = (
  transport: HttpTransport,
  retryContext: RetryContext,
  app: App,
  accessToken: string,
  signal: AbortSignal,
): Promise<boolean> => {
  retryContext.knownSecrets.addApp(app);
  retryContext.knownSecrets.add(accessToken);
  const attempt = async (): Promise<Attempt<boolean>> => {
    const response = await postForm(transport, app, 'revoke', { token: accessToken }, signal);
    if ('kind' in response) return response;
    if (response.status === 200 && !isForeign(response)) return { kind: 'success', value: true };
    const failure: Failure = { kind: 'response', response };
    const failureKind = classifyFailure(failure, retryContext.clock.now());
    const unknown = failureKind === 'grant-dead' || failureKind === 'token-dead';
    return unknown ? { kind: 'success', value: false } : failure;
  };
  const subject = { what: 'the end of the authorization' };
  return withRetries(retryContext, subject, attempt, () => Promise.resolve(), signal);
};

const responseLost = (failure: Failure, secrets: KnownSecrets): UpstreamError =>
  new UpstreamError(
    `Zoom's response to the authorization was lost. Start the authorization again. ${describeFailure(failure, secrets)}`,
    { zoomTrackingId: trackingIdOf(failure, secrets) },
  );
