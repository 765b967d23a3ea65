import { ConfigurationError } from '../errors.ts';
import { authorizeUrl, exchangeCode } from '../zoom/authorization-code.ts';
import type { App } from '../zoom/token-endpoint.ts';
import { type AppCredentials, zoomAppOf, assertSameApp } from './zoom-app.ts';
import { createState } from './connection-state.ts';
import type { ConnectionContext, ConnectionSecret, RandomBytes } from './ports.ts';

/** How long the operator has to consent in the browser. */
const LIFE_MS = 10 * 60_000;

/** 256 bits, so that it can't be guessed; as base64url they are 43 characters, as PKCE wants at least. */
const VERIFIER_BYTES = 32;

/** A connection that waits for the operator's consent. */
export interface BegunConnection {
  /** Zoom's consent page, to be opened by an administrator of the account. */
  readonly authorizeUrl: URL;
  readonly state: string;
  readonly expiresAt: Date;
}

/**
 * Begins to connect a source: the callback will take one answer, to this very request, for ten minutes. An earlier request
 * is void from here on; an earlier connection lives on until there is a new one. Throws ConfigurationError if Zoom does not
 * take the app's credentials, or the source is connected through another app.
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
 * Throws ConfigurationError if Zoom says that client id and secret don't fit, before they take the place of what works: asks
 * it for the grant of a code that was never given. Any other refusal is the one that was to be expected.
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
