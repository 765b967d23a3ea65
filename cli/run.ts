import { connectLocally } from '../shared/connect-local.ts';
import type { Connector, RunObserver, RunReport } from '../shared/connector.ts';
import { addDays, type Day, dayOf } from '../shared/model/day.ts';
import type { StreamName } from '../shared/model/stream.ts';
import { STREAM_NAMES } from '../shared/model/stream.ts';
import type { Format, OcsfVersion } from '../shared/normalize/index.ts';
import { clockFrom } from '../shared/runtime/clock.ts';
import { showProgress } from './progress.ts';
import { summaryToJson, summaryToText } from './report.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';

/** What `collect` and `poll` have in common. */
export interface RunOptions {
  readonly out: string;
  readonly source: string;
  readonly stream?: StreamName;
  readonly format: readonly Format[];
  readonly ocsf: OcsfVersion;
  readonly lookbackDays: number;
  readonly backfillDays?: number;
  readonly requestsPerDay: number;
  readonly now?: Date;
  readonly json?: true;
}

/** Connects, runs with a display of how far it is, and prints what it came to. */
export const run = async (
  options: RunOptions,
  surroundings: Surroundings,
  slices: number,
  work: (connector: Connector, observer: RunObserver) => Promise<RunReport>,
): Promise<ExitCode> => {
  const { environment, random, out } = surroundings;
  const clock = options.now ? clockFrom(options.now, surroundings.clock) : surroundings.clock;
  const connector = await connectLocally({
    environment,
    random,
    clock,
    out: options.out,
    source: options.source,
    streams: options.stream ? [options.stream] : STREAM_NAMES,
    formats: options.format,
    ocsfVersion: options.ocsf,
    lookbackDays: options.lookbackDays,
    backfillDays: options.backfillDays,
    requestsPerDay: options.requestsPerDay,
  });
  const started = surroundings.clock.now();
  const progress = showProgress(
    options.json ? { ...surroundings, watched: false } : surroundings,
    connector,
    slices,
  );
  try {
    const report = await work(connector, progress.observer);
    progress.stop();
    const seconds = (surroundings.clock.now().getTime() - started.getTime()) / 1000;
    const summary = {
      source: options.source,
      out: options.out,
      requests: connector.requests,
      seconds,
      report,
    };
    out(options.json ? summaryToJson(summary) : summaryToText(summary));
    // Earlier days that a poll defers, for want of requests, a later poll brings by itself; `collect` is asked for these very days.
    const firstOwed = options.backfillDays === undefined ? undefined : firstLiveDay(options, clock.now());
    const owed = report.deferred.filter(({ day }) => firstOwed === undefined || day >= firstOwed);
    const unreadable = report.unreadable.filter(({ isFew }) => !isFew);
    return report.missing.length + owed.length + unreadable.length === 0 ? 0 : 1;
  } finally {
    progress.stop();
    await connector.close();
  }
};

const firstLiveDay = ({ lookbackDays }: RunOptions, now: Date): Day => addDays(dayOf(now), -lookbackDays);
