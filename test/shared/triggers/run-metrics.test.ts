import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { collectSlice } from '../../../shared/collect/collect-slice.ts';
import { type MetricName, METRICS } from '../../../shared/contract/metrics.ts';
import { HOUR_MS } from '../../../shared/model/duration.ts';
import { STREAM_NAMES, type StreamName } from '../../../shared/model/stream.ts';
import { recordRunMetrics } from '../../../shared/triggers/run-metrics.ts';
import { generateCompany, type Simulator, startSimulator } from '../../../simulator/index.ts';
import { aCollector, aSlice, never } from '../../support/builders/collector.ts';
import { ListedReports } from '../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { anOutcome } from '../../support/builders/outcomes.ts';
import { RecordingMetrics, type RecordedMetrics } from '../../support/doubles/recording-metrics.ts';
import { anOperation } from '../../support/builders/rows.ts';
import { connectToSimulator } from '../../support/simulated-source.ts';

const START = Date.UTC(2026, 10, 18, 9);

/** The metrics of a few polls, hours apart, of a simulated account. */
const polls = async (simulator: Simulator, count: number): Promise<RecordedMetrics[]> => {
  const connector = connectToSimulator(simulator, new MemoryStore(), { source: 'acme' });
  const metrics = new RecordingMetrics();
  for (let poll = 0; poll < count; poll += 1) {
    simulator.clock.set(new Date(START + poll * 5 * HOUR_MS));
    recordRunMetrics(metrics, 'acme', STREAM_NAMES, await connector.poll(never));
  }
  await connector.close();
  await simulator.close();
  return metrics.written;
};

/** A company with twins, late rows and unreadable rows. */
const aCompany = async (seed: number): Promise<Simulator> => {
  const simulator = await startSimulator({ now: new Date(START), speed: 0, seed });
  simulator.addRows(
    generateCompany({
      seed,
      from: '2026-11-16',
      to: '2026-11-19',
      rowsPerDay: 60,
      twinShare: 0.2,
      lateness: { hours: 12 },
      unreadable: true,
    }),
  );
  return simulator;
};

const PARTS = ['EventsDelivered', 'RowsDuplicate', 'RowsHeld', 'RowsRejected'] as const;

const count = (recorded: RecordedMetrics, stream: StreamName, name: MetricName): number =>
  Number(recorded[`acme ${stream}`]?.[name] ?? 0);

const partsOf = (recorded: RecordedMetrics, stream: StreamName): number =>
  sum(PARTS.map((name) => count(recorded, stream, name)));

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Few different rows, so that twins are common, also across page edges; and some without a readable time. */
const aRow = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b').map((text) => anOperation({ operation_detail: text })) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const COST = { requests: 1, throttled: 0, failed: 0, milliseconds: 5 };

