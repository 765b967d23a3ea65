import { type AlarmIdentity, RUNBOOK } from '../shared/contract/alarms.ts';
import type { AlarmStatus } from '../shared/app/health-console.ts';
import { formatInstant, formatDuration } from '../shared/health/format.ts';
import type { Colorize } from './colorize.ts';
import { printable } from './text.ts';

/** The alarms whose reason says what is wrong; of the others, CloudWatch says in numbers what the runbook says in words. */
const ASSESSED: ReadonlySet<AlarmIdentity['kind']> = new Set([
  'drop-off',
  'collection',
  'completeness',
  'deadline',
]);

/** What a person should know of the alarms of a deployment: those that are on, and those that nobody hears. */
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

/** Since when, by CloudWatch's own clock: who pretends that it is earlier is told of no length. */
const sinceOf = (since: Date, now: Date): string =>
  `since ${formatInstant(since)}${since <= now ? ` (${formatDuration(now.getTime() - since.getTime())})` : ''}`;

/** What stands in the place of who is told; undefined for an alarm that is heard. */
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
  return `${colorize('red', 'NOT HEARD')} ${name}: its actions are switched off in CloudWatch, by no mute. Switch them on: bin/zoom-log-source alarm unmute ${name}`;
};

/** Until when, and that the watch is late if so. */
export const untilOf = (until: Date, now: Date): string =>
  `until ${formatInstant(until)}${until <= now ? ' (over: the next watch ends it)' : ''}`;

/** What stands first in a reason. */
export const reasonLine = (reason: string): string => printable(reason.split('\n')[0] ?? '');
