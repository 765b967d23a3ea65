import { endpointsOf, type SourceConfig } from '../model/source-config.ts';
import type { App } from '../zoom/token-endpoint.ts';

/** An app's credentials, as an operator has them from Zoom's App Marketplace. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The app of a source, and where its Zoom takes it. */
export const appOf = (
  source: Pick<SourceConfig, 'host'>,
  { clientId, clientSecret }: AppCredentials,
): App => ({ clientId, clientSecret, oauthUrl: endpointsOf(source).oauthUrl });
