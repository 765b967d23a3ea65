import { recordAuditEntry, operatorAt } from './audit-line.ts';
import { untilOf } from './alarms-to-text.ts';
import type { DeploymentOptions, FoundDeployment } from './deployed-source.ts';
import { alarmNamed, affectedSources, findAlarms, alarmNotDeployed } from './find-alarms.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { printable } from './text.ts';

/** `alarm test`: sends a test through the whole path of an alarm. */
export const alarmTest = async (
  name: string,
  options: DeploymentOptions,
  context: CliContext,
): Promise<ExitCode> => {
  const { clock, operator, stderr } = context;
  const all = await findAlarms(options, context);
  const alarm = alarmNamed(all, name);
  const { identity, state, mute } = alarm;
  if (!state) throw alarmNotDeployed(identity.name);
  const now = clock.now();
  if (state.state === 'ALARM') {
    stderr(
      `${identity.name} is on: a test would announce the end of what is still so. Nothing was sent.\n  ${printable(state.reason).replaceAll('\n', '\n  ')}\n`,
    );
    return 1;
  }
  if (mute || !state.actionsEnabled) {
    const why = mute ? `muted ${untilOf(new Date(mute.until), now)} by ${printable(mute.by)}` : 'not heard';
    stderr(
      `${identity.name} is ${why}: nobody would be told. Nothing was sent. End that first: bin/zoom-log-source alarm unmute ${identity.name}\n`,
    );
    return 1;
  }

  await all.health.test(identity.name, operator);
  for (const source of affectedSources([alarm], all.found)) {
    await recordAuditEntry(
      all.health.store,
      {
        at: now.toISOString(),
        code: 'alarm-tested',
        source,
        actor: operatorAt(context),
        summary: `${identity.name} was tested: on, and off again.`,
        details: { alarm: identity.name },
      },
      context,
    );
  }
  printProse(
    `${identity.name} went on and off again, both marked as a test.\n${whoIsTold(identity.source, all.found)}`,
    context,
  );
  return 0;
};

/** Who should have heard of it by now: the e-mail addresses that were deployed, and whoever else listens to the topic. */
const whoIsTold = (
  source: string | undefined,
  { sources, alarmsTopic = 'of the alarms' }: FoundDeployment,
): string => {
  const addresses = new Set(
    sources.filter(({ name }) => source === undefined || name === source).flatMap(({ notify }) => notify),
  );
  const [first, ...others] = addresses;
  const byMail =
    first === undefined
      ? 'nobody is told by e-mail ("notify" in sources.json)'
      : `by e-mail ${first}${others.length === 0 ? '' : ` and ${others.length} more`}, once subscribed and confirmed`;
  return `Whoever listens to the topic ${alarmsTopic} is told; ${byMail}.\n`;
};