describe('the figures of a run', () => {
  it.each([1, 2, 3])(
    'add up in every run over a company: what was read became something (seed %i)',
    async (seed) => {
      const runs = await polls(await aCompany(seed), 4);

      for (const recorded of runs) {
        for (const stream of STREAM_NAMES)
          expect(partsOf(recorded, stream)).toBe(count(recorded, stream, 'EventsRead'));
      }
      expect(sum(runs.map((recorded) => count(recorded, 'operation', 'EventsDelivered')))).toBeGreaterThan(0);
    },
  );

  it('add up over any list: each row is delivered, a duplicate, unconfirmed or rejected', async () => {
    const met = new Set<MetricName>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(aRow, { maxLength: 8 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 3 }),
        async (arrivals, pageSize) => {
          const store = new MemoryStore();
          const reports = new ListedReports([], pageSize);
          const metrics = new RecordingMetrics();

          for (const rows of arrivals) {
            reports.rows.unshift(...rows);
            const outcome = await collectSlice(
              aCollector(store, reports),
              aSlice({ source: 'acme' }),
              'whole',
              never,
            );
            recordRunMetrics(metrics, 'acme', STREAM_NAMES, {
              outcomes: [outcome],
              partial: [],
              missing: [],
              cost: COST,
            });
          }

          for (const recorded of metrics.written) {
            expect(partsOf(recorded, 'operation')).toBe(count(recorded, 'operation', 'EventsRead'));
            for (const name of PARTS) if (count(recorded, 'operation', name) > 0) met.add(name);
          }
        },
      ),
    );
    expect([...met].sort()).toEqual([...PARTS].sort());
  });

  it('are emitted only for what happened, each with its own dimensions', async () => {
    const runs = await polls(await aCompany(7), 2);

    for (const recorded of runs) {
      for (const [subject, figures] of Object.entries(recorded)) {
        const of = subject.includes(' ') ? 'stream' : 'source';
        for (const [name, value] of Object.entries(figures)) {
          expect([name, METRICS[name as MetricName].of]).toEqual([name, of]);
          if (name !== 'RunMilliseconds') expect([name, value]).not.toEqual([name, 0]);
        }
      }
    }
  });

  it('of a run that brought nothing are that it read, and what that cost', async () => {
    const [recorded] = await polls(await startSimulator({ now: new Date(START), speed: 0 }), 1);

    expect(recorded).toEqual({
      acme: { ApiRequests: expect.any(Number) as unknown, RunMilliseconds: expect.any(Number) as unknown },
      'acme operation': { PollSuccess: 1 },
      'acme activity': { PollSuccess: 1 },
    });
  });

  it('have only the failure of a stream that could not be read', async () => {
    const simulator = await aCompany(7);
    simulator.faults.set('scope-missing@activity');

    const [recorded = {}] = await polls(simulator, 1);

    expect(recorded['acme activity']).toEqual({ PollSuccess: 0 });
    expect(recorded['acme operation']).toMatchObject({ PollSuccess: 1 });
    expect(Number(recorded['acme']?.AuthFailures)).toBeGreaterThan(0);
  });

  it('do not include a stream that was not requested', () => {
    const metrics = new RecordingMetrics();

    recordRunMetrics(metrics, 'acme', STREAM_NAMES, {
      outcomes: [anOutcome()],
      partial: [],
      missing: [],
      cost: COST,
    });

    expect(Object.keys(metrics.written[0] ?? {})).toEqual(['acme operation', 'acme']);
  });

  it.each([
    [1, 100, undefined],
    [2, 100, 2],
    [3, 3, 3],
    [1, 5000, undefined],
  ])('count %i rejected rows of %i read as many: %s', (rejected, read, many) => {
    const metrics = new RecordingMetrics();
    const outcomes = [anOutcome({ rejected, read })];

    recordRunMetrics(metrics, 'acme', STREAM_NAMES, { outcomes, partial: [], missing: [], cost: COST });

    expect(metrics.written[0]?.['acme operation']?.RowsRejected).toBe(rejected);
    expect(metrics.written[0]?.['acme operation']?.ManyRowsRejected).toBe(many);
  });

  it('are one distribution of delays for all slices of a stream', () => {
    const metrics = new RecordingMetrics();
    const outcomes = [anOutcome({ lagsMs: [1000, 61_500] }), anOutcome(), anOutcome({ lagsMs: [250] })];
    const cost = { requests: 3, throttled: 2, failed: 1, milliseconds: 5 };

    recordRunMetrics(metrics, 'acme', STREAM_NAMES, { outcomes, partial: [], missing: [], cost });

    expect(metrics.written).toEqual([
      {
        'acme operation': { PollSuccess: 1, DeliveryLagSeconds: [1, 61.5, 0.25] },
        acme: { ApiRequests: 3, ApiThrottled: 2, ApiErrors: 1, RunMilliseconds: 5 },
      },
    ]);
  });

  it.each([
    ['scope-missing', true],
    ['grant-dead', true],
    ['secret-missing', true],
    ['rate-limited', false],
    ['zoom-failing', false],
    ['stopped', false],
    ['failed', false],
    ['damaged-object', false],
    ['aws-denied', false],
    ['bucket-missing', false],
    ['zoom-untrusted', false],
    ['day-too-old', false],
  ])('of a slice missing for "%s": counted as a refusal of Zoom: %s', (reason, isRefusal) => {
    const metrics = new RecordingMetrics();
    const missing = [{ slice: aSlice({ source: 'acme' }), reason, message: 'It failed.' }];

    recordRunMetrics(metrics, 'acme', STREAM_NAMES, { outcomes: [], partial: [], missing, cost: COST });

    expect(metrics.written[0]?.['acme']?.AuthFailures).toBe(isRefusal ? 1 : undefined);
  });
});
