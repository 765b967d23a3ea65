import { AuthorizedGrant } from '../zoom/authorized-grant.ts';
import { appOf } from './app-of.ts';
import { checkStreams, type StreamCheck } from './check-streams.ts';
import type { Connecting } from './ports.ts';

/** What a source that is connected by OAuth can read. Empty if it is not connected. */
export const checkConnection = async (
  connecting: Connecting,
  signal: AbortSignal,
): Promise<StreamCheck[]> => {
  const { source, exchange, patience, grants } = connecting;
  const { app, grant } = (await connecting.secrets.read()).secret;
  if (!app || !grant) return [];
  return checkStreams(
    connecting,
    new AuthorizedGrant(exchange, patience, appOf(source, app), grants),
    signal,
  );
};
