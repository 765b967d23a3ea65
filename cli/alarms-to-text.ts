import { RUNBOOK } from '../shared/contract.ts';
import type { StandingAlarm } from '../shared/deployed-health.ts';
import { spellInstant, spellSpan } from '../shared/health/spell.ts';
import type { AlarmIdentity } from '../shared/model/alarm-names.ts';
import type { Paint } from './paint.ts';
import { printable } from './text.ts';

/** The alarms whose reason says what is wrong; of the others, CloudWatch says in numbers what the runbook says in words. */
const JUDGED: ReadonlySet<AlarmIdentity['kind']> = new Set([
  'drop-off',
  'collection',
  'completeness',
  'deadline',
]);

/** What a person should know of the alarms of a deployment: those that are on, and those that nobody hears. */
export const alarmsToText = (alarms: readonly StandingAlarm[], now: Date, paint: Paint): string => {
  const on = alarms.filter(({ state }) => state?.state === 'ALARM').map((alarm) => onLine(alarm, now, paint));
  const muted = alarms.flatMap((alarm) => mutedLine(alarm, now, paint) ?? []);
  return [...on, ...muted].map((line) => `${line}\n`).join('');
};

const onLine = ({ identity: { name, kind }, state }: StandingAlarm, now: Date, paint: Paint): string => {
  const since = state?.since ? ` ${sinceOf(state.since, now)}` : '';
  const why = JUDGED.has(kind) ? `: ${reasonLine(state?.reason ?? '')}` : `. Runbook: ${RUNBOOK}#${kind}`;
  return `${paint('red', 'ALARM')} ${name}${since}${why}`;
};

/** Since when, by CloudWatch's own clock: who pretends that it is earlier is told of no length. */
const sinceOf = (since: Date, now: Date): string =>
  `since ${spellInstant(since)}${since <= now ? ` (${spellSpan(now.getTime() - since.getTime())})` : ''}`;

/** What stands in the place of who is told; undefined for an alarm that is heard. */
const mutedLine = (
  { identity: { name }, state, mute }: StandingAlarm,
  now: Date,
  paint: Paint,
): string | undefined => {
  if (mute) {
    const why = mute.why === undefined ? '' : ` (${printable(mute.why)})`;
    return `${paint('yellow', 'MUTED')} ${name} ${untilOf(new Date(mute.until), now)} by ${printable(mute.by)}${why}`;
  }
  if (state?.isHeard !== false) return undefined;
  return `${paint('red', 'NOT HEARD')} ${name}: its actions are switched off in CloudWatch, by no mute. Switch them on: bin/zoom-log-source alarm unmute ${name}`;
};

/** Until when, and that the watch is late if so. */
export const untilOf = (until: Date, now: Date): string =>
  `until ${spellInstant(until)}${until <= now ? ' (over: the next watch ends it)' : ''}`;

/** What stands first in a reason. */
export const reasonLine = (reason: string): string => printable(reason.split('\n')[0] ?? '');
