import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import Table from 'cli-table3';
import { PLAIN } from '../cli/table-style.ts';
import { ConnectorStack } from '../infra/connector-stack.ts';
import { createApp } from '../infra/create-app.ts';
import { METRICS, METRICS_NAMESPACE } from '../shared/contract.ts';
import { MAX_SOURCES, readSourcesFile } from '../shared/model/sources-file.ts';

/**
 * What watching a deployment costs a month, counted out of its template and of the metrics that it may emit: at most, for a
 * metric costs only the hours in which it is emitted. Prices of us-east-1, in dollars.
 */
const PRICES = { alarms: 0.1, metrics: 0.3, dashboards: 3 };

/** What AWS gives away to each account; a dashboard only if it draws few metrics. */
const FREE = { alarms: 10, metrics: 10, dashboards: 3 };
const MOST_DRAWN = 50;

type Counts = Record<keyof typeof PRICES, number>;

const countsOf = (sources: number): Counts & { readonly drawn: number } => {
  const named = Array.from({ length: sources }, (_, i) => ({ name: `source-${i}`, auth: 'oauth' }));
  const file = readSourcesFile(JSON.stringify({ sources: named }), 'bench');
  const folder = mkdtempSync(join(tmpdir(), 'zoom-log-source-bench-'));
  const app = createApp({ outdir: folder, context: { 'aws:cdk:bundling-stacks': [] } });
  const template = Template.fromStack(new ConnectorStack(app, file));
  rmSync(folder, { recursive: true, force: true });

  const dashboards = template.findResources('AWS::CloudWatch::Dashboard');
  const subjects = {
    stream: file.sources.flatMap(({ streams }) => streams).length,
    source: sources,
    stack: 1,
  };
  return {
    alarms: Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length,
    metrics: Object.values(METRICS).reduce((sum, metric) => sum + subjects[metric.of], 0),
    dashboards: Object.keys(dashboards).length,
    drawn: JSON.stringify(dashboards).split(METRICS_NAMESPACE).length - 1,
  };
};

const dollars = (counts: Counts, free: Counts): string =>
  (Object.keys(PRICES) as (keyof Counts)[])
    .reduce((sum, kind) => sum + Math.max(0, counts[kind] - free[kind]) * PRICES[kind], 0)
    .toFixed(2);

const table = new Table({
  ...PLAIN,
  head: [
    'sources',
    'alarms',
    'metrics',
    'dashboards',
    'metrics drawn',
    '$ a month',
    'in an account of its own',
  ],
});
for (const sources of [1, 2, MAX_SOURCES]) {
  const counts = countsOf(sources);
  const free = { ...FREE, dashboards: counts.drawn <= MOST_DRAWN ? FREE.dashboards : 0 };
  table.push([
    sources,
    counts.alarms,
    counts.metrics,
    counts.dashboards,
    counts.drawn,
    dollars(counts, { alarms: 0, metrics: 0, dashboards: free.dashboards }),
    dollars(counts, free),
  ]);
}
process.stdout.write(`${table.toString()}\n`);
