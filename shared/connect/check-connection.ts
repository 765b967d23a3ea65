import { AuthorizedGrant } from '../zoom/authorized-grant.ts';
import { whoAmI } from '../zoom/who-am-i.ts';
import { zoomAppOf } from './zoom-app.ts';
import type { Connected } from './callback-result.ts';
import { checkStreams, clientFor } from './check-streams.ts';
import type { ConnectionContext } from './ports.ts';

/** Who authorized an OAuth connection, and what it can read. Undefined if the source is not connected. */
export const checkConnection = async (
  connection: ConnectionContext,
  signal: AbortSignal,
): Promise<Omit<Connected, 'pollRequested'> | undefined> => {
  const { source, transport, retryContext, grants } = connection;
  const { app, grant, accountId } = (await connection.secrets.read()).secret;
  if (!app || !grant || accountId === undefined) return undefined;
  const tokens = new AuthorizedGrant(transport, retryContext, zoomAppOf(source, app), grants);
  // The connection works; who authorized it is only information.
  const authorizedBy = await whoAmI(clientFor(connection, tokens), signal).then(
    ({ email }) => email,
    () => undefined,
  );
  signal.throwIfAborted();
  return {
    auth: 'oauth',
    accountId,
    authorizedBy,
    streams: await checkStreams(connection, tokens, signal),
  };
};
