import { ConfigurationError } from '../errors.ts';
import { authorizeUrl, exchangeCode } from '../zoom/authorization-code.ts';
import type { App } from '../zoom/token-endpoint.ts';
import { type AppCredentials, zoomAppOf, assertSameApp } from './zoom-app.ts';
import { createState } from './connection-state.ts';
import type { ConnectionContext, ConnectionSecret, RandomBytes } from './ports.ts';

/** The time for the consent in the browser. */
const LIFE_MS = 10 * 60_000;

/** 256 bits, so that it can't be guessed; as base64url they are 43 characters, the least of PKCE. */
const VERIFIER_BYTES = 32;

/** A connection that awaits consent. */
export interface BegunConnection {
  /** Zoom's consent page, which an administrator of the account must open. */
  readonly authorizeUrl: URL;
  readonly state: string;
  readonly expiresAt: Date;
}

/**
 * Starts to connect a source: the callback accepts one response, to this request only, for ten minutes. An earlier request
 * becomes invalid; an earlier connection stays until there is a new one. Throws ConfigurationError if Zoom does not accept
 * the app's credentials, or the source is connected through another app.
 */
export const beginConnection = async (
  { source, secrets, secretId, transport, retryContext }: ConnectionContext,
  credentials: AppCredentials,
  redirectUrl: string,
  randomBytes: RandomBytes,
  signal: AbortSignal,
): Promise<BegunConnection> => {
  const { clientId, clientSecret } = credentials;
  const app = zoomAppOf(source, credentials);
  const state = createState({ source: source.name, secretId }, randomBytes);
  const codeVerifier = randomBytes(VERIFIER_BYTES).toString('base64url');
  retryContext.knownSecrets.add(state);
  const request = { redirectUri: redirectUrl, state, codeVerifier };

  await assertCredentials({ transport, retryContext }, app, request, signal);
  const expiresAt = new Date(retryContext.clock.now().getTime() + LIFE_MS);
  const pending = { state, codeVerifier, redirectUrl, expiresAt: expiresAt.toISOString() };
  await secrets.change((secret): ConnectionSecret => {
    assertSameApp(source.name, secret, clientId);
    return { ...secret, app: { clientId, clientSecret }, pending, ended: undefined };
  }, 'replace');
  return { authorizeUrl: authorizeUrl(app, request), state, expiresAt };
};

/**
 * Throws ConfigurationError if Zoom rejects the client id and secret, before they replace working ones: requests the grant
 * of a code that was never issued. Any other refusal is expected.
 */
const assertCredentials = async (
  { transport, retryContext }: Pick<ConnectionContext, 'transport' | 'retryContext'>,
  app: App,
  { redirectUri, codeVerifier }: { redirectUri: string; codeVerifier: string },
  signal: AbortSignal,
): Promise<void> => {
  const subject = { code: 'none-yet', redirectUri, codeVerifier };
  await exchangeCode(transport, retryContext, app, subject, signal).catch((error: unknown) => {
    const expected = error instanceof ConfigurationError && error.reason !== 'credentials-wrong';
    if (!expected) throw error;
  });
};
