import { Metrics } from '@aws-lambda-powertools/metrics';
import { DIMENSIONS, type MetricName, METRICS, METRICS_NAMESPACE } from '../contract/metrics.ts';

/** The subject of a metric: a stream of a source, a source, or nothing for the whole stack. */
export interface MetricSubject {
  readonly source?: string;
  readonly stream?: string;
}

/** Records the metrics of a process. */
export interface MetricRecorder {
  /** Several values of one metric are a distribution. */
  readonly record: (name: MetricName, value: number | readonly number[], subject: MetricSubject) => void;
  /** Writes one log line per subject, from which CloudWatch creates metrics. */
  readonly write: () => void;
}

/** The most values of a metric that one line of the embedded metric format holds. */
const MOST_VALUES = 100;

/** Metrics for CloudWatch in the embedded metric format: no call, no waiting, and the log keeps what CloudWatch misses. */
export const createMetricRecorder = (stack: string): MetricRecorder => {
  const bySubject = new Map<string, Metrics>();
  const metricsOf = ({ source, stream }: MetricSubject): Metrics => {
    const dimensions = {
      [DIMENSIONS.stack]: stack,
      ...(source !== undefined && { [DIMENSIONS.source]: source }),
      ...(stream !== undefined && { [DIMENSIONS.stream]: stream }),
    };
    const key = JSON.stringify(dimensions);
    let metrics = bySubject.get(key);
    if (!metrics) {
      metrics = new Metrics({ namespace: METRICS_NAMESPACE });
      metrics.clearDefaultDimensions(); // a dimension "service" would be another metric
      metrics.setDefaultDimensions(dimensions);
      bySubject.set(key, metrics);
    }
    return metrics;
  };
  return {
    record: (name, value, subject) => {
      const values = typeof value === 'number' ? [value] : quantiles(value);
      for (const one of values) metricsOf(subject).addMetric(name, METRICS[name].unit, one);
    },
    write: () => {
      // What filled its line was written there and then; an empty line would be a warning in the log.
      for (const metrics of bySubject.values())
        if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      bySubject.clear();
    },
  };
};

/** The values, or as many of them as a line holds, spread evenly from the least to the greatest. */
const quantiles = (values: readonly number[]): number[] => {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length <= MOST_VALUES) return sorted;
  const at = (index: number): number =>
    sorted[Math.round((index * (sorted.length - 1)) / (MOST_VALUES - 1))] ?? 0;
  return Array.from({ length: MOST_VALUES }, (_, index) => at(index));
};
