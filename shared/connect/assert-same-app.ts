import { ConfigurationError } from '../errors.ts';
import type { ConnectionSecret } from './ports.ts';

/**
 * Throws ConfigurationError if a source is connected through another app: its grant is good with that app alone, so
 * storing this one would end the connection before there is a new one.
 */
export const assertSameApp = (source: string, { app, grant }: ConnectionSecret, clientId: string): void => {
  if (!grant || !app || app.clientId === clientId) return;
  throw new ConfigurationError(
    'another-app',
    `The source "${source}" is connected through another app of Zoom's, with the client id ${app.clientId}. Use that one, or ` +
      `end its connection first: zoom-log-source disconnect ${source}`,
  );
};
