import { recordAuditEntry, operatorAt } from './audit-line.ts';
import { untilOf } from './alarms-to-text.ts';
import type { DeploymentOptions, FoundDeployment } from './deployed-source.ts';
import { alarmNamed, affectedSources, findAlarms, alarmNotDeployed } from './find-alarms.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { printable } from './text.ts';

/** `alarm test`: sends a test notification through the whole path of an alarm. */
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
      `${identity.name} is on: the end of a test would look like a recovery. Nothing was sent.\n  ${printable(state.reason).replaceAll('\n', '\n  ')}\n`,
    );
    return 1;
  }
  if (mute || !state.actionsEnabled) {
    const why = mute
      ? `muted ${untilOf(new Date(mute.until), now)} by ${printable(mute.by)}`
      : 'switched off';
    stderr(
      `${identity.name} is ${why}: no notification would be sent. Nothing was sent. First run: bin/zoom-log-source alarm unmute ${identity.name}\n`,
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
        summary: `${identity.name} was tested: switched on and off.`,
        details: { alarm: identity.name },
      },
      context,
    );
  }
  printProse(
    `${identity.name} was switched on and off, both marked as a test.\n${recipients(identity.source, all.found)}`,
    context,
  );
  return 0;
};

/** The recipients: the deployed e-mail addresses and all other subscribers of the topic. */
const recipients = (
  source: string | undefined,
  { sources, alarmsTopic = 'of the alarms' }: FoundDeployment,
): string => {
  const addresses = new Set(
    sources.filter(({ name }) => source === undefined || name === source).flatMap(({ notify }) => notify),
  );
  const [first, ...others] = addresses;
  const byMail =
    first === undefined
      ? 'no e-mail address is configured ("notify" in sources.json)'
      : `e-mail goes to ${first}${others.length === 0 ? '' : ` and ${others.length} more`}, once subscribed and confirmed`;
  return `Sent to all subscribers of the topic ${alarmsTopic}; ${byMail}.\n`;
};
