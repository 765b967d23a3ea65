import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { collectSlice } from '../../../../shared/collect/collect-slice.ts';
import { verifyStore } from '../../../../shared/collect/verify/verify-store.ts';
import { COLLECTED, collectCompany } from '../../../support/fixtures/collected-company.ts';
import { aCollector, aSlice, never } from '../../../support/builders/collector.ts';
import { FailingStore, Killed } from '../../../support/doubles/failing-store.ts';
import { closeInChain } from '../../../support/builders/ledger-entries.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';
import { bytesOf } from '../../../support/tampering.ts';

const kindsFound = async (store: MemoryStore): Promise<Set<string>> => {
  const { differences } = await verifyStore(store, { signal: never });
  return new Set(differences.map(({ kind }) => kind));
};

describe('a change of any byte', () => {
  it('in any object in the ledger, or in an entry that another names: it is detected and reported by name', async () => {
    const store = await collectCompany();
    await closeInChain(store, COLLECTED);
    const keys = (await store.list(''))
      .map(({ key }) => key)
      .filter((key) => !key.startsWith('_state/') && !/^ledger.*dt=2026-11-18/.test(key));

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...keys),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (key, place, mask) => {
          const before = await bytesOf(store, key);
          const bytes = Buffer.from(before);
          const offset = place % bytes.length;
          bytes[offset] = (bytes[offset] ?? 0) ^ mask;
          await store.replace(key, bytes);

          const { differences } = await verifyStore(store, { signal: never });

          await store.replace(key, before);
          const vouching = key.startsWith('ledger/') ? /^ledger\// : key;
          expect(differences.some((found) => found.key.match(vouching) !== null)).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});

const aRow = fc
  .record({ second: fc.integer({ min: 0, max: 9 }), name: fc.constantFrom('a', 'b') })
  .map(({ second, name }) => anOperation({ time: `2026-11-18T09:00:0${second}Z`, operation_detail: name }));

const aRun = fc.record({
  rows: fc.array(aRow, { maxLength: 5 }),
  killedAt: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
});

describe('a store after random kills of collectors', () => {
  it('has no difference: projections may be missing after a kill, and nothing after the next run', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(aRun, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
        async (rounds) => {
          const store = new MemoryStore();
          const reports = new ListedReports([], 3);
          for (const runs of rounds) {
            await Promise.all(
              runs.map(async ({ rows, killedAt }) => {
                reports.rows.push(...rows);
                let effects = 0;
                const fragile = new FailingStore(store, () => (effects += 1) === killedAt);
                await collectSlice(aCollector(fragile, reports), aSlice(), 'whole', never).catch(
                  (error: unknown) => {
                    if (!(error instanceof Killed)) throw error;
                  },
                );
              }),
            );
            expect([[], ['missing-projection']]).toContainEqual([...(await kindsFound(store))]);
          }

          await collectSlice(aCollector(store, reports), aSlice(), 'whole', never);

          expect([...(await kindsFound(store))]).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
