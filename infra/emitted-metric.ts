import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricProps } from 'aws-cdk-lib/aws-cloudwatch';
import { DIMENSIONS, type MetricName, METRICS, METRICS_NAMESPACE } from '../shared/contract/metrics.ts';

/** The dimension values of a metric; a metric of a source or a stack has fewer. */
export interface MetricDimensions {
  readonly stack: string;
  readonly source?: string;
  readonly stream?: string;
}

/** How the values of a metric are aggregated for a graph or an alarm. */
export type MetricOptions = Pick<MetricProps, 'statistic' | 'label' | 'color'> & {
  readonly minutes?: number;
};

/** The dimensions of each kind of metric, from the widest to the narrowest. */
const DIMENSIONS_OF = {
  stack: ['stack'],
  source: ['stack', 'source'],
  stream: ['stack', 'source', 'stream'],
} as const;

/** A metric as the functions emit it. Throws if its dimensions don't match. */
export const emittedMetric = (
  name: MetricName,
  dimensionValues: MetricDimensions,
  { minutes = 5, ...options }: MetricOptions,
): Metric => {
  const dimensions = DIMENSIONS_OF[METRICS[name].of].map((kind) => {
    const value = dimensionValues[kind];
    if (value === undefined)
      throw new Error(
        `${name} has the dimensions of a ${METRICS[name].of}, not of ${JSON.stringify(dimensionValues)}`,
      );
    return [DIMENSIONS[kind], value] as const;
  });
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: name,
    dimensionsMap: Object.fromEntries(dimensions),
    period: Duration.minutes(minutes),
    ...options,
  });
};
