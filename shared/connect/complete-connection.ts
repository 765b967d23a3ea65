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

/** The time for revoking a grant, after all other time has run out. */
const REVOKE_MS = 4000;

/**
 * Handles a callback: from the query of a browser to a connected source, or to the reason why it is not connected. Bad input
 * changes nothing, and a query without a state that we issued costs no call. The state is used up before its code is used,
 * and a grant that is not stored is revoked. Throws what the stores throw, and a ConfigurationError for a missing or damaged
 * secret.
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
 * Ends the pending connection of a state. Returns whether the source had one. Zoom's error must not repeat the contents of
 * the secret.
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

/** Revokes an unused grant. Whether Zoom confirmed it. */
const revokeUnused = (
  { transport, retryContext }: Pick<ConnectionContext, 'transport' | 'retryContext'>,
  app: App,
  { accessToken }: Grant,
): Promise<boolean> =>
  revoke(transport, retryContext, app, accessToken, AbortSignal.timeout(REVOKE_MS)).catch(() => false);

/** The result for a failure of Zoom's; any other is rethrown. */
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
    return { outcome: 'zoom-failing', message: 'Zoom did not respond in time.', zoomTrackingId: undefined };
  }
  throw error;
};
