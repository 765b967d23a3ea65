import { assertAccount } from '../collect/state/pinned-account.ts';
import type { Clock, ObjectStore } from '../collect/ports.ts';
import {
  type Connector,
  createConnector,
  DEFAULT_LOOKBACK_DAYS,
  DEFAULT_REQUESTS_PER_DAY,
} from './connector.ts';
import type { StreamName } from '../model/stream.ts';
import type { Format, OcsfVersion } from '../normalize/index.ts';
import type { Proxies } from '../model/proxies.ts';
import { type Environment, readEnvironment } from '../runtime/environment.ts';
import { openCollected, openStore } from './open-store.ts';
import { AccountCredentials } from '../zoom/account-credentials.ts';
import { zoomAddress } from '../zoom/hosts.ts';
import { KnownSecrets } from '../zoom/known-secrets.ts';
import { Pacer } from '../zoom/pacer.ts';
import { ZoomClient } from '../zoom/zoom-client.ts';

export { isFull } from '../local/is-full.ts';

/** The options of a connector on this machine. */
export interface LocalOptions {
  readonly environment: Environment;
  /** The proxies for Zoom and AWS. */
  readonly proxies?: Proxies | undefined;
  /** The folder that events are delivered to, or `s3://bucket/prefix`. */
  readonly out: string;
  readonly source: string;
  readonly streams: readonly StreamName[];
  readonly formats: readonly Format[];
  readonly ocsfVersion: OcsfVersion;
  /** Days that stay open to late rows. */
  readonly lookbackDays?: number | undefined;
  /** Days before today that the first poll collects. Default: the lookback. */
  readonly backfillDays?: number | undefined;
  readonly requestsPerDay?: number | undefined;
  /** Whether the group may read the files of a folder, too. */
  readonly groupReadable?: boolean | undefined;
  /** Does not change the folder: it must have been collected into. */
  readonly readOnly?: boolean | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/**
 * A connector from an account's own Server-to-Server app into a folder of this machine. Throws ConfigurationError for any
 * problem that is found before the first request to Zoom.
 */
export const createLocalConnector = async (
  options: LocalOptions,
): Promise<Connector & { store: ObjectStore; close: () => Promise<void> }> => {
  const { source, streams, formats, ocsfVersion, clock, random } = options;
  const zoom = readEnvironment(options.environment);
  const accountId = zoom.ZOOM_ACCOUNT_ID;
  const app = {
    clientId: zoom.ZOOM_CLIENT_ID,
    clientSecret: zoom.ZOOM_CLIENT_SECRET,
    oauthUrl: zoomAddress('ZOOM_OAUTH_URL', zoom.ZOOM_OAUTH_URL),
    fromEnvironment: true,
  };
  const apiUrl = zoom.ZOOM_API_URL === undefined ? undefined : zoomAddress('ZOOM_API_URL', zoom.ZOOM_API_URL);
  const store = await (options.readOnly ? openCollected : openStore)(options.out, options);
  await assertAccount(store, source, accountId);

  // Imported late: commands that only read do not need the HTTP client.
  const { createHttpTransport } = await import('../zoom/http-transport.ts');
  const { transport, close } = createHttpTransport(zoom.ZOOM_TIMEOUT_SECONDS * 1000, options.proxies);
  const retryContext = {
    clock,
    random,
    pacer: new Pacer(clock, zoom.ZOOM_REQUESTS_PER_SECOND),
    knownSecrets: new KnownSecrets(),
  };
  const tokens = new AccountCredentials(transport, retryContext, app, accountId);
  const client = new ZoomClient(transport, tokens, retryContext, apiUrl);
  const mapping = { formats, ocsfVersion, accountId };
  const connector = createConnector({
    source,
    streams,
    lookbackDays: options.lookbackDays ?? DEFAULT_LOOKBACK_DAYS,
    backfillDays: options.backfillDays ?? 0,
    requestsPerDay: options.requestsPerDay ?? DEFAULT_REQUESTS_PER_DAY,
    requestsPerSecond: zoom.ZOOM_REQUESTS_PER_SECOND,
    mapping,
    store,
    tokens,
    client,
    clock,
  });
  return Object.assign(connector, { store, close });
};
