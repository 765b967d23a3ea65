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
  /** Points at Zoom. */
  readonly environment: Environment;
  readonly source: string;
  readonly streams: readonly StreamName[];
  readonly formats: readonly Format[];
  /** Days before the first poll that it brings. */
  readonly backfillDays: number;
  readonly announced?: readonly string[];
  /** What time it is: whoever polls moves it on. */
  readonly now: () => Date;
}

/** A source polled into a folder, whose every call is counted. */
export interface PolledFolder {
  readonly connector: Connector;
  /** What some work costs this process, Zoom and the store. */
  readonly cost: (work: () => Promise<unknown>) => Promise<RunCost>;
  readonly close: () => Promise<void>;
}

/** The connector as a deployment puts it together, on a clock that stands still while it polls, over a folder. */
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

/** What a day costs is to be seen whole. */
const NO_SHARE = 1_000_000;
