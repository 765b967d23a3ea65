import { MONITOR_MINUTES } from '../../shared/contract/alarms.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { addDays, type Day, startOf } from '../../shared/model/day.ts';
import { DAY_MS, MINUTE_MS } from '../../shared/model/duration.ts';
import { type SourceConfig, SourceConfigSchema } from '../../shared/model/source-config.ts';
import { MonitorConfigSchema, MonitoredSourceSchema } from '../../shared/model/monitored-source.ts';
import { createLog } from '../../shared/runtime/logger.ts';
import { createMetricRecorder } from '../../shared/runtime/metrics.ts';
import { handleEvent } from '../../shared/triggers/handle-event.ts';
import { monitorSources } from '../../shared/monitor/monitor-sources.ts';
import { childArgument } from '../child.ts';
import { CountingStore } from '../polls/counting-store.ts';
import { onePoll } from '../polls/one-poll.ts';
import { openPolledFolder } from '../polls/polled-folder.ts';
import { costOf, type RunCost } from '../polls/run-cost.ts';
import { setZoomClock } from '../zoom/living.ts';
import { CountedCloudWatch } from './cloudwatch.ts';
import { DAY_BEGINS, DAY_ENDS } from './log-lines.ts';

export interface SteadyDayWanted {
  readonly folder: string;
  readonly day: Day;
  /** Earlier days that are simulated first, so that one day closes and one is confirmed on the measured day. */
  readonly daysBefore: number;
  /** The simulated share of the day. */
  readonly minutes: number;
}

/** A day of the poller and of the health monitor, run by run. */
export interface FunctionsDay {
  readonly polls: readonly RunCost[];
  readonly watches: readonly RunCost[];
  readonly delivered: number;
  /** Made by the health monitor. */
  readonly cloudWatchRequests: number;
}

const STACK = 'zoom-log-source';

/** The EventBridge event that starts a poll. */
const SCHEDULED = { source: 'aws.events', 'detail-type': 'Scheduled Event' };

/**
 * Simulates some days, then the measured day as a deployment with default settings: the poller and the health monitor on their
 * schedules, with their real logs and metrics on standard output between two marker lines. Then prints the cost.
 */
const { folder, day, daysBefore, minutes } = childArgument() as SteadyDayWanted;
const config: SourceConfig = SourceConfigSchema.parse({ name: 'acme', auth: 'server-to-server' });
const { name: source, streams, formats, pollMinutes } = config;
const monitored = MonitorConfigSchema.parse({
  sources: [MonitoredSourceSchema.strip().parse(config)],
  quietDays: [],
});

let now = startOf(addDays(day, -daysBefore));
const context = { folder, environment: process.env, source, streams, formats, now: () => now };
const announced = ['flat'];
const { connector, cost, close } = await openPolledFolder({
  ...context,
  backfillDays: daysBefore,
  announced,
});

// The earlier days, with few polls: only their resulting state matters.
for (; now < startOf(day); now = new Date(now.getTime() + DAY_MS / 4)) {
  await setZoomClock(now);
  await onePoll(connector);
}

const poller = createLog('poller', { source });
const triggered = {
  source,
  streams,
  connector: () => Promise.resolve(connector),
  recordFailure: (_reason: string, message: string) => Promise.reject(new Error(message)),
  log: poller,
  metrics: createMetricRecorder(STACK),
};
const watchStore = new CountingStore(await FolderStore.open(folder, now));
const cloudWatch = new CountedCloudWatch();
const watch = {
  stack: STACK,
  store: watchStore,
  alarms: cloudWatch,
  pollerLogs: cloudWatch,
  notices: cloudWatch,
  metrics: createMetricRecorder(STACK),
  log: createLog('drop-off-alarm'),
};
const watchCounters = { requests: () => 0, calls: () => watchStore.calls };

const polls: RunCost[] = [];
const watches: RunCost[] = [];
let delivered = 0;
process.stdout.write(`${DAY_BEGINS}\n`);
for (let minute = 0; minute < minutes; minute += 1) {
  now = new Date(startOf(day).getTime() + minute * MINUTE_MS);
  if (minute % pollMinutes === 0) {
    await setZoomClock(now);
    const poll = async (): Promise<void> => {
      const summary = await handleEvent(SCHEDULED, triggered, new AbortController().signal);
      if (typeof summary !== 'object' || !('delivered' in summary)) throw new Error('It did not poll.');
      delivered += summary.delivered;
    };
    polls.push(await cost(poll));
  }
  // A minute after a poll, because two schedules are never exactly aligned.
  if (minute % MONITOR_MINUTES === 1) {
    watches.push(await costOf(watchCounters, () => monitorSources(watch, monitored, now)));
  }
}
process.stdout.write(`${DAY_ENDS}\n`);
await close();
const response: FunctionsDay = { polls, watches, delivered, cloudWatchRequests: cloudWatch.requests };
process.stdout.write(`${JSON.stringify(response)}\n`);
