import { GAUGES } from '../contract/alarms.ts';
import type { SourceObservations } from '../health/observations.ts';
import { endOf } from '../model/day.ts';
import type { MetricRecorder } from '../runtime/metrics.ts';
import type { AlarmTransition } from './alarm-transitions.ts';

/** Records the findings of a monitor run for a source. */
export const recordHealthMetrics = (
  metrics: MetricRecorder,
  { source, streams, requestsToday, watchedSince, unreadable }: SourceObservations,
  transitions: readonly AlarmTransition[],
  now: Date,
): void => {
  for (const { kind, stream, record } of transitions) {
    const subject = { source, ...(stream && { stream }) };
    metrics.record(GAUGES[kind], record.state === 'ALARM' ? 1 : 0, subject);
  }
  if (unreadable) return;
  const secondsSince = (at: Date): number => Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
  for (const { stream, newestEvent, completeUpTo } of streams) {
    metrics.record('SecondsSinceLastEvent', secondsSince(newestEvent ?? watchedSince), { source, stream });
    if (completeUpTo)
      metrics.record('CompleteAgeSeconds', secondsSince(endOf(completeUpTo)), { source, stream });
  }
  metrics.record('RequestsToday', requestsToday, { source });
};
