import type { Clock } from '../collect/ports.ts';
import type { Proxies } from '../model/proxies.ts';
import type { ZoomEnvironment } from '../runtime/environment.ts';
import { AccountCredentials } from '../zoom/account-credentials.ts';
import { zoomAddress } from '../zoom/hosts.ts';
import { KnownSecrets } from '../zoom/known-secrets.ts';
import { Pacer } from '../zoom/pacer.ts';
import { ZoomClient } from '../zoom/zoom-client.ts';
import { ZoomContent } from '../zoom/zoom-content.ts';
import type { ZoomDownloads } from '../zoom/zoom-downloads.ts';

interface ConnectionOptions {
  readonly proxies?: Proxies | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** Zoom's content API and its file host, with the tokens of an account's own app. */
export interface ContentConnection {
  readonly client: ZoomClient;
  readonly tokens: AccountCredentials;
  readonly listings: ZoomContent;
  readonly downloads: ZoomDownloads;
  readonly close: () => Promise<void>;
}

/** Checks the addresses of Zoom, and returns what connects to them. Throws ConfigurationError for an address that is not Zoom's. */
export const connectContent = (
  zoom: ZoomEnvironment,
  { proxies, clock, random }: ConnectionOptions,
): (() => Promise<ContentConnection>) => {
  const app = {
    clientId: zoom.ZOOM_CLIENT_ID,
    clientSecret: zoom.ZOOM_CLIENT_SECRET,
    oauthUrl: zoomAddress('ZOOM_OAUTH_URL', zoom.ZOOM_OAUTH_URL),
    fromEnvironment: true,
  };
  const apiUrl = zoom.ZOOM_API_URL === undefined ? undefined : zoomAddress('ZOOM_API_URL', zoom.ZOOM_API_URL);
  return async () => {
    // Imported late: commands that only read do not need the HTTP client.
    const [{ createHttpTransport }, { ZoomDownloads: Downloads }] = await Promise.all([
      import('../zoom/http-transport.ts'),
      import('../zoom/zoom-downloads.ts'),
    ]);
    const timeoutMs = zoom.ZOOM_TIMEOUT_SECONDS * 1000;
    const { transport, close } = createHttpTransport(timeoutMs, proxies);
    const retryContext = {
      clock,
      random,
      pacer: new Pacer(clock, zoom.ZOOM_REQUESTS_PER_SECOND),
      knownSecrets: new KnownSecrets(),
    };
    const tokens = new AccountCredentials(transport, retryContext, app, zoom.ZOOM_ACCOUNT_ID);
    const client = new ZoomClient(transport, tokens, retryContext, apiUrl);
    const downloads = new Downloads(tokens, retryContext, { timeoutMs, proxies, apiUrl });
    return {
      client,
      tokens,
      listings: new ZoomContent(client),
      downloads,
      close: async () => {
        await close();
        await downloads.close();
      },
    };
  };
};
