import type { SliceOutcome } from '../collect/collect-slice.ts';
import type { RunReport } from '../collect/collect-slices.ts';
import type { MetricName } from '../contract/metrics.ts';
import { causeOf } from '../health/causes.ts';
import { isFewRejected } from '../model/few-rejected.ts';
import type { StreamName } from '../model/stream.ts';
import type { MetricRecorder, MetricSubject } from '../runtime/metrics.ts';

/** Records and writes the metrics of a run. `contract/metrics.ts` describes each. */
export const recordRunMetrics = (
  metrics: MetricRecorder,
  source: string,
  streams: readonly StreamName[],
  { outcomes, partial, missing, cost }: Pick<RunReport, 'outcomes' | 'partial' | 'missing' | 'cost'>,
): void => {
  for (const stream of streams) {
    const done = outcomes.filter(({ slice }) => slice.stream === stream);
    const unread = missing.filter(({ slice }) => slice.stream === stream);
    if (done.length + unread.length > 0) {
      metrics.record('PollSuccess', done.length > 0 ? 1 : 0, { source, stream });
    }
    const read = [...done, ...partial.filter(({ slice }) => slice.stream === stream)];
    if (read.length === 0) continue;
    recordCounts(metrics, streamFigures(read), { source, stream });
    const lags = read.flatMap(({ lagsMs }) => lagsMs.map((ms) => ms / 1000));
    if (lags.length > 0) metrics.record('DeliveryLagSeconds', lags, { source, stream });
  }
  const refused = missing.filter(({ reason }) => causeOf(reason).verdict === 'unauthorized');
  const counts: [MetricName, number][] = [
    ['ApiRequests', cost.requests],
    ['ApiThrottled', cost.throttled],
    ['ApiErrors', cost.failed],
    ['AuthFailures', refused.length],
  ];
  recordCounts(metrics, counts, { source });
  metrics.record('RunMilliseconds', cost.milliseconds, { source });
  metrics.write();
};

/** A count of zero is not emitted: CloudWatch charges for each metric that has a value in an hour. */
const recordCounts = (
  metrics: MetricRecorder,
  counts: readonly [MetricName, number][],
  subject: MetricSubject,
): void => {
  for (const [name, count] of counts) if (count > 0) metrics.record(name, count, subject);
};

const streamFigures = (done: readonly SliceOutcome[]): [MetricName, number][] => {
  const sum = (of: (outcome: SliceOutcome) => number): number =>
    done.reduce((total, outcome) => total + of(outcome), 0);
  const [read, rejected] = [sum((outcome) => outcome.read), sum((outcome) => outcome.rejected)];
  return [
    ['EventsRead', read],
    ['EventsDelivered', sum(({ delivered }) => delivered)],
    ['RowsDuplicate', sum(({ duplicate }) => duplicate)],
    ['RowsHeld', sum(({ held }) => held)],
    ['RowsRejected', rejected],
    ['ManyRowsRejected', isFewRejected(rejected, read) ? 0 : rejected],
    ['RowsVanished', sum(({ newlyVanished }) => newlyVanished)],
    ['DayMismatch', sum(({ dayMismatch }) => dayMismatch)],
    ['ObjectsWritten', sum(({ objects }) => objects)],
    ['BytesWritten', sum(({ bytes }) => bytes)],
    ['DetailFull', sum(({ details }) => details.full ?? 0)],
    ['DetailLikely', sum(({ details }) => details.likely ?? 0)],
    ['DetailPartial', sum(({ details }) => details.partial ?? 0)],
    ['DetailNone', sum(({ details }) => details.none ?? 0)],
    ['CategoryUnknown', sum(({ categoryUnknown }) => categoryUnknown)],
  ];
};
