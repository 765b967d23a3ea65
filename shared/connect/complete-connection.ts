import { ConfigurationError, RateLimitedError, UpstreamError } from '../errors.ts';
import { exchangeCode, revoke } from '../zoom/authorization-code.ts';
import type { Grant } from '../zoom/authorized-grant.ts';
import type { App } from '../zoom/token-endpoint.ts';
import { adoptGrant } from './adopt-grant.ts';
import { appOf } from './app-of.ts';
import { readCallbackQuery } from './callback-query.ts';
import type { CallbackResult } from './callback-result.ts';
import { claimPending, endClaimed } from './claim-pending.ts';
import type { EndedConnection } from '../model/source-secret.ts';
import type { Connecting } from './ports.ts';

/** The time for giving a grant back, when all other time has run out. */
const GIVE_BACK_MS = 4000;

/**
 * The whole of a callback: from the query that a browser brought to a source that is connected, or to the reason why it is
 * not. Bad input changes nothing. A state is spent before its code is looked at, and a grant that is not stored in the end is
 * given back to Zoom. Throws what the stores throw, and a ConfigurationError for a secret that is missing or damaged.
 */
export const completeConnection = async (
  connecting: Connecting,
  rawQuery: string,
  signal: AbortSignal,
): Promise<CallbackResult> => {
  const query = readCallbackQuery(rawQuery);
  if (query.kind === 'malformed') return { outcome: 'malformed', problem: query.problem };

  const { source, secrets, exchange, patience } = connecting;
  if (query.kind === 'declined') {
    await endAwaited(connecting, query.state, 'declined');
    return { outcome: 'declined' };
  }
  if (query.kind === 'zoom-error') {
    await endAwaited(connecting, query.state, 'refused');
    return { outcome: 'zoom-error', error: query.error };
  }
  const claim = await claimPending(secrets, query.state, patience.clock.now());
  if (!claim.claimed) return { outcome: 'stale', why: claim.why };

  const app = appOf(source, claim.app);
  const { redirectUrl, codeVerifier } = claim.pending;
  const code = { code: query.code, redirectUri: redirectUrl, codeVerifier };
  const failed = (error: unknown): CallbackResult => failureToResult(error, signal);
  const grant = await exchangeCode(exchange, patience, app, code, signal).catch(failed);
  if ('outcome' in grant) {
    await endClaimed(secrets, query.state);
    return grant;
  }

  try {
    const result = await adoptGrant(connecting, app, grant, signal).catch(failed);
    if (result.outcome === 'connected') return result;
    await endClaimed(secrets, query.state);
    const revoked = await giveBack(connecting, app, grant);
    return 'revoked' in result ? { ...result, revoked } : result;
  } catch (error) {
    await endClaimed(secrets, query.state);
    await giveBack(connecting, app, grant);
    throw error;
  }
};

/** Ends the connection that a state is good for. A stranger's state, or none, ends nothing. */
const endAwaited = async (
  { secrets, patience: { clock } }: Connecting,
  state: string,
  ended: EndedConnection['outcome'],
): Promise<void> => {
  if (state !== '') await claimPending(secrets, state, clock.now(), ended);
};

/** Ends a grant that nobody will use. Whether Zoom said so. */
const giveBack = (
  { exchange, patience }: Pick<Connecting, 'exchange' | 'patience'>,
  app: App,
  { accessToken }: Grant,
): Promise<boolean> =>
  revoke(exchange, patience, app, accessToken, AbortSignal.timeout(GIVE_BACK_MS)).catch(() => false);

/** What a failure of Zoom's comes to; any other is thrown on. */
const failureToResult = (error: unknown, signal: AbortSignal): CallbackResult => {
  if (error instanceof ConfigurationError) {
    return { outcome: 'refused', reason: error.reason, message: error.message };
  }
  if (error instanceof UpstreamError || error instanceof RateLimitedError) {
    return { outcome: 'zoom-failing', message: error.message };
  }
  if (signal.aborted) return { outcome: 'zoom-failing', message: 'Zoom did not answer in time.' };
  throw error;
};
