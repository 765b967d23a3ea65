import { type AlarmIdentity, RUNBOOK } from '../shared/contract/alarms.ts';
import type { AlarmStatus } from '../shared/app/health-console.ts';
import { formatInstant, formatDuration } from '../shared/health/format.ts';
import type { Colorize } from './colorize.ts';
import { printable } from './text.ts';

/** The alarms whose reason is text of the monitor. CloudWatch writes the reasons of the others, in numbers. */
const ASSESSED: ReadonlySet<AlarmIdentity['kind']> = new Set([
  'drop-off',
  'collection',
  'completeness',
  'deadline',
]);

/** The alarms that are on, muted or without actions. */
export const alarmsToText = (alarms: readonly AlarmStatus[], now: Date, colorize: Colorize): string => {
  const on = alarms
    .filter(({ state }) => state?.state === 'ALARM')
    .map((alarm) => onLine(alarm, now, colorize));
  const muted = alarms.flatMap((alarm) => mutedLine(alarm, now, colorize) ?? []);
  return [...on, ...muted].map((line) => `${line}\n`).join('');
};

const onLine = ({ identity: { name, kind }, state }: AlarmStatus, now: Date, colorize: Colorize): string => {
  const since = state?.since ? ` ${sinceOf(state.since, now)}` : '';
  const why = ASSESSED.has(kind) ? `: ${reasonLine(state?.reason ?? '')}` : `. Runbook: ${RUNBOOK}#${kind}`;
  return `${colorize('red', 'ALARM')} ${name}${since}${why}`;
};

/** The start by CloudWatch's clock. With an earlier `--now`, the duration is omitted. */
const sinceOf = (since: Date, now: Date): string =>
  `since ${formatInstant(since)}${since <= now ? ` (${formatDuration(now.getTime() - since.getTime())})` : ''}`;

/** The line of an alarm that sends no notification; undefined for any other. */
const mutedLine = (
  { identity: { name }, state, mute }: AlarmStatus,
  now: Date,
  colorize: Colorize,
): string | undefined => {
  if (mute) {
    const why = mute.why === undefined ? '' : ` (${printable(mute.why)})`;
    return `${colorize('yellow', 'MUTED')} ${name} ${untilOf(new Date(mute.until), now)} by ${printable(mute.by)}${why}`;
  }
  if (state?.actionsEnabled !== false) return undefined;
  return `${colorize('red', 'ACTIONS OFF')} ${name}: its actions are disabled in CloudWatch without a mute. To enable them: bin/zoom-log-source alarm unmute ${name}`;
};

/** The end of a mute, and whether it is overdue. */
export const untilOf = (until: Date, now: Date): string =>
  `until ${formatInstant(until)}${until <= now ? ' (over: the next health check ends it)' : ''}`;

/** The first line of a reason. */
export const reasonLine = (reason: string): string => printable(reason.split('\n')[0] ?? '');
