import type { AlarmStatus } from '../shared/app/health-console.ts';
import { alarmToJson } from './alarm-to-json.ts';
import { reasonLine } from './alarms-to-text.ts';
import type { DeploymentOptions } from './deployed-source.ts';
import { findAlarms, shortName } from './find-alarms.ts';
import type { Column } from './output/column.ts';
import { type OutputFlags, outputFormatOf } from './output/output-format.ts';
import { recordsToText, screenFor } from './output/print-records.ts';
import { recordsToTable, tableToText } from './output/table.ts';
import type { ExitCode, CliContext } from './context.ts';

const COLOURS = { OK: 'green', ALARM: 'red', INSUFFICIENT_DATA: 'yellow' } as const;

/** `alarm list`: lists all alarms of a deployment. */
export const alarmList = async (
  options: DeploymentOptions & OutputFlags & { readonly source?: string },
  context: CliContext,
): Promise<ExitCode> => {
  const { found, alarms } = await findAlarms(options, context);
  const format = outputFormatOf(options);
  const columns = alarmColumns(found.deployment.stack, context.clock.now());
  context.stdout(
    format === 'json'
      ? `${JSON.stringify(alarms.map(alarmToJson))}\n`
      : format === 'table'
        ? tableToText(recordsToTable(columns, alarms, screenFor(context)))
        : recordsToText(alarms, { format, columns }),
  );
  return 0;
};

const alarmColumns = (stack: string, now: Date): readonly Column<AlarmStatus>[] => [
  { name: 'alarm', title: 'ALARM', text: ({ identity }) => shortName(stack, identity), least: 16 },
  {
    name: 'state',
    title: 'STATE',
    text: ({ state }) => (state?.state === 'INSUFFICIENT_DATA' ? 'no data' : (state?.state ?? '-')),
    colour: ({ state }) => state && COLOURS[state.state],
  },
  {
    name: 'since',
    title: 'SINCE (UTC)',
    text: ({ state }) => (state?.since ? minuteOf(state.since) : '-'),
    brief: { text: ({ state }) => (state?.since ? minuteOf(state.since).slice(5) : '-') },
    keep: 1,
  },
  {
    name: 'muted_until',
    title: 'MUTED UNTIL (UTC)',
    text: (alarm) => mutedUntil(alarm, now),
    brief: { title: 'MUTED UNTIL' },
    colour: ({ state, mute }) => (mute ? 'yellow' : state?.actionsEnabled === false ? 'red' : undefined),
  },
  {
    name: 'reason',
    title: 'REASON',
    text: ({ state }) =>
      reasonLine(state?.reason ?? 'The deployment lacks this alarm. Deploy again: npm run deploy'),
    least: 16,
    weight: 3,
    lines: 2,
  },
];

const mutedUntil = ({ state, mute }: AlarmStatus, now: Date): string => {
  if (mute) {
    const until = new Date(mute.until);
    return `${minuteOf(until)}${until <= now ? ' (over)' : ''}`;
  }
  return state?.actionsEnabled === false ? 'ACTIONS OFF' : '-';
};

const minuteOf = (at: Date): string => at.toISOString().slice(0, 16).replace('T', ' ');
