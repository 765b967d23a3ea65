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
  /** When each source was watched last. */
  readonly monitorConfig: readonly { readonly source: string; readonly at: Date | undefined }[];
  /** Sources that the sources file has and the stack hasn't. */
  readonly undeployed: readonly string[];
}

/** So many watches may be missed: the alarm on that waits for as many. */
const MISSED_WATCHES_MS = 3 * MONITOR_MINUTES * 60_000;

/** Reads how a deployment is. */
export const readDeploymentStatus = async (
  { deployment, sources, undeployed }: FoundDeployment,
  health: DeployedHealth,
  only: string | undefined,
  now: Date,
): Promise<DeploymentStatus> => {
  const [surveyed, alarms] = await Promise.all([health.inspect(now, only), health.alarms()]);
  const place = `s3://${deployment.bucket}`;
  return {
    stack: deployment.stack,
    at: now,
    streams: surveyed.flatMap(({ source, status, assessment }) =>
      healthOf(status, [assessment], place, lookbackOf(source, sources)),
    ),
    alarms: alarms.filter(
      ({ identity: { source } }) => only === undefined || source === undefined || source === only,
    ),
    monitorConfig: surveyed.map(({ source, monitoredAt }: SourceReport) => ({ source, at: monitoredAt })),
    undeployed: only === undefined ? undeployed : [],
  };
};

const lookbackOf = (source: string, sources: FoundDeployment['sources']): number =>
  sources.find(({ name }) => name === source)?.lookbackDays ?? 0;

/** Whether nobody needs to do anything about a deployment. A source that is not connected brings nothing: somebody must connect it. */
export const isDeploymentWell = ({ streams, alarms, monitorConfig, at }: DeploymentStatus): boolean =>
  streams.every((stream) => isWell(stream) && stream.verdict !== 'not_connected') &&
  alarms.every(({ state }) => state?.state !== 'ALARM') &&
  monitorConfig.every((watch) => watch.at === undefined || !isStale(watch.at, at));

const isStale = (monitoredAt: Date, now: Date): boolean =>
  now.getTime() - monitoredAt.getTime() > MISSED_WATCHES_MS;

/** The status of a deployment for a person: first how each stream is, then what is wrong, then who knows of it. */
export const deploymentToText = (status: DeploymentStatus, colorize: Colorize, columns?: number): string => {
  const { streams, alarms, at, undeployed } = status;
  const style = { colorize, isDeployed: true };
  const paragraphs = [
    streamsToTable(streams, at, colorize, columns) + problemsToText(streams, at, style),
    alarmsToText(alarms, at, colorize),
    monitorRunsToText(status, colorize) + requestsToText(streams) + notesToText(streams, style),
    undeployed.map((name) => `${name} is configured, and not deployed yet: npm run deploy\n`).join(''),
  ];
  return fitProse(paragraphs.filter((paragraph) => paragraph !== '').join('\n'), columns);
};

const monitorRunsToText = ({ monitorConfig, at }: DeploymentStatus, colorize: Colorize): string =>
  monitorConfig
    .map(({ source, at: monitoredAt }) => {
      if (!monitoredAt) return `${source}: nobody has watched it yet.\n`;
      if (!isStale(monitoredAt, at)) return `${source}: watched ${agoOf(monitoredAt, at)}.\n`;
      const since = `${formatInstant(monitoredAt)} (${formatDuration(at.getTime() - monitoredAt.getTime())})`;
      return `${colorize('red', 'NOBODY WATCHES')} ${source} since ${since}: its alarms say nothing. Runbook: ${RUNBOOK}#watcher\n`;
    })
    .join('');

const agoOf = (then: Date, now: Date): string => {
  const ago = formatAge(then, now);
  return ago === 'now' ? 'just now' : `${ago} ago`;
};

/** The status of a deployment for machines. */
export const deploymentToJson = (status: DeploymentStatus): string => {
  const { stack, at, streams, alarms, monitorConfig, undeployed } = status;
  const json = {
    stack,
    at,
    well: isDeploymentWell(status),
    streams,
    alarms: alarms.map(alarmToJson),
    mutes: alarms.flatMap(({ mute }) => mute ?? []),
    monitorConfig,
    undeployed,
  };
  return `${JSON.stringify(json)}\n`;
};
