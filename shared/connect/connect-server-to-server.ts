import { pinAccount } from '../collect/pinned-account.ts';
import { ConfigurationError } from '../errors.ts';
import { AccountCredentials } from '../zoom/account-credentials.ts';
import { type AppCredentials, appOf } from './app-of.ts';
import { assertSameApp } from './assert-same-app.ts';
import type { Connected } from './callback-result.ts';
import { checkStreams } from './check-streams.ts';
import { kickOff } from './kick-off.ts';
import { pinnedToAnother } from './pinned-to-another.ts';
import type { Connecting, ConnectionSecret } from './ports.ts';

/**
 * Connects a source by a Server-to-Server app of its own account: Zoom takes the credentials, the account is the source's,
 * and each stream was asked for before they are stored. Throws ConfigurationError, RateLimitedError or UpstreamError.
 */
export const connectServerToServer = async (
  connecting: Connecting,
  { clientId, clientSecret, accountId }: AppCredentials & { readonly accountId: string },
  signal: AbortSignal,
): Promise<Connected> => {
  const { source, secrets, store, exchange, patience } = connecting;
  const pinned = await pinnedToAnother(connecting, {}, accountId);
  if (pinned !== undefined) throw anotherAccount(source.name, pinned, accountId);
  const app = appOf(source, { clientId, clientSecret });
  const tokens = new AccountCredentials(exchange, patience, app, accountId);
  await tokens.current(signal);
  const streams = await checkStreams(connecting, tokens, signal);

  await secrets.change((secret): ConnectionSecret => {
    assertSameApp(source.name, secret, clientId);
    if ((secret.accountId ?? accountId) !== accountId) {
      throw anotherAccount(source.name, String(secret.accountId), accountId);
    }
    return { app: { clientId, clientSecret, accountId }, accountId };
  }, 'replace');
  await pinAccount(store, source.name, accountId);
  return { accountId, streams, kicked: await kickOff(connecting) };
};

const anotherAccount = (source: string, pinned: string, offered: string): ConfigurationError =>
  new ConfigurationError(
    'another-account',
    `The source "${source}" is tied to the Zoom account ${pinned}; these credentials are those of ${offered}. Give the other ` +
      `account a source of its own in sources.json.`,
  );
