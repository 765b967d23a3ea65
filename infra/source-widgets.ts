import {
  GraphWidget,
  type GraphWidgetProps,
  type IWidget,
  MathExpression,
  type Metric,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../shared/contract/metrics.ts';
import type { SourceConfig } from '../shared/model/source-config.ts';
import { emittedMetric } from './emitted-metric.ts';

/** A dashboard has 24 columns. More than two graphs in a row are not readable; a phone shows them one by one. */
export const FULL_WIDTH = 24;
const HALF_WIDTH = FULL_WIDTH / 2;
const HEIGHT = 6;

/** Counts are drawn by the hour; gauges at their own interval. */
const HOUR = 60;

const ALARMING = '#d13212';

/** The graphs of one source, row by row. */
export const sourceWidgets = (
  stack: string,
  { name: source, streams, requestsPerDay, dropOffMinutes }: SourceConfig,
): IWidget[][] => {
  const perStream = (metric: MetricName, statistic: string, label = ''): Metric[] =>
    streams.map((stream) =>
      emittedMetric(
        metric,
        { stack, source, stream },
        { statistic, label: `${stream} ${label}`.trim(), ...(statistic === 'Sum' && { minutes: HOUR }) },
      ),
    );
  const inHour = (metric: MetricName, label: string): Metric =>
    emittedMetric(metric, { stack, source }, { statistic: 'Sum', label, minutes: HOUR });
  const graph = (title: string, { leftYAxis, ...props }: GraphWidgetProps): IWidget =>
    new GraphWidget({
      title: `${source}: ${title}`,
      width: HALF_WIDTH,
      height: HEIGHT,
      leftYAxis: { min: 0, showUnits: false, ...leftYAxis },
      ...props,
    });

  return [
    [new TextWidget({ markdown: `## ${source}`, width: FULL_WIDTH, height: 1 })],
    [
      graph('events delivered per hour', { left: perStream('EventsDelivered', 'Sum') }),
      graph('hours since the last event', {
        left: perStream('SecondsSinceLastEvent', 'Maximum').map(inHours),
        leftAnnotations: [...new Set(streams.map((stream) => dropOffMinutes[stream] ?? 0))]
          .filter((minutes) => minutes > 0)
          .map((minutes) => ({ value: minutes / 60, label: 'dropOffMinutes', color: ALARMING })),
      }),
    ],
    [
      graph('hours from an event to its delivery', {
        left: [
          ...perStream('DeliveryLagSeconds', 'p50', '(median)'),
          ...perStream('DeliveryLagSeconds', 'p99', '(99th percentile)'),
        ].map(inHours),
      }),
      graph('age of the newest complete day, in hours', {
        left: perStream('CompleteAgeSeconds', 'Maximum').map(inHours),
      }),
    ],
    [
      graph('requests today', {
        left: [emittedMetric('RequestsToday', { stack, source }, { statistic: 'Maximum', label: 'made' })],
        leftAnnotations: [{ value: requestsPerDay, label: 'requestsPerDay', color: ALARMING }],
      }),
      graph('errors per hour', {
        left: [
          inHour('AuthFailures', 'refused'),
          inHour('ApiThrottled', 'throttled'),
          inHour('ApiErrors', 'failed'),
        ],
        right: perStream('PollSuccess', 'Average', '(share of successful polls)'),
        rightYAxis: { min: 0, max: 1, showUnits: false },
      }),
    ],
    [
      graph('rows to check, per hour', {
        left: [
          ...perStream('RowsRejected', 'Sum', 'rejected'),
          ...perStream('RowsVanished', 'Sum', 'vanished'),
          ...perStream('RowsHeld', 'Sum', 'held'),
          ...perStream('DayMismatch', 'Sum', 'of another day'),
          ...perStream('CategoryUnknown', 'Sum', 'of an unknown category'),
        ],
      }),
      graph('parsing of details, per hour', {
        stacked: true,
        left: [
          ...perStream('DetailFull', 'Sum', 'fully'),
          ...perStream('DetailLikely', 'Sum', 'likely'),
          ...perStream('DetailPartial', 'Sum', 'partly'),
          ...perStream('DetailNone', 'Sum', 'not'),
        ],
      }),
    ],
  ];
};

/** Hours are readable on a phone, seconds are not. The id is the metric's within its graph. */
const inHours = (metric: Metric, index: number): MathExpression =>
  new MathExpression({
    expression: `seconds${index} / 3600`,
    usingMetrics: { [`seconds${index}`]: metric },
    label: metric.label ?? '',
    period: metric.period,
  });
