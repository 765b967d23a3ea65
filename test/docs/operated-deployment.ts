import { delimiter, join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import type { ObjectStore } from '../../shared/collect/ports.ts';
import { DEFAULT_STACK } from '../../shared/contract/outputs.ts';
import { DAY_MS } from '../../shared/model/duration.ts';
import { clientEnvironment, generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { callOnSchedule, type InvocationResult } from '../deployed/deployed-stack.ts';
import { accessTo, aBucketStore } from '../emulator/aws.ts';
import type { Emulator } from '../emulator/ministack.ts';
import { awsCli } from './aws-cli.ts';
import { aCheckout } from './checkout.ts';
import { OperatorShell, type Typed } from './operator-shell.ts';

const BIN = join(import.meta.dirname, '../../node_modules/.bin');

/** The source that the runbook's commands are about. */
export const SOURCE = 'acme';

/** A deployment with all its surroundings, and an operator at a terminal. */
export interface OperatedDeployment {
  readonly simulator: Simulator;
  readonly shell: OperatorShell;
  readonly bucket: string;
  readonly store: ObjectStore;
  readonly outputs: Readonly<Record<string, string>>;
  /** The name of the poller of the source. */
  readonly poller: string;
  /** The poller, as its schedule calls it. */
  readonly poll: () => Promise<InvocationResult>;
  /** The health monitor, as its schedule calls it. */
  readonly watch: () => Promise<InvocationResult>;
  /** State and reason of an alarm. */
  readonly alarm: (name: string) => Promise<{ state: string; reason: string }>;
  readonly close: () => Promise<void>;
}

/**
 * Deploys a source that is connected and was polled, and one that is not connected, by the commands of the README from a
 * checkout: Zoom is a simulator, AWS the emulator. Events are of the day before yesterday, so that a stream may be silent.
 */
export const operate = async (emulator: Emulator): Promise<OperatedDeployment> => {
  const day = new Date(Date.now() - 2 * DAY_MS).toISOString().slice(0, 10);
  const simulator = await startSimulator({ seed: 3, dailyRetryAfterMs: 7_200_000 });
  simulator.addRows(
    generateCompany({ seed: 3, from: day, to: day, rowsPerDay: 60, twinShare: 0.1, lateness: 'none' }),
  );
  const checkout = aCheckout({
    stack: DEFAULT_STACK,
    compaction: true,
    sources: [
      {
        name: SOURCE,
        auth: 'server-to-server',
        host: simulator.url,
        backfillDays: 0,
        requestsPerSecond: 40,
        dropOffMinutes: { operation: 1440, activity: 1440 },
      },
      { name: 'globex', auth: 'oauth', host: simulator.url, backfillDays: 0, pollMinutes: 60 },
    ],
  });
  const shell = new OperatorShell(checkout, {
    ...emulator.environment,
    AWS_DEFAULT_REGION: emulator.region,
    PATH: [await awsCli(), BIN, process.env['PATH']].join(delimiter),
    HOME: checkout,
    ...clientEnvironment(simulator),
  });
  succeed(await shell.paste('npm run deploy'));
  succeed(await shell.paste(`bin/zoom-log-source connect ${SOURCE}`));

  const outputs = await outputsOf(emulator);
  const bucket = outputs['Bucket'] ?? '';
  const functions = await functionsOf(emulator);
  const named = (description: string): string =>
    functions.find(([, what]) => what.startsWith(description))?.[0] ?? '';
  const poller = named(`Collects the Zoom audit logs of ${SOURCE}`);
  const deployment: OperatedDeployment = {
    simulator,
    shell,
    bucket,
    store: await aBucketStore(emulator, { bucket }),
    outputs,
    poller,
    poll: () => callOnSchedule(emulator, poller),
    watch: () => callOnSchedule(emulator, named('Alerts on-call')),
    alarm: (name) => alarmOf(emulator, name),
    close: async () => {
      shell.close();
      await simulator.close();
    },
  };
  await deployment.poll();
  await deployment.watch();
  return deployment;
};

const succeed = ({ output, codes }: Typed): void => {
  if (codes.length > 0) throw new Error(output);
};

const outputsOf = async (emulator: Emulator): Promise<Record<string, string>> => {
  const { Stacks: [stack] = [] } = await new CloudFormationClient(accessTo(emulator)).send(
    new DescribeStacksCommand({ StackName: DEFAULT_STACK }),
  );
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
};

/** Name and description of each function. */
const functionsOf = async (emulator: Emulator): Promise<[string, string][]> => {
  const client = new LambdaClient(accessTo(emulator));
  const found: [string, string][] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    for (const { FunctionName = '', Description = '' } of Functions) found.push([FunctionName, Description]);
  }
  return found;
};

const alarmOf = async (emulator: Emulator, name: string): Promise<{ state: string; reason: string }> => {
  const { MetricAlarms: [alarm] = [] } = await new CloudWatchClient(accessTo(emulator)).send(
    new DescribeAlarmsCommand({ AlarmNames: [name] }),
  );
  return { state: alarm?.StateValue ?? '', reason: alarm?.StateReason ?? '' };
};
