import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { createCloudWatch } from '../../shared/aws/clients.ts';
import { RUNBOOK, stackAlarmName } from '../../shared/contract/alarms.ts';
import { DIMENSIONS, METRICS_NAMESPACE } from '../../shared/contract/metrics.ts';
import { DEFAULT_STACK } from '../../shared/contract/outputs.ts';
import { accessTo } from '../emulator/aws.ts';
import { describeWithEmulator } from '../emulator/describe-with-emulator.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { goOnCall, type OnCall } from './on-call.ts';
import { operate, type OperatedDeployment, SOURCE } from './operated-deployment.ts';
import { isAsSaid, type ShellBlock, shellBlocksOf } from './shell-blocks.ts';

const LIMIT_MS = 240_000;

const blocks = shellBlocksOf(readFileSync(join(import.meta.dirname, '../..', RUNBOOK), 'utf8'));
const sections = [...Map.groupBy(blocks, ({ heading }) => heading)];

describeWithEmulator('the runbook, walked from its first command to its last', (emulator) => {
  let deployment: OperatedDeployment;
  let conditions: Readonly<Record<string, Condition>>;
  let onCall: OnCall;

  beforeAll(async () => {
    deployment = await operate(emulator());
    conditions = conditionsOf(emulator(), deployment);
    onCall = await goOnCall(emulator(), deployment.outputs['AlarmsTopic'] ?? '');
  }, LIMIT_MS);
  afterAll(() => deployment.close());

  /** Pastes a block, as a person does who sees what it prints. */
  const expectAsSaid = async ({ line, code, exits, prints }: ShellBlock): Promise<void> => {
    const { output, codes } = await deployment.shell.paste(code);
    const lines = output.split('\n');
    let from = 0;
    const missing = prints
      .filter((said) => said.trim() !== '…')
      .filter((said) => {
        const at = lines.findIndex((printed, index) => index >= from && isAsSaid(said, printed));
        if (at >= 0) from = at + 1;
        return at < 0;
      });

    expect({ line, code, output, codes, missing }).toEqual({ line, code, output, codes: exits, missing: [] });
  };

  const nameOf = (alarm: string): string => `${DEFAULT_STACK}-${SOURCE}-${alarm}`;

  it.each(sections)(
    '%s: its commands work and print the documented output',
    async (heading, ofHeading) => {
      const { begin, alarm, elsewhere, ends, over } = conditions[heading] ?? {};
      await onCall.messagesFor('');
      await begin?.();
      if (begin) expect(await deployment.watch()).toMatchObject({ failed: false });
      if (alarm !== undefined) {
        expect(await deployment.alarm(nameOf(alarm))).toMatchObject({
          state: 'ALARM',
          reason: expect.stringContaining(`Runbook: ${RUNBOOK}#${heading}.`),
        });
        await deployment.watch();
        expect(await onCall.messagesFor(nameOf(alarm))).toMatchObject([
          { NewStateValue: 'ALARM', NewStateReason: expect.stringContaining(`${RUNBOOK}#${heading}.`) },
        ]);
      }

      const firstToDo = ofHeading.findIndex(({ label }) => label === 'Do');
      for (const [index, block] of ofHeading.entries()) {
        if (index === firstToDo) await elsewhere?.();
        if (block.notRun === undefined) await expectAsSaid(block);
      }
      if (firstToDo < 0) await elsewhere?.();

      if (ends) {
        await deployment.poll();
        await deployment.watch();
        const { output, codes } = await deployment.shell.paste(
          `bin/zoom-log-source status --deployed --source ${SOURCE}`,
        );
        expect({ output, codes }).toEqual({ output, codes: [] });
        expect(output).toMatch(/acme\s+operation\s+(?:flowing|quiet)/);
        expect(await deployment.alarm(nameOf(alarm ?? ''))).toMatchObject({ state: 'OK' });
        await deployment.watch();
        expect(await onCall.messagesFor(nameOf(alarm ?? ''))).toMatchObject([
          { NewStateValue: 'OK', OldStateValue: 'ALARM' },
        ]);
      }
      await over?.();
    },
    LIMIT_MS,
  );

  it('notifies on-call of a monitor that does not run, by metrics of CloudWatch', async () => {
    const cloudwatch = createCloudWatch(accessTo(emulator()));
    const monitored = async (Value: number): Promise<string> => {
      const Dimensions = [{ Name: DIMENSIONS.stack, Value: DEFAULT_STACK }];
      await cloudwatch.send(
        new PutMetricDataCommand({
          Namespace: METRICS_NAMESPACE,
          MetricData: [{ MetricName: 'Watched', Dimensions, Value }],
        }),
      );
      return (await deployment.alarm(stackAlarmName(DEFAULT_STACK, 'watcher'))).state;
    };

    // The emulator doesn't treat missing data as breaching; the template configures that for CloudWatch.
    expect(await monitored(0)).toBe('ALARM');
    expect(await monitored(1)).toBe('OK');
  });

  it('shows the cause and the end of five verdicts and more', () => {
    const walked = Object.entries(conditions)
      .filter(([, { ends }]) => ends)
      .map(([heading]) => heading);

    expect(walked).toEqual(
      expect.arrayContaining(['silent', 'unauthorized', 'throttled', 'not_running', 'not_delivering']),
    );
    expect(sections.map(([heading]) => heading)).toEqual(expect.arrayContaining(Object.keys(conditions)));
  });
});
