import { it } from '@jest/globals';
import fc from 'fast-check';
import assert from 'node:assert/strict';
import { collectSlice } from '../../shared/collect/collect-slice.ts';
import { aCollector, aSlice, never } from '../support/builders/collector.ts';
import { linesUnder, multiset, sequencesUnder } from '../support/delivered.ts';
import { FailingStore, Killed } from '../support/doubles/failing-store.ts';
import { ListedReports } from '../support/doubles/listed-reports.ts';
import { anOperation } from '../support/builders/rows.ts';
import { aBucket, aBucketStore } from './aws.ts';
import { describeWithEmulator } from './describe-with-emulator.ts';

/** Few different rows, so that twins are common, also across page edges. */
const aRow = fc
  .record({ second: fc.integer({ min: 0, max: 9 }), name: fc.constantFrom('a', 'b', 'c') })
  .map(({ second, name }) => anOperation({ time: `2026-11-18T09:00:0${second}Z`, operation_detail: name }));

type Row = Record<string, unknown>;

const newestFirst = (a: Row, b: Row): number =>
  String(b['time']).localeCompare(String(a['time'])) ||
  String(a['operation_detail']).localeCompare(String(b['operation_detail']));

/** One of the collectors that race, and the effect on the bucket at which it is killed. */
const aRun = fc.record({
  killedAt: fc.option(fc.integer({ min: 1, max: 16 }), { nil: undefined }),
  tip: fc.boolean(),
});

/** Rows that Zoom has got meanwhile, then the collectors that all start at once. */
const aRound = fc.record({
  inserted: fc.array(aRow, { maxLength: 4 }),
  runs: fc.array(aRun, { minLength: 2, maxLength: 4 }),
});

describeWithEmulator('collectors that race over a bucket', (emulator) => {
  it('deliver each row once, whichever of them are killed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aRow, { maxLength: 12 }),
        fc.array(aRound, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 4 }),
        async (first, rounds, pageSize) => {
          const bucket = await aBucket(emulator());
          const reports = new ListedReports([...first].sort(newestFirst), pageSize);

          for (const { inserted, runs } of rounds) {
            reports.rows.push(...inserted);
            (reports.rows as Row[]).sort(newestFirst);
            await Promise.all(
              runs.map(async ({ killedAt, tip }) => {
                const store = await aBucketStore(emulator(), { bucket });
                let effects = 0;
                const fragile = new FailingStore(store, () => (effects += 1) === killedAt);
                await collectSlice(
                  aCollector(fragile, reports),
                  aSlice(),
                  tip ? 'tip' : 'whole',
                  never,
                ).catch((error: unknown) => {
                  if (!(error instanceof Killed)) throw error;
                });
              }),
            );
          }
          const store = await aBucketStore(emulator(), { bucket });
          for (let run = 0; run < 3; run += 1) {
            await collectSlice(aCollector(store, reports), aSlice(), 'whole', never);
          }

          assert.deepEqual(multiset(await linesUnder(store, 'raw/')), multiset(reports.rows));
          const flat = (await linesUnder(store, 'flat/')) as { event_id: string }[];
          const ocsf = (await linesUnder(store, 'ocsf/')) as { metadata: { uid: string } }[];
          for (const ids of [flat.map((event) => event.event_id), ocsf.map(({ metadata }) => metadata.uid)]) {
            assert.equal(ids.length, reports.rows.length);
            assert.equal(new Set(ids).size, ids.length);
          }
          for (const sequences of (await sequencesUnder(store, 'raw/')).values()) {
            assert.deepEqual(
              sequences,
              sequences.map((_, index) => index),
            );
          }
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);
});
