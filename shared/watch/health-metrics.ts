import { GAUGES } from '../contract.ts';
import type { SourceSigns } from '../health/signs.ts';
import { endOf } from '../model/day.ts';
import type { Meter } from '../runtime/meter.ts';
import type { SteppedAlarm } from './judged-alarms.ts';

/** Tells what a watch found of a source. */
export const meterHealth = (
  meter: Meter,
  { source, streams, requestsToday, watchedSince, unreadable }: SourceSigns,
  stepped: readonly SteppedAlarm[],
  now: Date,
): void => {
  for (const { kind, stream, record } of stepped) {
    const subject = { source, ...(stream && { stream }) };
    meter.tell(GAUGES[kind], record.state === 'ALARM' ? 1 : 0, subject);
  }
  if (unreadable) return;
  const secondsSince = (at: Date): number => Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
  for (const { stream, newestEvent, completeUpTo } of streams) {
    meter.tell('SecondsSinceLastEvent', secondsSince(newestEvent ?? watchedSince), { source, stream });
    if (completeUpTo) meter.tell('CompleteAgeSeconds', secondsSince(endOf(completeUpTo)), { source, stream });
  }
  meter.tell('RequestsToday', requestsToday, { source });
};
