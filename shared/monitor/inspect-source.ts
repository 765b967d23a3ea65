import { readSourceStatus, type StreamStatus } from '../collect/stream-status.ts';
import type { Day } from '../model/day.ts';
import type { MonitoredSource } from '../model/monitored-source.ts';
import { toExpectations } from './expectations.ts';
import { readHealthRecord } from './health-record.ts';
import { readSourceHealth, type HealthReaders, type SourceHealth } from './source-health.ts';
import { readHealth } from './publish-health.ts';

/** A report on a deployed source at one moment. */
export interface SourceReport extends SourceHealth {
  readonly source: string;
  readonly status: readonly StreamStatus[];
  /** The time of the last monitor run, so that readers can check that the monitor is alive. */
  readonly monitoredAt: Date | undefined;
}

/** Assesses a deployed source as the monitor does, and the monitor as well. */
export const inspectSource = async (
  readers: HealthReaders,
  source: MonitoredSource,
  quietDays: readonly Day[],
  now: Date,
): Promise<SourceReport> => {
  const { store } = readers;
  const { name, streams, lookbackDays } = source;
  const [status, { watchedSince }, published] = await Promise.all([
    readSourceStatus(store, name, streams, now, lookbackDays),
    readHealthRecord(store, name, now),
    readHealth(store, name),
  ]);
  const observed = { source: name, streams, watchedSince };
  return {
    source: name,
    status,
    monitoredAt: published && new Date(published.generated_at),
    ...(await readSourceHealth(readers, observed, toExpectations(source, quietDays), now)),
  };
};
