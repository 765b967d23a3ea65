import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Account } from './account.ts';
import { readCall } from './call.ts';
import { createClock } from './clock.ts';
import { CONTROL_PATH, createControl } from './control.ts';
import { deliver } from './deliver.ts';
import { type SimulatorOptions, SimulatorOptionsSchema } from './options.ts';
import { STREAM_NAMES, type StreamName } from './row-store.ts';
import type { Simulator } from './simulator.ts';
import { createZoom } from './zoom.ts';

/** Starts a simulator on 127.0.0.1. Throws a ZodError for bad options, and the system's error if the port is taken. */
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
    content: (accountId) => zoom.content.control(accountOf(accountId)),
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
    await deliver(response, call.path.startsWith(CONTROL_PATH) ? control(call) : zoom.respond(call));
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  return simulator;
};
