import { SecretGrants } from '../../shared/aws/secret-grants.ts';
import { writeFailedStart } from '../../shared/collect/state/last-run.ts';
import type { Clock, ObjectStore } from '../../shared/collect/ports.ts';
import { zoomAppOf } from '../../shared/connect/zoom-app.ts';
import { adoptGrant } from '../../shared/connect/adopt-grant.ts';
import type { SecretStore } from '../../shared/connect/ports.ts';
import { type Connector, createConnector } from '../../shared/app/connector.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import { dayOf } from '../../shared/model/day.ts';
import { STREAM_NAMES } from '../../shared/model/stream.ts';
import type { Format } from '../../shared/normalize/index.ts';
import type { Log } from '../../shared/runtime/log.ts';
import { handleEvent, type TriggerContext } from '../../shared/triggers/handle-event.ts';
import { AccountCredentials } from '../../shared/zoom/account-credentials.ts';
import { authorizeUrl, exchangeCode } from '../../shared/zoom/authorization-code.ts';
import { AuthorizedGrant } from '../../shared/zoom/authorized-grant.ts';
import type { HttpTransport } from '../../shared/zoom/http-transport.ts';
import { KnownSecrets } from '../../shared/zoom/known-secrets.ts';
import { Pacer } from '../../shared/zoom/pacer.ts';
import type { RetryContext } from '../../shared/zoom/with-retries.ts';
import type { App } from '../../shared/zoom/token-endpoint.ts';
import { ZoomClient } from '../../shared/zoom/zoom-client.ts';
import type { Climate } from './plan.ts';
import type { Process } from './scheduler.ts';
import { ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, ORIGIN } from './simulated-zoom.ts';

export const SOURCE = 'acme';
export const HOST = { name: SOURCE, host: ORIGIN, streams: STREAM_NAMES } as const;
export const CLIENT_APP = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
export const APP: App = zoomAppOf(HOST, CLIENT_APP);

/** The dependencies of a process of the world: each call is an effect. */
export interface WorldContext {
  readonly store: ObjectStore;
  readonly secrets: SecretStore;
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** One process of the poller, composed as a deployed one. It keeps its memory from one invocation to the next. */
export class CollectorProcess {
  readonly process: Process;
  readonly formats: readonly Format[];
  readonly #triggered: TriggerContext;
  /** The invocation that runs, if any: a process has one at a time. */
  running: AbortController | undefined;
  /** Whether a queue called it, so that all its work can wait. */
  asQueueAsks = false;
  /** The keys of the states of slices that had been read whole when it was called. */
  readWhole: ReadonlySet<string> = new Set();

  constructor(process: Process, formats: readonly Format[], climate: Climate, worldContext: WorldContext) {
    this.process = process;
    this.formats = formats;
    const { store, secrets, clock, log } = worldContext;
    const connector = connect(formats, climate, worldContext);
    this.#triggered = {
      source: SOURCE,
      streams: climate.streams,
      connector: async () => {
        const { grant, app } = (await secrets.read()).secret;
        if (app && (climate.auth === 'server-to-server' || grant)) return connector;
        throw new ConfigurationError('not-connected', 'The source is not connected.');
      },
      recordFailure: async (reason, message) => {
        const error = { day: dayOf(clock.now()), reason, message };
        await Promise.all(
          climate.streams.map((stream) => writeFailedStart(store, SOURCE, stream, error, clock.now())),
        );
      },
      log,
      metrics: { record: () => undefined, write: () => undefined },
    };
  }

  response(event: unknown, signal: AbortSignal): ReturnType<typeof handleEvent> {
    return handleEvent(event, this.#triggered, signal);
  }
}

const connect = (formats: readonly Format[], climate: Climate, worldContext: WorldContext): Connector => {
  const { store, secrets, transport, clock } = worldContext;
  const retryContext = retryContextIn(worldContext, climate.requestsPerSecond);
  const tokens =
    climate.auth === 'oauth'
      ? new AuthorizedGrant(transport, retryContext, APP, new SecretGrants(secrets))
      : new AccountCredentials(transport, retryContext, APP, ACCOUNT_ID);
  return createConnector({
    source: SOURCE,
    streams: climate.streams,
    lookbackDays: climate.lookbackDays,
    backfillDays: climate.backfillDays,
    requestsPerDay: climate.requestsPerDay,
    requestsPerSecond: climate.requestsPerSecond,
    mapping: { formats, ocsfVersion: '1.8.0', accountId: ACCOUNT_ID },
    store,
    tokens,
    client: new ZoomClient(transport, tokens, retryContext, undefined),
    clock,
  });
};

const retryContextIn = ({ clock, random }: WorldContext, requestsPerSecond: number): RetryContext => ({
  clock,
  random,
  pacer: new Pacer(clock, requestsPerSecond),
  knownSecrets: new KnownSecrets(),
});

const VERIFIER = 'a-verifier-of-more-than-forty-three-letters-and-dashes';
const REDIRECT = 'https://connect.quillmere.example/callback';

/** An administrator consents, and the grant is stored for the source. Returns the outcome in a word. */
export const authorize = async (
  { secrets, store, ...rest }: WorldContext,
  consent: (url: URL) => string,
  requestPoll: () => void,
): Promise<string> => {
  const never = new AbortController().signal;
  const retryContext = retryContextIn({ secrets, store, ...rest }, 8);
  const request = {
    redirectUri: REDIRECT,
    state: 'a-state-of-more-than-thirty-two-letters',
    codeVerifier: VERIFIER,
  };
  const code = { code: consent(authorizeUrl(APP, request)), redirectUri: REDIRECT, codeVerifier: VERIFIER };
  const grant = await exchangeCode(rest.transport, retryContext, APP, code, never);
  const connection = {
    source: HOST,
    secrets,
    secretId: 'a-secret',
    grants: new SecretGrants(secrets),
    store,
    transport: rest.transport,
    retryContext,
    requestPoll: () => {
      requestPoll();
      return Promise.resolve();
    },
  };
  return (await adoptGrant(connection, APP, grant, never)).outcome;
};
