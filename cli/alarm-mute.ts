import type { AuditDetails } from '../shared/audit/audit-entry.ts';
import type { Mute, AlarmStatus } from '../shared/app/health-console.ts';
import { formatInstant } from '../shared/health/format.ts';
import { ConfigurationError } from '../shared/errors.ts';
import { recordAuditEntry, operatorAt } from './audit-line.ts';
import type { DeploymentOptions } from './deployed-source.ts';
import {
  alarmNamed,
  affectedSources,
  findAlarms,
  type FoundAlarms,
  alarmNotDeployed,
} from './find-alarms.ts';
import { printProse } from './output/prose.ts';
import type { ExitCode, CliContext } from './context.ts';
import { plural } from './text.ts';

const ALL = 'all';

export interface MuteOptions extends DeploymentOptions {
  readonly source?: string;
  /** Milliseconds. */
  readonly for: number;
  readonly why?: string;
}

/** `alarm mute`: stops notifications of an alarm for a time. A second mute sets a new end. */
export const alarmMute = async (
  name: string,
  options: MuteOptions,
  context: CliContext,
): Promise<ExitCode> => {
  const { clock, operator } = context;
  const all = await findAlarms(options, context);
  const chosen = mutable(all, name, options.source);
  const now = clock.now();
  const until = new Date(now.getTime() + options.for);
  for (const { state } of chosen) {
    if (state) await all.health.mute(state, { by: operator, why: options.why, until }, now);
  }
  const untilText = `until ${formatInstant(until)}`;
  await keep(all, chosen, context, {
    code: 'alarm-muted',
    at: now,
    summaryOf: (alarms) => `${whatOf(alarms)} muted ${untilText}.`,
    details: { until: until.toISOString(), ...(options.why !== undefined && { why: options.why }) },
  });
  printProse(
    `${whatOf(chosen)} muted ${untilText}. The mute then expires, and alarms that are on are sent. Until then, the state stays ` +
      `visible: bin/zoom-log-source status --deployed\n`,
    context,
  );
  return 0;
};

/** `alarm unmute`: resumes notifications. */
export const alarmUnmute = async (
  name: string,
  options: DeploymentOptions & { readonly source?: string },
  context: CliContext,
): Promise<ExitCode> => {
  const { clock, operator } = context;
  const all = await findAlarms(options, context);
  const meant = name === ALL ? all.alarms : [alarmNamed(all, name)];
  const chosen = meant.filter(({ state, mute }) => mute ?? state?.actionsEnabled === false);
  if (chosen.length === 0) {
    printProse(`Nothing to unmute: ${name === ALL ? 'no alarm is' : `${name} is not`} muted.\n`, context);
    return 0;
  }
  const now = clock.now();
  for (const { identity, state, mute } of chosen) {
    await all.health.unmute(mute ?? byHand(identity.name, operator, now), state, now);
  }
  await keep(all, chosen, context, {
    code: 'alarm-unmuted',
    at: now,
    summaryOf: (alarms) => `${whatOf(alarms)} no longer muted.`,
    details: {},
  });
  printProse(
    `${whatOf(chosen)} no longer muted. Notifications resume, and alarms that are on are sent now.\n`,
    context,
  );
  return 0;
};

/** A substitute for a mute where the actions of an alarm were disabled by hand: the last notified state is unknown. */
const byHand = (alarm: string, by: string, now: Date): Mute => ({
  alarm,
  by,
  since: now.toISOString(),
  until: now.toISOString(),
  told: 'INSUFFICIENT_DATA',
});

/** The alarms to mute. `watcher` cannot be muted: it reports that the monitor is down, and the monitor ends mutes. */
const mutable = (
  { found, alarms }: FoundAlarms,
  name: string,
  only: string | undefined,
): readonly AlarmStatus[] => {
  if (name === ALL) {
    const matches = ({ identity: { kind, source }, state }: AlarmStatus): boolean =>
      state !== undefined && kind !== 'watcher' && (only === undefined || source === only);
    return alarms.filter(matches);
  }
  const alarm = alarmNamed({ found, alarms }, name);
  const { identity, state } = alarm;
  if (identity.kind === 'watcher') {
    throw new ConfigurationError(
      'not-mutable',
      `${identity.name} can't be muted: it reports that the health monitor is down, and the monitor is what ends mutes.`,
    );
  }
  if (!state) throw alarmNotDeployed(identity.name);
  return [alarm];
};

/** `zoom-log-source-acme-collection is`, `10 alarms are` */
const whatOf = ([first, ...others]: readonly AlarmStatus[]): string =>
  first && others.length === 0
    ? `${first.identity.name} is`
    : `${plural(first ? others.length + 1 : 0, 'alarm')} are`;

interface Kept {
  readonly code: 'alarm-muted' | 'alarm-unmuted';
  readonly at: Date;
  readonly summaryOf: (alarms: readonly AlarmStatus[]) => string;
  readonly details: AuditDetails;
}

/** One audit line per source, for all of its alarms: each line is sent as a notice. */
const keep = async (
  { found, health }: FoundAlarms,
  alarms: readonly AlarmStatus[],
  context: CliContext,
  { code, at, summaryOf, details }: Kept,
): Promise<void> => {
  for (const source of affectedSources(alarms, found)) {
    const theirs = alarms.filter(({ identity }) => (identity.source ?? source) === source);
    const names = theirs.map(({ identity }) => identity.name).join(' ');
    await recordAuditEntry(
      health.store,
      {
        at: at.toISOString(),
        code,
        source,
        actor: operatorAt(context),
        summary: summaryOf(theirs),
        details: { alarm: names, ...details },
      },
      context,
    );
  }
};
