import { ConfigurationError } from '../errors.ts';
import type { Grant } from '../zoom/authorized-grant.ts';
import type { App } from '../zoom/token-endpoint.ts';
import { UnstoredGrant } from '../zoom/unstored-grant.ts';
import { whoAmI } from '../zoom/who-am-i.ts';
import { conflictWith, pinOrUndo } from './account-pin.ts';
import type { CallbackResult } from './callback-result.ts';
import { checkStreams, clientFor } from './check-streams.ts';
import { requestFirstPoll } from './request-first-poll.ts';
import type { ConnectionContext } from './ports.ts';

/**
 * Stores a new grant for the source: checks its account, stores it (also if a stream can't be read yet: a role or a plan is
 * fixed at Zoom, without another consent), links the source to that Zoom account, and requests the first collection. Any
 * earlier failure leaves no link.
 */
export const adoptGrant = async (
  connection: ConnectionContext,
  app: App,
  grant: Grant,
  signal: AbortSignal,
): Promise<CallbackResult> => {
  const { secrets } = connection;
  const tokens = new UnstoredGrant(grant, app);

  const identity = await whoAmI(clientFor(connection, tokens), signal).catch(toRefusal);
  if (identity instanceof ConfigurationError) {
    const { reason, message, zoomTrackingId } = identity;
    return { outcome: 'unidentified', reason, message, zoomTrackingId, revoked: false };
  }
  const { accountId, email: authorizedBy } = identity;
  const { secret } = await secrets.read();
  const conflict = await conflictWith(connection, secret, accountId);
  if (conflict)
    return { outcome: 'another-account', ...conflict, offered: accountId, authorizedBy, revoked: false };

  const streams = await checkStreams(connection, tokens, signal);
  let before: string | undefined;
  const stored = await secrets.change((current) => {
    before = current.accountId;
    const isOurs = current.app?.clientId === app.clientId && (before ?? accountId) === accountId;
    return isOurs ? { ...current, grant, accountId } : undefined;
  });
  if (!stored) return { outcome: 'stale', why: 'overtaken' };
  await pinOrUndo(connection, accountId, (current) => {
    const isOurs = current.grant?.refreshToken === grant.refreshToken;
    return isOurs ? { ...current, grant: undefined, accountId: before } : undefined;
  });
  const pollRequested = await requestFirstPoll(connection);
  return { outcome: 'connected', auth: 'oauth', accountId, authorizedBy, streams, pollRequested };
};

const toRefusal = (error: unknown): ConfigurationError => {
  if (error instanceof ConfigurationError) return error;
  throw error;
};
