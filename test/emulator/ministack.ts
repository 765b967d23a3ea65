import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPython } from './python.ts';
import { virtualEnvironment } from './virtual-environment.ts';

/** A running AWS of this test file's own. */
export interface Emulator {
  /** By its IP, so that the SDK speaks to S3 path-style. */
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The same as environment variables, for a process that reads them. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it has printed. */
  log(): string;
  /** Ends it and every Lambda process that it has started. */
  stop(): Promise<void>;
}

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

const REGION = 'us-east-1';
const CREDENTIALS = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
const START_LIMIT_MS = 30_000;

/** Where `node` is the one that production runs on: Lambda functions are started by that name. */
const BIN = join(import.meta.dirname, '../../node_modules/.bin');

/**
 * Leads the emulator's process group and lives as long as its standard input: that ends when we do, even if we are killed,
 * and then nothing is left of the group and its folder. The group also ends when the emulator does.
 */
const LEADER = '("$@"; kill -KILL 0) & cat > /dev/null; rm -rf "$TMPDIR"; kill -KILL 0';

/** Starts ministack on a free port of 127.0.0.1, in a few tenths of a second once it is installed. */
export const startMinistack = async (): Promise<Emulator> => {
  const python = findPython();
  if (python.missing !== undefined) throw new Error(python.missing);
  const interpreter = await virtualEnvironment(python, REQUIREMENTS);
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'zoom-log-source-ministack-'));
  const logFile = join(folder, 'ministack.log');

  const output = openSync(logFile, 'a');
  const leader = spawn('/bin/sh', ['-c', LEADER, 'sh', interpreter, '-m', 'ministack'], {
    cwd: folder,
    detached: true, // a separate process group
    stdio: ['pipe', output, output],
    env: {
      ...benign(process.env),
      PATH: [BIN, process.env['PATH']].join(delimiter),
      TMPDIR: folder,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      LAMBDA_EXECUTOR: 'local',
      MINISTACK_REGION: REGION,
      PYTHONUNBUFFERED: '1',
    },
  });
  closeSync(output);
  const ended = once(leader, 'exit');

  const endpoint = `http://127.0.0.1:${port}`;
  const log = (): string => readFileSync(logFile, 'utf8');
  const stop = async (): Promise<void> => {
    leader.stdin?.end();
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const limit = Date.now() + START_LIMIT_MS;
  while (!(await isHealthy(endpoint))) {
    if (leader.exitCode === null && leader.signalCode === null && Date.now() < limit) {
      await sleep(50);
      continue;
    }
    const printed = log();
    await stop();
    throw new Error(`ministack did not start on port ${port}:\n${printed.slice(-2000)}`);
  }
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
  return { endpoint, region: REGION, credentials: CREDENTIALS, environment, log, stop };
};

const isHealthy = (endpoint: string): Promise<boolean> =>
  fetch(`${endpoint}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );

/** Without what would lead to a real AWS or Zoom, and without jest's own options for Node. */
const benign = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(?:AWS_|ZOOM_|NODE_OPTIONS$|JEST_)/.test(name)),
  );

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};
