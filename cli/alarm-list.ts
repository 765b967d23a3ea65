import Table from 'cli-table3';
import type { StandingAlarm } from '../shared/deployed-health.ts';
import { alarmToJson } from './alarm-to-json.ts';
import { reasonLine } from './alarms-to-text.ts';
import type { DeploymentOptions } from './deployed-source.ts';
import { findAlarms, shortName } from './find-alarms.ts';
import { type Paint, paintFor } from './paint.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { PLAIN } from './table-style.ts';

/** Of a reason, a table shows so much; `status --deployed` and --json have all of it. */
const MOST_OF_REASON = 44;

const COLOURS = { OK: 'green', ALARM: 'red', INSUFFICIENT_DATA: 'yellow' } as const;

/** `alarm list`: every alarm of a deployment. */
export const alarmList = async (
  options: DeploymentOptions & { readonly source?: string; readonly json?: true },
  surroundings: Surroundings,
): Promise<ExitCode> => {
  const { found, alarms } = await findAlarms(options, surroundings);
  surroundings.out(
    options.json
      ? `${JSON.stringify(alarms.map(alarmToJson))}\n`
      : `${alarmsToTable(alarms, found.deployment.stack, surroundings.clock.now(), paintFor(surroundings))}\n`,
  );
  return 0;
};

const alarmsToTable = (alarms: readonly StandingAlarm[], stack: string, now: Date, paint: Paint): string => {
  const table = new Table({
    ...PLAIN,
    head: ['ALARM', 'STATE', 'SINCE (UTC)', 'MUTED UNTIL (UTC)', 'REASON'],
  });
  for (const alarm of alarms) {
    const { identity, state } = alarm;
    const reason = reasonLine(
      state?.reason ?? 'The deployment has no such alarm. Deploy again: npm run deploy',
    );
    table.push([
      shortName(stack, identity),
      state
        ? paint(COLOURS[state.state], state.state === 'INSUFFICIENT_DATA' ? 'no data' : state.state)
        : '-',
      state?.since ? minuteOf(state.since) : '-',
      mutedUntil(alarm, now, paint),
      reason.length > MOST_OF_REASON ? `${reason.slice(0, MOST_OF_REASON - 1)}…` : reason,
    ]);
  }
  return table.toString();
};

const mutedUntil = ({ state, mute }: StandingAlarm, now: Date, paint: Paint): string => {
  if (mute) {
    const until = new Date(mute.until);
    return paint('yellow', `${minuteOf(until)}${until <= now ? ' (over)' : ''}`);
  }
  return state?.isHeard === false ? paint('red', 'NOT HEARD') : '-';
};

const minuteOf = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');
