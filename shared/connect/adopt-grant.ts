import { pinAccount } from '../collect/pinned-account.ts';
import { ConfigurationError } from '../errors.ts';
import type { Grant } from '../zoom/authorized-grant.ts';
import type { App } from '../zoom/token-endpoint.ts';
import { UnstoredGrant } from '../zoom/unstored-grant.ts';
import { whoAmI } from '../zoom/who-am-i.ts';
import type { CallbackResult } from './callback-result.ts';
import { checkStreams, clientFor } from './check-streams.ts';
import { kickOff } from './kick-off.ts';
import { pinnedToAnother } from './pinned-to-another.ts';
import type { Connecting } from './ports.ts';

/**
 * Makes a fresh grant the source's own: sees whose it is, ties the source to that Zoom account, stores it (also if a stream
 * can't be read yet: a role or a plan is mended at Zoom, without another consent) and asks for the first collection.
 */
export const adoptGrant = async (
  connecting: Connecting,
  app: App,
  grant: Grant,
  signal: AbortSignal,
): Promise<CallbackResult> => {
  const { source, secrets, store } = connecting;
  const tokens = new UnstoredGrant(grant, app);

  const identity = await whoAmI(clientFor(connecting, tokens), signal).catch(refusalOf);
  if (identity instanceof ConfigurationError) {
    const { reason, message } = identity;
    return { outcome: 'unidentified', reason, message, revoked: false };
  }
  const { accountId } = identity;
  const { secret } = await secrets.read();
  const pinned = await pinnedToAnother(connecting, secret, accountId);
  if (pinned !== undefined) return { outcome: 'another-account', pinned, offered: accountId, revoked: false };

  const streams = await checkStreams(connecting, tokens, signal);
  await pinAccount(store, source.name, accountId);
  const stored = await secrets.change((current) => {
    const isOurs = current.app?.clientId === app.clientId && (current.accountId ?? accountId) === accountId;
    return isOurs ? { ...current, grant, accountId } : undefined;
  });
  if (!stored) return { outcome: 'stale', why: 'overtaken' };
  return { outcome: 'connected', accountId, streams, kicked: await kickOff(connecting) };
};

const refusalOf = (error: unknown): ConfigurationError => {
  if (error instanceof ConfigurationError) return error;
  throw error;
};
