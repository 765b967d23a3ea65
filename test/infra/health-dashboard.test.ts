import { beforeAll, describe, expect, it } from '@jest/globals';
import { DIMENSIONS, type MetricName, METRICS, METRICS_NAMESPACE } from '../../shared/contract/metrics.ts';
import { ACME, GLOBEX, Synthesized } from './synthesized.ts';

interface Widget {
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly query?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: {
      readonly horizontal?: readonly { readonly value: number; readonly label: string }[];
    };
  };
}

interface Drawn {
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const widgetsOf = (stack: Synthesized): Widget[] =>
  (JSON.parse(String(stack.of('Health')['DashboardBody'])) as { widgets: Widget[] }).widgets;

/** The metrics that graphs draw; an expression uses others of the same graph. */
const drawnBy = (widgets: readonly Widget[]): Drawn[] =>
  widgets
    .flatMap(({ properties: { metrics = [] } }) => metrics)
    .filter(([namespace]) => typeof namespace === 'string')
    .map(([namespace, name, ...rest]) => {
      expect(namespace).toBe(METRICS_NAMESPACE);
      const words = rest.filter((word): word is string => typeof word === 'string');
      const pairs = words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? '']] : []));
      return { name: String(name), dimensions: Object.fromEntries(pairs) as Record<string, string> };
    });

let stack: Synthesized;
let widgets: Widget[];
beforeAll(() => {
  stack = new Synthesized({
    sources: [{ ...ACME, requestsPerDay: 5000, dropOffMinutes: { operation: 90, activity: 0 } }, GLOBEX],
  });
  widgets = widgetsOf(stack);
});

describe('the dashboard', () => {
  it('has the name of the deployment', () => {
    expect(stack.of('Health')['DashboardName']).toBe('zoom-log-source');
  });

  it('shows all alarms first, then their remedies, then the health of each stream', () => {
    const [alarms, text, verdicts] = widgets;
    const made = stack.named('AWS::CloudWatch::Alarm').map((name) => `<${name}.Arn>`);

    expect(alarms?.properties.alarms?.toSorted()).toEqual(made.toSorted());
    expect(text?.properties.markdown).toContain('docs/runbook.md');
    expect(text?.properties.markdown).toContain('bin/zoom-log-source status --deployed');
    expect(verdicts?.properties.query).toBe(
      'SOURCE \'<WatchLog>\' | fields @timestamp, source, stream, verdict, cause, because\n| filter message = "verdict"\n| sort @timestamp desc\n| dedup source, stream',
    );
  });

  it('is readable on a phone: with at most two widgets in a row', () => {
    const rows = Map.groupBy(widgets, ({ y }) => y);

    for (const row of rows.values()) {
      expect(row.length).toBeLessThanOrEqual(2);
      expect(row.map(({ width }) => width).reduce((a, b) => a + b)).toBe(24);
    }
    expect(widgets.length).toBeLessThanOrEqual(3 + 9 * 2);
  });

  it('draws only emitted metrics, with their dimensions', () => {
    const drawn = drawnBy(widgets);

    expect(drawn.length).toBeGreaterThan(60);
    for (const { name, dimensions } of drawn) {
      const metric = METRICS[name as MetricName];
      const { stack: ofStack, source, stream } = DIMENSIONS;
      expect(Object.keys(dimensions).toSorted()).toEqual(
        { stack: [ofStack], source: [source, ofStack], stream: [source, ofStack, stream] }[metric.of],
      );
      expect(dimensions[ofStack]).toBe('zoom-log-source');
    }
  });

  it('draws or alarms on every emitted metric, except those that do not help on-call', () => {
    const inAlarms = stack
      .named('AWS::CloudWatch::Alarm')
      .map((name) => String(stack.of(name)['MetricName']));
    const seen = new Set([...inAlarms, ...drawnBy(widgets).map(({ name }) => name)]);

    expect(Object.keys(METRICS).filter((name) => !seen.has(name))).toEqual([
      'EventsRead',
      'RowsDuplicate',
      'ObjectsWritten',
      'BytesWritten',
      'ApiRequests',
      'RunMilliseconds',
    ]);
  });

  it('draws every stream of every source', () => {
    const delivered = drawnBy(widgets).filter(({ name }) => name === 'EventsDelivered');

    expect(delivered.map(({ dimensions }) => `${dimensions['Source']} ${dimensions['Stream']}`)).toEqual([
      'acme operation',
      'acme activity',
      'globex operation',
      'globex activity',
    ]);
  });

  it('draws the limits that the operator set', () => {
    const limits = widgets
      .filter(({ properties }) => properties.title?.startsWith('acme: '))
      .flatMap(({ properties }) => properties.annotations?.horizontal ?? [])
      .map(({ value, label }) => [label, value]);

    expect(limits).toEqual([
      ['dropOffMinutes', 1.5],
      ['requestsPerDay', 5000],
    ]);
  });

  it('is free for a deployment of one source: it draws no more metrics than the free tier allows', () => {
    const one = drawnBy(widgetsOf(new Synthesized({ sources: [ACME] })));

    expect(new Set(one.map((drawn) => JSON.stringify(drawn))).size).toBeLessThanOrEqual(50);
  });
});
