import { recordAudit } from '../audit/record-audit.ts';
import { ConfigurationError } from '../errors.ts';
import { type AlarmIdentity, alarmsOf } from '../contract/alarms.ts';
import type { MonitorConfig } from '../model/monitored-source.ts';
import { endMute, readMutes } from './mute.ts';
import type { AlarmState } from './ports.ts';
export type { MonitorContext } from './monitor-source.ts';
import { type MonitorContext, monitorSource } from './monitor-source.ts';

/**
 * One monitor run over all sources. A source that fails does not stop the others. But the run then fails, so that it does not
 * count as complete, and the alarm `watcher` is raised.
 */
export const monitorSources = async (
  monitor: MonitorContext,
  { sources, quietDays }: MonitorConfig,
  now: Date,
): Promise<void> => {
  const identities = alarmsOf(monitor.stack, sources);
  const actual = await monitor.alarms.read(identities.map(({ name }) => name));
  const failures: unknown[] = [];
  for (const source of sources) {
    try {
      await monitorSource(monitor, source, quietDays, actual, now);
    } catch (error) {
      monitor.log.error('watch failed', { source: source.name, error });
      failures.push(error);
    }
  }
  try {
    await endMutes(
      monitor,
      identities,
      sources.map(({ name }) => name),
      now,
    );
  } catch (error) {
    // The alarms of the sources cover an unreadable bucket.
    if (!(error instanceof ConfigurationError)) failures.push(error);
    monitor.log.error('mutes not ended', { error });
  }
  if (failures.length === 0) monitor.metrics.record('Watched', 1, {});
  monitor.metrics.write();
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} parts of the monitor run failed.`);
};

/** Ends expired mutes after the alarms were set, so that the notifications show the current state. */
const endMutes = async (
  { store, alarms, log }: MonitorContext,
  identities: readonly AlarmIdentity[],
  sources: readonly string[],
  now: Date,
): Promise<void> => {
  const over = (await readMutes(store)).filter(({ until }) => new Date(until) <= now);
  if (over.length === 0) return;
  const actual: ReadonlyMap<string, AlarmState> = await alarms.read(over.map(({ alarm }) => alarm));
  for (const mute of over) {
    await endMute(store, alarms, mute, actual.get(mute.alarm), now);
    log.info('mute ended', { alarm: mute.alarm });
    const of = identities.find(({ name }) => name === mute.alarm)?.source;
    for (const source of of === undefined ? sources : [of]) {
      await recordAudit(store, {
        at: mute.until,
        code: 'mute-ended',
        source,
        actor: { kind: 'collector' },
        summary: `The mute of ${mute.alarm} expired. Notifications resume.`,
        details: { alarm: mute.alarm },
      });
    }
  }
};
