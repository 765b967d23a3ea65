import type { Clock, ObjectStore } from '../../shared/collect/ports.ts';
import { type Connector, createConnector } from '../../shared/app/connector.ts';
import { STREAM_NAMES } from '../../shared/model/stream.ts';
import { AccountCredentials } from '../../shared/zoom/account-credentials.ts';
import { createHttpTransport } from '../../shared/zoom/http-transport.ts';
import { KnownSecrets } from '../../shared/zoom/known-secrets.ts';
import { Pacer } from '../../shared/zoom/pacer.ts';
import { ZoomClient } from '../../shared/zoom/zoom-client.ts';
import { DEFAULT_ACCOUNT, type Simulator } from '../../simulator/index.ts';

export interface SimulatedSource {
  readonly source: string;
  readonly accountId?: string;
  readonly lookbackDays?: number;
  readonly backfillDays?: number;
  readonly requestsPerDay?: number;
}

/** A connector to an account of a simulator, on the simulator's clock, which `sleep` advances. */
export const connectToSimulator = (
  simulator: Simulator,
  store: ObjectStore,
  { source, accountId = DEFAULT_ACCOUNT.accountId, ...limits }: SimulatedSource,
): Connector & { close: () => Promise<void> } => {
  const clock: Clock = {
    now: () => simulator.clock.now(),
    sleep: (ms, signal) => {
      signal.throwIfAborted();
      simulator.clock.advance(ms);
      return Promise.resolve();
    },
  };
  const { transport, close } = createHttpTransport(10_000);
  const requestsPerSecond = 10_000;
  const retryContext = {
    clock,
    random: () => 0.5,
    pacer: new Pacer(clock, requestsPerSecond),
    knownSecrets: new KnownSecrets(),
  };
  const app = { ...DEFAULT_ACCOUNT, oauthUrl: simulator.oauthUrl };
  const tokens = new AccountCredentials(transport, retryContext, app, accountId);
  const client = new ZoomClient(transport, tokens, retryContext, simulator.apiUrl);
  const connector = createConnector({
    source,
    streams: STREAM_NAMES,
    lookbackDays: limits.lookbackDays ?? 3,
    backfillDays: limits.backfillDays ?? 0,
    requestsPerDay: limits.requestsPerDay ?? 10_000,
    requestsPerSecond,
    mapping: { formats: ['flat', 'ocsf'], ocsfVersion: '1.8.0', accountId },
    store,
    tokens,
    client,
    clock,
  });
  return Object.assign(connector, { close });
};
