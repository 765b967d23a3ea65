import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Account } from './account.ts';
import { readCall } from './call.ts';
import { createClock, type SimulatedClock } from './clock.ts';
import { CONTROL_PATH, createControl } from './control.ts';
import { deliver } from './deliver.ts';
import type { Faults } from './faults.ts';
import { type AccountState, type SimulatorOptions, SimulatorOptionsSchema } from './options.ts';
import { type SimulatedRow, STREAM_NAMES, type StreamName } from './row-store.ts';
import type { Traffic } from './traffic.ts';
import { createZoom } from './zoom.ts';

export { clientEnvironment } from './client-environment.ts';
export type { SimulatedClock } from './clock.ts';
export { type CompanyOptions, generateCompany, type Lateness } from './company/generate-company.ts';
export { type Fault, FAULTS, type FaultGroup, type FaultName, faultsOfGroup } from './fault-table.ts';
export { checkFaultSpec, type Faults } from './faults.ts';
export { loadRows } from './load-rows.ts';
export { type AccountState, DEFAULT_ACCOUNT, type SimulatorOptions } from './options.ts';
export type { SimulatedRow, StreamName } from './row-store.ts';
export type { Traffic } from './traffic.ts';

/** A running Zoom. Where an account id is asked for, none means the first account. */
export interface Simulator {
  /** Its origin, without a slash at the end. */
  readonly url: string;
  /** `ZOOM_API_URL` and `ZOOM_OAUTH_URL` for a client. */
  readonly apiUrl: string;
  readonly oauthUrl: string;
  readonly clock: SimulatedClock;
  readonly faults: Faults;
  account(accountId?: string): {
    readonly state: Readonly<AccountState>;
    /** Changes what is named and leaves the rest. Throws a ZodError for what no account can have. */
    update(change: Partial<AccountState>): void;
  };
  /** Throws a RangeError for a row with neither a readable time nor a day. */
  addRows(rows: Iterable<SimulatedRow>, accountId?: string): void;
  /** The truth to compare with: exactly the values that are served, each day newest first unless `all`. */
  rows(filter?: RowFilter): unknown[];
  /** The same as the texts that are served. */
  rowTexts(filter?: RowFilter): string[];
  requests(): Traffic;
  close(): Promise<void>;
}

export interface RowFilter {
  readonly accountId?: string | undefined;
  readonly stream?: StreamName | undefined;
  readonly day?: string | undefined;
  /** With the rows that are not visible yet. */
  readonly all?: boolean | undefined;
}

/** Starts a Zoom on 127.0.0.1. Throws a ZodError for bad options, and the system's error if the port is taken. */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const settings = SimulatorOptionsSchema.parse(options);
  const start = settings.now === undefined ? undefined : new Date(settings.now);
  const clock = createClock(start, settings.speed);
  const server = createServer();
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const zoom = createZoom(settings, clock, url);

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port, '127.0.0.1', resolve);
  });

  const accountOf = (accountId: string | undefined): Account => {
    const account = zoom.accounts.find((one) => one.accountId === (accountId ?? one.accountId));
    if (!account) throw new RangeError(`The simulator has no account "${accountId ?? ''}".`);
    return account;
  };

  const simulator: Simulator = {
    url: url(),
    apiUrl: `${url()}/v2`,
    oauthUrl: `${url()}/oauth`,
    clock,
    faults: zoom.faults,
    account: (accountId) => {
      const account = accountOf(accountId);
      return {
        get state() {
          return account.state;
        },
        update: (change) => zoom.update(account, change),
      };
    },
    addRows: (rows, accountId) => accountOf(accountId).rows.add(rows),
    rows: (filter) => simulator.rowTexts(filter).map((json): unknown => JSON.parse(json)),
    rowTexts: ({ accountId, stream, day, all = false } = {}) => {
      const store = accountOf(accountId).rows;
      const now = clock.now().getTime();
      const rowsOf = (name: StreamName, one: string) =>
        all ? store.all(name, one) : store.visible(name, one, now);
      return (stream ? [stream] : STREAM_NAMES)
        .flatMap((name) => (day === undefined ? store.days(name) : [day]).map((one) => rowsOf(name, one)))
        .flatMap((rows) => rows.map(({ json }) => json));
    },
    requests: () => zoom.traffic(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const control = createControl(simulator);
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const call = await readCall(request);
    await deliver(response, call.path.startsWith(CONTROL_PATH) ? control(call) : zoom.answer(call));
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  return simulator;
};
