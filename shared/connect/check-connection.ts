import { AuthorizedGrant } from '../zoom/authorized-grant.ts';
import { whoAmI } from '../zoom/who-am-i.ts';
import { appOf } from './zoom-app.ts';
import type { Connected } from './callback-result.ts';
import { checkStreams, clientFor } from './check-streams.ts';
import type { Connecting } from './ports.ts';

/** Whose a connection by OAuth is, and what it can read. Undefined if the source is not connected. */
export const checkConnection = async (
  connecting: Connecting,
  signal: AbortSignal,
): Promise<Omit<Connected, 'kicked'> | undefined> => {
  const { source, exchange, patience, grants } = connecting;
  const { app, grant, accountId } = (await connecting.secrets.read()).secret;
  if (!app || !grant || accountId === undefined) return undefined;
  const tokens = new AuthorizedGrant(exchange, patience, appOf(source, app), grants);
  // The connection stands; who authorized it is only told.
  const authorizedBy = await whoAmI(clientFor(connecting, tokens), signal).then(
    ({ email }) => email,
    () => undefined,
  );
  signal.throwIfAborted();
  return {
    auth: 'oauth',
    accountId,
    authorizedBy,
    streams: await checkStreams(connecting, tokens, signal),
  };
};
