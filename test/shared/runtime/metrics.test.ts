import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type MetricName, METRICS } from '../../../shared/contract/metrics.ts';
import type { MetricSubject } from '../../../shared/runtime/metrics.ts';

type Recording = readonly [name: MetricName, value: number | readonly number[], subject: MetricSubject];

interface Line {
  readonly [name: string]: unknown;
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
}

const RECORDER_MODULE = join(import.meta.dirname, '../../../shared/runtime/metrics.ts');

/** A process that records what it is given, each list between two writes. */
const PROGRAM = `
  import { readFileSync } from 'node:fs';
  import { createMetricRecorder } from ${JSON.stringify(RECORDER_MODULE)};
  const meter = createMetricRecorder('zls');
  for (const values of JSON.parse(readFileSync(0, 'utf8'))) {
    for (const value of values) meter.record(...value);
    meter.write();
  }
`;

/** The lines that a process prints for these recordings. */
const printed = (...writes: readonly (readonly Recording[])[]): Line[] => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    input: JSON.stringify(writes),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', POWERTOOLS_SERVICE_NAME: 'acme-poller' },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
};

/** A metric of each kind, with its dimensions. */
const SUBJECTS = {
  stream: { source: 'acme', stream: 'operation' },
  source: { source: 'acme' },
  stack: {},
} as const;

describe('a metric recorder', () => {
  it('writes a line for each subject, in the embedded metric format, with the dimensions of the alarms', () => {
    const lines = printed([
      ['EventsRead', 3, { source: 'acme', stream: 'operation' }],
      ['BytesWritten', 812, { source: 'acme', stream: 'operation' }],
      ['EventsRead', 5, { source: 'acme', stream: 'activity' }],
      ['ApiRequests', 2, { source: 'acme' }],
      ['Watched', 1, {}],
    ]);

    expect(lines).toEqual([
      aLine({ Stack: 'zls', Source: 'acme', Stream: 'operation' }, { EventsRead: 3, BytesWritten: 812 }),
      aLine({ Stack: 'zls', Source: 'acme', Stream: 'activity' }, { EventsRead: 5 }),
      aLine({ Stack: 'zls', Source: 'acme' }, { ApiRequests: 2 }),
      aLine({ Stack: 'zls' }, { Watched: 1 }),
    ]);
  });

  it('gives every metric the unit that the contract names', () => {
    const names = Object.keys(METRICS) as MetricName[];

    const lines = printed(names.map((name): Recording => [name, 1, SUBJECTS[METRICS[name].of]]));

    const units = lines.flatMap(({ _aws }) =>
      _aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name, Unit }) => [Name, Unit])),
    );
    expect(Object.fromEntries(units)).toEqual(
      Object.fromEntries(names.map((name) => [name, METRICS[name].unit])),
    );
  });

  it('writes recorded values once, and only those of the next run afterwards', () => {
    const lines = printed(
      [['EventsRead', 3, SUBJECTS.stream]],
      [['RowsHeld', 1, SUBJECTS.stream]],
      [],
      [['EventsRead', 4, SUBJECTS.stream]],
    );

    expect(lines.map(({ EventsRead, RowsHeld }) => ({ EventsRead, RowsHeld }))).toEqual([
      { EventsRead: 3, RowsHeld: undefined },
      { EventsRead: undefined, RowsHeld: 1 },
      { EventsRead: 4, RowsHeld: undefined },
    ]);
  });

  it('writes all values of a subject, in as few lines as possible', () => {
    const values = Array.from({ length: 100 }, () => 1);

    const lines = printed([
      ['EventsRead', 100, SUBJECTS.stream],
      ['DeliveryLagSeconds', values, SUBJECTS.stream],
      ['PollSuccess', 1, SUBJECTS.stream],
    ]);

    expect(lines).toEqual([
      aLine(
        { Stack: 'zls', Source: 'acme', Stream: 'operation' },
        { EventsRead: 100, DeliveryLagSeconds: values },
      ),
      aLine({ Stack: 'zls', Source: 'acme', Stream: 'operation' }, { PollSuccess: 1 }),
    ]);
  });

  it.each([
    ['one', [7], [7]],
    ['a few, in order', [3, 1, 2], [1, 2, 3]],
    [
      'as many as a line holds',
      Array.from({ length: 100 }, (_, index) => index),
      Array.from({ length: 100 }, (_, index) => index),
    ],
  ])('records values as a distribution: %s', (_, values, expected) => {
    const [line] = printed([['DeliveryLagSeconds', values, SUBJECTS.stream]]);

    expect([line?.['DeliveryLagSeconds']].flat()).toEqual(expected);
  });

  it.each([101, 250, 9999])(
    'reduces %i values to a hundred of them, with the minimum and the maximum',
    (count) => {
      const values = Array.from({ length: count }, (_, index) => (index * 7919) % count);

      const lines = printed([['DeliveryLagSeconds', values, SUBJECTS.stream]]);

      expect(lines).toHaveLength(1);
      const recorded = lines[0]?.['DeliveryLagSeconds'] as number[];
      expect(recorded).toHaveLength(100);
      expect([recorded[0], recorded.at(-1)]).toEqual([0, count - 1]);
      const evenly = (count - 1) / 99;
      for (const [index, value] of recorded.entries())
        expect(Math.abs(value - index * evenly)).toBeLessThanOrEqual(0.5);
    },
  );
});

/** A line with just these dimensions and figures, and nothing else that CloudWatch would make a metric of. */
const aLine = (
  dimensions: Record<string, string>,
  figures: Partial<Record<MetricName, number | readonly number[]>>,
) => ({
  _aws: {
    Timestamp: expect.any(Number) as unknown,
    CloudWatchMetrics: [
      {
        Namespace: 'ZoomAuditLog',
        Dimensions: [Object.keys(dimensions)],
        Metrics: Object.keys(figures).map((name) => ({
          Name: name,
          Unit: METRICS[name as MetricName].unit,
        })),
      },
    ],
  },
  ...dimensions,
  ...figures,
});
