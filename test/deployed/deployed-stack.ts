import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import type { Simulator } from '../../simulator/index.ts';
import { accessTo } from '../emulator/aws.ts';
import type { Emulator } from '../emulator/ministack.ts';

const ROOT = join(import.meta.dirname, '../..');
const STACK = 'zoom-under-test';

/** The two Zoom accounts of the simulator, and the sources of the deployment that collect them. */
export const OAUTH_SOURCE = 'acme';
export const SERVER_SOURCE = 'globex';
export const OTHER_ACCOUNT = 'Sim-Account-000000000002';

export interface DeployedStack {
  readonly sourcesFile: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** How long the deployment took. */
  readonly seconds: number;
}

/** Deploys both accounts of a simulator. */
export const deployTo = (
  emulator: Emulator,
  simulator: Simulator,
  sourcesFile?: string,
): Promise<DeployedStack> => {
  const source = { host: simulator.url, lookbackDays: 1, backfillDays: 0, requestsPerSecond: 40 };
  const sources = [
    { name: OAUTH_SOURCE, auth: 'oauth', pollMinutes: 1, ...source },
    { name: SERVER_SOURCE, auth: 'server-to-server', pollMinutes: 60, ...source },
  ];
  const readers = [{ name: 'siem', streams: ['activity'], account: '111122223333' }];
  return deploySources(emulator, { sources, readers }, sourcesFile);
};

/** Deploys the very template by the very command of the README. */
export const deploySources = async (
  emulator: Emulator,
  sources: object,
  sourcesFile = join(mkdtempSync(join(tmpdir(), 'zoom-log-source-')), 'sources.json'),
): Promise<DeployedStack> => {
  writeFileSync(sourcesFile, JSON.stringify({ stack: STACK, ...sources }));
  const started = Date.now();
  await run(emulator, ['infra/deploy.ts', '-c', `sources=${sourcesFile}`]);
  const seconds = (Date.now() - started) / 1000;
  const { Stacks: [stack] = [] } = await new CloudFormationClient(accessTo(emulator)).send(
    new DescribeStacksCommand({ StackName: STACK }),
  );
  const outputs = (stack?.Outputs ?? []).map(
    ({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const,
  );
  return { sourcesFile, outputs: Object.fromEntries(outputs), seconds };
};

/** Runs a file of the project with AWS being the emulator; throws with all it printed if it fails. */
const run = async (emulator: Emulator, words: readonly string[]): Promise<string> => {
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), ...emulator.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`${words.join(' ')} failed:\n${out}\n${err}`);
  return out;
};

/** The name of the poller of a source. */
export const pollerOf = async (emulator: Emulator, source: string): Promise<string> => {
  const client = new LambdaClient(accessTo(emulator));
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    for (const { FunctionName = '', Environment } of Functions) {
      const configured = Environment?.Variables?.['SOURCE'];
      if (configured && (JSON.parse(configured) as { name: string }).name === source) return FunctionName;
    }
  }
  throw new Error(`There is no poller of ${source}.`);
};

export interface InvocationResult {
  readonly failed: boolean;
  readonly response: string;
}

/** Calls a poller as its schedule does. */
export const callOnSchedule = async (emulator: Emulator, functionName: string): Promise<InvocationResult> => {
  const event = {
    version: '0',
    id: crypto.randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    time: new Date().toISOString(),
    region: 'us-east-1',
    resources: [],
    detail: {},
  };
  const { FunctionError, Payload } = await new LambdaClient(accessTo(emulator)).send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
  );
  return { failed: FunctionError !== undefined, response: Buffer.from(Payload ?? []).toString('utf8') };
};

/** Every line that any log group holds. */
export const logLines = async (emulator: Emulator): Promise<string[]> => {
  const client = new CloudWatchLogsClient(accessTo(emulator));
  const lines: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) {
    for (const { logGroupName = '' } of logGroups) {
      for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName })) {
        lines.push(...events.map(({ message = '' }) => message));
      }
    }
  }
  return lines;
};

/** Kills the processes that some functions run in, as a machine that goes down would. */
export const killProcessesOf = (functionNames: readonly string[]): void => {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const environment = environmentOf(pid);
    if (functionNames.some((name) => environment.includes(`AWS_LAMBDA_FUNCTION_NAME=${name}`)))
      process.kill(Number(pid), 'SIGKILL');
  }
};

const environmentOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
};
