import { ConfigurationError } from '../errors.ts';
import { endpointsOf, type SourceConfig } from '../model/source-config.ts';
import type { App } from '../zoom/token-endpoint.ts';
import type { ConnectionSecret } from './ports.ts';

/** An app's credentials from Zoom's App Marketplace. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The app of a source, with the URL of its Zoom cloud. */
export const zoomAppOf = (
  source: Pick<SourceConfig, 'host'>,
  { clientId, clientSecret }: AppCredentials,
): App => ({ clientId, clientSecret, oauthUrl: endpointsOf(source).oauthUrl });

/**
 * Throws ConfigurationError if a source is connected through another app: its grant is valid only with that app, so
 * storing this one would end the connection before there is a new one.
 */
export const assertSameApp = (source: string, { app, grant }: ConnectionSecret, clientId: string): void => {
  if (!grant || !app || app.clientId === clientId) return;
  throw new ConfigurationError(
    'another-app',
    `The source "${source}" is connected through another Zoom app, with the client id ${app.clientId}. Use that one, or ` +
      `disconnect first: zoom-log-source disconnect ${source}`,
  );
};
