import { createHash } from 'node:crypto';
import { ConfigurationError, UpstreamError } from '../errors.ts';
import { answerToGrant } from './answer-to-grant.ts';
import { evidenceOf, trackingIdOf } from './evidence.ts';
import { type Failure, isForeign, mayBeServed } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { Grant } from './grant.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { meaningOf } from './meaning.ts';
import { type Attempt, type Patience, retrying } from './retrying.ts';
import { type App, askForToken, postForm, type TokenAnswer } from './token-endpoint.ts';

/** What RFC 7636 allows: long enough not to be guessed, and nothing that a URL would encode. */
const CODE_VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/** An admin's way to Zoom's consent page and back. */
export interface AuthorizationRequest {
  /** As registered for the app, letter by letter. */
  readonly redirectUri: string;
  /** Comes back with the code, and proves that it answers this very request. */
  readonly state: string;
  /** Kept by us: only whoever knows it can use the code (PKCE). 43 to 128 letters, digits, `-._~`. */
  readonly codeVerifier: string;
}

/** What Zoom sent back to the redirect address. */
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
 * Turns a code, which lives five minutes and is good once, into a grant; it is the caller's to store. From then on the
 * earlier grant of the same Zoom account to this app is dead. Throws ConfigurationError, RateLimitedError or UpstreamError.
 */
export const exchangeCode = async (
  exchange: Exchange,
  patience: Patience,
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
  const { knownSecrets } = patience;
  knownSecrets.addApp(app);
  knownSecrets.add(code, codeVerifier);
  const attempt = async (): Promise<Attempt<TokenAnswer>> => {
    const result = await askForToken(exchange, app, form, signal);
    // Zoom may have taken the code, so asking again would only be refused.
    if (result.kind !== 'success' && mayBeServed(result)) throw answerLost(result, knownSecrets);
    return result;
  };
  const asked = { what: 'the authorization' };
  const answer = await retrying(patience, asked, attempt, () => Promise.resolve(), signal);
  knownSecrets.add(answer.refresh_token, answer.access_token);
  if (answer.refresh_token === undefined) {
    throw new ConfigurationError(
      'app-kind-wrong',
      'Zoom gave an access token but none to renew it with: the app must be a General app, managed by an admin.',
    );
  }
  return answerToGrant(answer, answer.refresh_token, app.oauthUrl, patience.clock.now());
};

/**
 * Ends the grant that an access token belongs to. False if Zoom doesn't know the token, as one that has expired: then the
 * grant may live on, until a living token of it is revoked or the app is removed in Zoom.
 */
export const revoke = (
  exchange: Exchange,
  patience: Patience,
  app: App,
  accessToken: string,
  signal: AbortSignal,
): Promise<boolean> => {
  patience.knownSecrets.addApp(app);
  patience.knownSecrets.add(accessToken);
  const attempt = async (): Promise<Attempt<boolean>> => {
    const answer = await postForm(exchange, app, 'revoke', { token: accessToken }, signal);
    if ('kind' in answer) return answer;
    if (answer.status === 200 && !isForeign(answer)) return { kind: 'success', value: true };
    const failure: Failure = { kind: 'answer', answer };
    const meaning = meaningOf(failure, patience.clock.now());
    const unknown = meaning === 'grant-dead' || meaning === 'token-dead';
    return unknown ? { kind: 'success', value: false } : failure;
  };
  const asked = { what: 'the end of the authorization' };
  return retrying(patience, asked, attempt, () => Promise.resolve(), signal);
};

const answerLost = (failure: Failure, secrets: KnownSecrets): UpstreamError =>
  new UpstreamError(
    `Zoom's answer to the authorization was lost. Begin the authorization again. ${evidenceOf(failure, secrets)}`,
    { zoomTrackingId: trackingIdOf(failure, secrets) },
  );
