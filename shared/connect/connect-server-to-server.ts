import { ConfigurationError } from '../errors.ts';
import { AccountCredentials } from '../zoom/account-credentials.ts';
import { type AccountConflict, conflictWith, pinOrUndo } from './account-pin.ts';
import { type AppCredentials, zoomAppOf, assertSameApp } from './zoom-app.ts';
import type { Connected } from './callback-result.ts';
import { checkStreams } from './check-streams.ts';
import { requestFirstPoll } from './request-first-poll.ts';
import type { ConnectionContext, ConnectionSecret } from './ports.ts';

/**
 * Connects a source by a Server-to-Server app of its own account. The credentials are stored only after Zoom accepts them,
 * the account is the source's, and each stream was checked. Throws ConfigurationError, RateLimitedError or UpstreamError, and
 * then leaves no link.
 */
export const connectServerToServer = async (
  connection: ConnectionContext,
  { clientId, clientSecret, accountId }: AppCredentials & { readonly accountId: string },
  signal: AbortSignal,
): Promise<Connected> => {
  const { source, secrets, transport, retryContext } = connection;
  const conflict = await conflictWith(connection, {}, accountId);
  if (conflict) throw anotherAccount(source.name, conflict, accountId);
  const app = zoomAppOf(source, { clientId, clientSecret });
  const tokens = new AccountCredentials(transport, retryContext, app, accountId);
  await tokens.current(signal);
  const streams = await checkStreams(connection, tokens, signal);

  let before: ConnectionSecret = {};
  await secrets.change((secret): ConnectionSecret => {
    assertSameApp(source.name, secret, clientId);
    if ((secret.accountId ?? accountId) !== accountId) {
      const pinned = { pinned: String(secret.accountId), by: 'first-connection' } as const;
      throw anotherAccount(source.name, pinned, accountId);
    }
    before = secret;
    return { app: { clientId, clientSecret, accountId }, accountId };
  }, 'replace');
  await pinOrUndo(connection, accountId, ({ app: stored }) =>
    stored?.clientId === clientId && stored.clientSecret === clientSecret ? before : undefined,
  );
  const pollRequested = await requestFirstPoll(connection);
  return { auth: 'server-to-server', accountId, authorizedBy: undefined, streams, pollRequested };
};

const anotherAccount = (
  source: string,
  { pinned, by }: AccountConflict,
  offered: string,
): ConfigurationError =>
  new ConfigurationError(
    'another-account',
    by === 'configuration'
      ? `sources.json names the Zoom account ${pinned} for the source "${source}", but these credentials are for ${offered}. Use ` +
          `the credentials of ${pinned}, or correct "accountId" in sources.json and deploy.`
      : `The source "${source}" is linked to the Zoom account ${pinned}, but these credentials are for ${offered}. Add another ` +
          `source for that account in sources.json. If the first connection was the wrong one and nothing was collected: ` +
          `bin/zoom-log-source disconnect ${source} --forget-account`,
  );
