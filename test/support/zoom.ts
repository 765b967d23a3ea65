import { afterEach } from '@jest/globals';
import type { Clock, Page } from '../../shared/collect/ports.ts';
import { dayOf } from '../../shared/model/day.ts';
import type { Proxies } from '../../shared/model/proxies.ts';
import type { Slice } from '../../shared/model/slice.ts';
import type { AccessTokens } from '../../shared/zoom/access-token.ts';
import { AccountCredentials } from '../../shared/zoom/account-credentials.ts';
import { createHttpTransport, type HttpTransport } from '../../shared/zoom/http-transport.ts';
import { KnownSecrets } from '../../shared/zoom/known-secrets.ts';
import { Pacer } from '../../shared/zoom/pacer.ts';
import type { RetryContext } from '../../shared/zoom/with-retries.ts';
import type { App } from '../../shared/zoom/token-endpoint.ts';
import { ZoomClient } from '../../shared/zoom/zoom-client.ts';
import { ZoomReports } from '../../shared/zoom/zoom-reports.ts';
import {
  DEFAULT_ACCOUNT,
  type SimulatedRow,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../simulator/index.ts';
import { anOperation } from './builders/rows.ts';

/** The start of the tests' clock, which only `sleep` advances. */
export const NOON = new Date('2026-11-20T12:00:00Z');

/** A signal that never aborts. */
export const never = new AbortController().signal;

const open: (() => Promise<void>)[] = [];

/** Closes something after the test. */
export const closeLater = (close: () => Promise<void>): void => {
  open.push(close);
};

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** A Zoom whose clock stands still at noon, closed after the test. */
export const aZoom = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const zoom = await startSimulator({ now: NOON, speed: 0, slowMs: 60, ...options });
  closeLater(() => zoom.close());
  return zoom;
};

/** Zoom's clock, shared with the client: a sleep advances it for both. */
export class SharedClock implements Clock {
  readonly #zoom: Simulator;
  readonly slept: number[] = [];

  constructor(zoom: Simulator) {
    this.#zoom = zoom;
  }

  now(): Date {
    return this.#zoom.clock.now();
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.slept.push(ms);
    this.#zoom.clock.advance(ms);
    await new Promise(setImmediate);
    signal.throwIfAborted();
  }
}

export const zoomAppOf = ({ oauthUrl }: Pick<Simulator, 'oauthUrl'>, fields: Partial<App> = {}): App => ({
  clientId: DEFAULT_ACCOUNT.clientId,
  clientSecret: DEFAULT_ACCOUNT.clientSecret,
  oauthUrl,
  ...fields,
});

/** The real HTTP transport, closed after the test. */
export const anExchange = (timeoutMs = 2000, proxies?: Proxies): HttpTransport => {
  const { transport, close } = createHttpTransport(timeoutMs, proxies);
  closeLater(close);
  return transport;
};

/** The real client of a simulated Zoom, and its parts. */
export interface Wired {
  readonly zoom: Simulator;
  readonly clock: SharedClock;
  readonly retryContext: RetryContext;
  readonly transport: HttpTransport;
  readonly tokens: AccessTokens;
  readonly client: ZoomClient;
  readonly reports: ZoomReports;
}

interface Wiring {
  readonly tokens?: (transport: HttpTransport, retryContext: RetryContext) => AccessTokens;
  readonly transport?: HttpTransport;
  readonly timeoutMs?: number;
  readonly requestsPerSecond?: number;
  readonly random?: () => number;
  readonly apiUrl?: string;
}

export const wired = (zoom: Simulator, wiring: Wiring = {}): Wired => {
  const clock = new SharedClock(zoom);
  const transport = wiring.transport ?? anExchange(wiring.timeoutMs);
  const pacer = new Pacer(clock, wiring.requestsPerSecond ?? 1000);
  const retryContext = {
    clock,
    random: wiring.random ?? (() => 0.5),
    pacer,
    knownSecrets: new KnownSecrets(),
  };
  const tokens =
    wiring.tokens?.(transport, retryContext) ??
    new AccountCredentials(transport, retryContext, zoomAppOf(zoom), DEFAULT_ACCOUNT.accountId);
  const client = new ZoomClient(transport, tokens, retryContext, wiring.apiUrl);
  return { zoom, clock, retryContext, transport, tokens, client, reports: new ZoomReports(client) };
};

export const THE_SLICE: Slice = { source: 'quillmere', stream: 'operation', day: dayOf(NOON) };

/** `count` operation rows of the day of THE_SLICE, a second apart and no two alike. */
export const operationRows = (count: number): SimulatedRow[] =>
  Array.from({ length: count }, (_, index) => ({
    stream: 'operation',
    row: anOperation({
      time: new Date(Date.UTC(2026, 10, 20, 1) + index * 1000).toISOString().replace('.000', ''),
      operation_detail: `Add Group ${index} `,
    }),
  }));

/** Every page of a slice, as it was yielded. */
export const pagesOf = async ({ reports }: Wired, slice = THE_SLICE, signal = never): Promise<Page[]> => {
  const pages: Page[] = [];
  for await (const page of reports.pages(slice, signal)) pages.push(page);
  return pages;
};

/** The rows of the listing that came to an end: a page with index 0 begins another. */
export const rowsOf = (pages: readonly Page[]): unknown[] =>
  pages
    .slice(pages.findLastIndex(({ index }) => index === 0))
    .flatMap(({ rows }) => rows.map(({ row }) => row));

/** How often an endpoint was requested, with any response. */
export const requestsFor = (zoom: Simulator, endpoint: 'operation' | 'activity' | 'token' | 'me'): number =>
  Object.values(zoom.requests().byEndpoint[endpoint] ?? {}).reduce((sum, count) => sum + count, 0);

/** What a promise was rejected with. */
export const failureMessage = async (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('it succeeded');
    },
    (error: unknown) => error as Error,
  );
