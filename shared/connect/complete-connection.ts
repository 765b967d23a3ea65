import { ConfigurationError, RateLimitedError, UpstreamError } from '../errors.ts';
import { exchangeCode, revoke } from '../zoom/authorization-code.ts';
import type { Grant } from '../zoom/authorized-grant.ts';
import type { App } from '../zoom/token-endpoint.ts';
import { adoptGrant } from './adopt-grant.ts';
import { zoomAppOf } from './zoom-app.ts';
import { readCallbackQuery } from './callback-query.ts';
import type { CallbackResult } from './callback-result.ts';
import type { EndedConnection } from '../model/source-secret.ts';
import { claimPending, endClaimed } from './claim-pending.ts';
import { isIssuedState } from './connection-state.ts';
import type { ConnectionContext } from './ports.ts';

/** The time for giving a grant back, when all other time has run out. */
const REVOKE_MS = 4000;

/**
 * The whole of a callback: from the query that a browser brought to a source that is connected, or to the reason why it is
 * not. Bad input changes nothing, and what brings no state that we issued costs no call. A state is spent before its code is looked at, and a grant that is not stored in the end is
 * given back to Zoom. Throws what the stores throw, and a ConfigurationError for a secret that is missing or damaged.
 */
export const completeConnection = async (
  connection: ConnectionContext,
  rawQuery: string,
  signal: AbortSignal,
): Promise<CallbackResult> => {
  const query = readCallbackQuery(rawQuery);
  if (query.kind === 'malformed') return { outcome: 'malformed', problem: query.problem };

  const { source, secrets, secretId, transport, retryContext } = connection;
  const now = retryContext.clock.now();
  const isIssued = isIssuedState({ source: source.name, secretId }, query.state);
  if (query.kind !== 'code') {
    const ended = query.kind === 'declined' ? 'declined' : 'refused';
    const awaited = isIssued && (await endAwaited(connection, query.state, ended, now));
    if (query.kind === 'declined') return { outcome: 'declined', awaited };
    return { outcome: 'zoom-error', error: retryContext.knownSecrets.redact(query.error), awaited };
  }
  if (!isIssued) return { outcome: 'stale', why: 'unissued' };
  const claim = await claimPending(secrets, query.state, now);
  if (!claim.claimed) return { outcome: 'stale', why: claim.why };

  const app = zoomAppOf(source, claim.app);
  retryContext.knownSecrets.add(query.state);
  const { redirectUrl, codeVerifier } = claim.pending;
  const code = { code: query.code, redirectUri: redirectUrl, codeVerifier };
  const failed = (error: unknown): CallbackResult => failureToResult(error, signal);
  const grant = await exchangeCode(transport, retryContext, app, code, signal).catch(failed);
  if ('outcome' in grant) {
    await endClaimed(secrets, query.state);
    return grant;
  }

  try {
    const result = await adoptGrant(connection, app, grant, signal).catch(failed);
    if (result.outcome === 'connected') return result;
    await endClaimed(secrets, query.state);
    const revoked = await revokeUnused(connection, app, grant);
    return 'revoked' in result ? { ...result, revoked } : result;
  } catch (error) {
    await endClaimed(secrets, query.state);
    await revokeUnused(connection, app, grant);
    throw error;
  }
};

/**
 * Ends the connection that a state is good for. Whether the source waited for that state. What the secret holds must not
 * stand in what Zoom's error says.
 */
const endAwaited = async (
  { secrets, retryContext: { knownSecrets } }: ConnectionContext,
  state: string,
  ended: EndedConnection['outcome'],
  now: Date,
): Promise<boolean> => {
  const { app, pending, grant } = (await secrets.read()).secret;
  if (app) knownSecrets.addApp(app);
  knownSecrets.add(state, pending?.codeVerifier, grant?.refreshToken, grant?.accessToken);
  return (await claimPending(secrets, state, now, ended)).claimed;
};

/** Ends a grant that nobody will use. Whether Zoom said so. */
const revokeUnused = (
  { transport, retryContext }: Pick<ConnectionContext, 'transport' | 'retryContext'>,
  app: App,
  { accessToken }: Grant,
): Promise<boolean> =>
  revoke(transport, retryContext, app, accessToken, AbortSignal.timeout(REVOKE_MS)).catch(() => false);

/** What a failure of Zoom's comes to; any other is thrown on. */
const failureToResult = (error: unknown, signal: AbortSignal): CallbackResult => {
  if (error instanceof ConfigurationError) {
    const { reason, message, zoomTrackingId } = error;
    return { outcome: 'refused', reason, message, zoomTrackingId };
  }
  if (error instanceof UpstreamError || error instanceof RateLimitedError) {
    const { message, zoomTrackingId } = error;
    return { outcome: 'zoom-failing', message, zoomTrackingId };
  }
  if (signal.aborted) {
    return { outcome: 'zoom-failing', message: 'Zoom did not answer in time.', zoomTrackingId: undefined };
  }
  throw error;
};
