import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { collectSlice } from '../../../shared/collect/collect-slice.ts';
import { aCollector, aSlice, never } from '../../support/builders/collector.ts';
import { linesUnder, multiset, sequencesUnder } from '../../support/delivered.ts';
import { FailingStore, Killed } from '../../support/doubles/failing-store.ts';
import { ListedReports } from '../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { anOperation } from '../../support/builders/rows.ts';

/** Few different rows, so that twins are common, also across page edges. */
const aRow = fc
  .record({ second: fc.integer({ min: 0, max: 9 }), name: fc.constantFrom('a', 'b', 'c') })
  .map(({ second, name }) => anOperation({ time: `2026-11-18T09:00:0${second}Z`, operation_detail: name }));

const newestFirst = (a: Record<string, unknown>, b: Record<string, unknown>): number =>
  String(b['time']).localeCompare(String(a['time'])) ||
  String(a['operation_detail']).localeCompare(String(b['operation_detail']));

/** What happens while one collector lists the slice once. */
const aRun = fc.record({
  /** Rows that Zoom inserts, each after the page of that number. */
  inserts: fc.array(fc.record({ afterPage: fc.integer({ min: 0, max: 3 }), row: aRow }), { maxLength: 4 }),
  /** The effect on the store at which the collector is killed; none, if it is beyond them. */
  killedAt: fc.option(fc.integer({ min: 1, max: 16 }), { nil: undefined }),
  forgetsManifest: fc.boolean(),
  tip: fc.boolean(),
});

describe('collecting a slice with random faults', () => {
  it('delivers each row once: none twice at any time, none missing at the end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aRow, { maxLength: 12 }),
        fc.array(fc.array(aRun, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        async (first, rounds, pageSize) => {
          const store = new MemoryStore();
          const slice = aSlice();
          const reports = new ListedReports([...first].sort(newestFirst), pageSize);
          const insert = (row: Record<string, unknown>): void => {
            reports.rows.push(row);
            (reports.rows as Record<string, unknown>[]).sort(newestFirst);
          };

          for (const runs of rounds) {
            // Runs of one round race each other over the same list and the same store.
            await Promise.all(
              runs.map(async ({ inserts, killedAt, forgetsManifest, tip }) => {
                if (forgetsManifest)
                  store.remove('_state/slices/operation/source=quillmere/dt=2026-11-18/manifest');
                let effects = 0;
                const fragile = new FailingStore(store, () => (effects += 1) === killedAt);
                reports.afterPage = (page) =>
                  inserts.filter(({ afterPage }) => afterPage === page).forEach(({ row }) => insert(row));
                await collectSlice(aCollector(fragile, reports), slice, tip ? 'tip' : 'whole', never).catch(
                  (error: unknown) => {
                    if (!(error instanceof Killed)) throw error;
                  },
                );
              }),
            );
            assertNoneTwice(await linesUnder(store, 'raw/'), reports.rows);
          }

          reports.afterPage = () => undefined;
          for (let run = 0; run < 3; run += 1)
            await collectSlice(aCollector(store, reports), slice, 'whole', never);

          const truth = multiset(reports.rows);
          assert.deepEqual(multiset(await linesUnder(store, 'raw/')), truth);
          for (const format of ['flat', 'ocsf']) {
            const events = (await linesUnder(store, `${format}/`)) as Record<
              string,
              Record<string, string>
            >[];
            const ids = new Set(
              events.map((event) => (format === 'flat' ? event['event_id'] : event['metadata']?.['uid'])),
            );
            assert.equal(events.length, reports.rows.length);
            assert.equal(ids.size, events.length);
          }
          for (const kind of ['raw/', 'flat/', 'ocsf/']) {
            for (const sequences of (await sequencesUnder(store, kind)).values()) {
              assert.deepEqual(
                sequences,
                sequences.map((_, index) => index),
              );
            }
          }
        },
      ),
      { numRuns: 400 },
    );
  }, 180_000);
});

/** Nothing may be delivered that Zoom doesn't list, or more often than it does. */
const assertNoneTwice = (delivered: unknown[], listed: unknown[]): void => {
  const truth = multiset(listed);
  for (const [row, count] of multiset(delivered))
    assert.ok(count <= (truth.get(row) ?? 0), `delivered too often: ${row}`);
};
