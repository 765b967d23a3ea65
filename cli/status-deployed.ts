import type { DeployedHealth, AlarmStatus, SourceReport } from '../shared/app/health-console.ts';
import { MONITOR_MINUTES, RUNBOOK } from '../shared/contract/alarms.ts';
import { formatInstant, formatDuration } from '../shared/health/format.ts';
import { alarmsToText } from './alarms-to-text.ts';
import { alarmToJson } from './alarm-to-json.ts';
import type { FoundDeployment } from './deployed-source.ts';
import { fitProse } from './output/prose.ts';
import type { Colorize } from './colorize.ts';
import { notesToText, problemsToText, requestsToText, streamsToTable } from './status-to-text.ts';
import { healthOf, isWell, type StreamHealth } from './stream-health.ts';
import { formatAge } from './text.ts';

/** A deployment at one moment, or one source of it. */
export interface DeploymentStatus {
  readonly stack: string;
  readonly at: Date;
  readonly streams: readonly StreamHealth[];
  readonly alarms: readonly AlarmStatus[];
  /** The time of the last health check of each source. */
  readonly healthChecks: readonly { readonly source: string; readonly at: Date | undefined }[];
  /** Sources in the sources file that the stack does not have. */
  readonly undeployed: readonly string[];
}

/** The health checks that may be missed. The alarm `watcher` waits for as many. */
const MISSED_RUNS_MS = 3 * MONITOR_MINUTES * 60_000;

/** Reads the status of a deployment. */
export const readDeploymentStatus = async (
  { deployment, sources, undeployed }: FoundDeployment,
  health: DeployedHealth,
  only: string | undefined,
  now: Date,
): Promise<DeploymentStatus> => {
  const [reports, alarms] = await Promise.all([health.inspect(now, only), health.alarms()]);
  const place = `s3://${deployment.bucket}`;
  return {
    stack: deployment.stack,
    at: now,
    streams: reports.flatMap(({ source, status, assessment }) =>
      healthOf(status, [assessment], place, lookbackOf(source, sources)),
    ),
    alarms: alarms.filter(
      ({ identity: { source } }) => only === undefined || source === undefined || source === only,
    ),
    healthChecks: reports.map(({ source, monitoredAt }: SourceReport) => ({ source, at: monitoredAt })),
    undeployed: only === undefined ? undeployed : [],
  };
};

const lookbackOf = (source: string, sources: FoundDeployment['sources']): number =>
  sources.find(({ name }) => name === source)?.lookbackDays ?? 0;

/** Whether a deployment needs no action. A source that is not connected collects nothing, so an operator must connect it. */
export const isDeploymentWell = ({ streams, alarms, healthChecks, at }: DeploymentStatus): boolean =>
  streams.every((stream) => isWell(stream) && stream.verdict !== 'not_connected') &&
  alarms.every(({ state }) => state?.state !== 'ALARM') &&
  healthChecks.every((watch) => watch.at === undefined || !isStale(watch.at, at));

const isStale = (monitoredAt: Date, now: Date): boolean =>
  now.getTime() - monitoredAt.getTime() > MISSED_RUNS_MS;

/** The status of a deployment as text: the streams, the problems, then the alarms. */
export const deploymentToText = (status: DeploymentStatus, colorize: Colorize, columns?: number): string => {
  const { streams, alarms, at, undeployed } = status;
  const style = { colorize, isDeployed: true };
  const paragraphs = [
    streamsToTable(streams, at, colorize, columns) + problemsToText(streams, at, style),
    alarmsToText(alarms, at, colorize),
    monitorRunsToText(status, colorize) + requestsToText(streams) + notesToText(streams, style),
    undeployed.map((name) => `${name} is configured but not deployed yet: npm run deploy\n`).join(''),
  ];
  return fitProse(paragraphs.filter((paragraph) => paragraph !== '').join('\n'), columns);
};

const monitorRunsToText = ({ healthChecks, at }: DeploymentStatus, colorize: Colorize): string =>
  healthChecks
    .map(({ source, at: monitoredAt }) => {
      if (!monitoredAt) return `${source}: no health check yet.\n`;
      if (!isStale(monitoredAt, at)) return `${source}: last health check ${agoOf(monitoredAt, at)}.\n`;
      const since = `${formatInstant(monitoredAt)} (${formatDuration(at.getTime() - monitoredAt.getTime())})`;
      return `${colorize('red', 'NO HEALTH CHECK')} of ${source} since ${since}: its alarms are not updated. Runbook: ${RUNBOOK}#watcher\n`;
    })
    .join('');

const agoOf = (then: Date, now: Date): string => {
  const ago = formatAge(then, now);
  return ago === 'now' ? 'just now' : `${ago} ago`;
};

/** The status of a deployment as JSON. */
export const deploymentToJson = (status: DeploymentStatus): string => {
  const { stack, at, streams, alarms, healthChecks, undeployed } = status;
  const json = {
    stack,
    at,
    well: isDeploymentWell(status),
    streams,
    alarms: alarms.map(alarmToJson),
    mutes: alarms.flatMap(({ mute }) => mute ?? []),
    watched: healthChecks,
    undeployed,
  };
  return `${JSON.stringify(json)}\n`;
};
