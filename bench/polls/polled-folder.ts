import { type Connector, createConnector, DEFAULT_LOOKBACK_DAYS } from '../../shared/app/connector.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import type { StreamName } from '../../shared/model/stream.ts';
import { type Format, OCSF_VERSIONS } from '../../shared/normalize/index.ts';
import { type Environment, readEnvironment } from '../../shared/runtime/environment.ts';
import { AccountCredentials } from '../../shared/zoom/account-credentials.ts';
import { createHttpTransport } from '../../shared/zoom/http-transport.ts';
import { KnownSecrets } from '../../shared/zoom/known-secrets.ts';
import { Pacer } from '../../shared/zoom/pacer.ts';
import { ZoomClient } from '../../shared/zoom/zoom-client.ts';
import { CountingStore } from './counting-store.ts';
import { costOf, type RunCost } from './run-cost.ts';

export interface PolledFolderOptions {
  readonly folder: string;
  /** The environment variables of the client. */
  readonly environment: Environment;
  readonly source: string;
  readonly streams: readonly StreamName[];
  readonly formats: readonly Format[];
  /** Days to back-fill before the first poll. */
  readonly backfillDays: number;
  readonly announced?: readonly string[];
  /** The clock, which the caller advances. */
  readonly now: () => Date;
}

/** A source polled into a folder, with all calls counted. */
export interface PolledFolder {
  readonly connector: Connector;
  /** Measures the cost of some work for this process, Zoom and the store. */
  readonly cost: (work: () => Promise<unknown>) => Promise<RunCost>;
  readonly close: () => Promise<void>;
}

/** The connector of a deployment over a folder, with a clock that is stopped during polls. */
export const openPolledFolder = async (options: PolledFolderOptions): Promise<PolledFolder> => {
  const { folder, source, streams, formats, backfillDays, now } = options;
  const zoom = readEnvironment(options.environment);
  const clock = { now, sleep: () => Promise.resolve() };
  const store = new CountingStore(await FolderStore.open(folder, now()), options.announced);
  const { transport, close } = createHttpTransport(zoom.ZOOM_TIMEOUT_SECONDS * 1000);
  const retryContext = {
    clock,
    random: () => 0.5,
    pacer: new Pacer(clock, zoom.ZOOM_REQUESTS_PER_SECOND),
    knownSecrets: new KnownSecrets(),
  };
  const app = {
    clientId: zoom.ZOOM_CLIENT_ID,
    clientSecret: zoom.ZOOM_CLIENT_SECRET,
    oauthUrl: zoom.ZOOM_OAUTH_URL,
  };
  const tokens = new AccountCredentials(transport, retryContext, app, zoom.ZOOM_ACCOUNT_ID);
  const client = new ZoomClient(transport, tokens, retryContext, zoom.ZOOM_API_URL);
  const connector = createConnector({
    source,
    streams,
    lookbackDays: DEFAULT_LOOKBACK_DAYS,
    backfillDays,
    requestsPerDay: NO_SHARE,
    requestsPerSecond: zoom.ZOOM_REQUESTS_PER_SECOND,
    mapping: { formats, ocsfVersion: OCSF_VERSIONS[0], accountId: zoom.ZOOM_ACCOUNT_ID },
    store,
    tokens,
    client,
    clock,
  });
  const counters = { requests: () => client.requests, calls: () => store.calls };
  return { connector, cost: (work) => costOf(counters, work), close };
};

/** No budget: the whole cost of a day is measured. */
const NO_SHARE = 1_000_000;
