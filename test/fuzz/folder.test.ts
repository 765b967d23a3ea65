import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFolderHealth, DEFAULT_EXPECTATIONS } from '../../cli/folder-health.ts';
import { statusToText } from '../../cli/status-to-text.ts';
import { WITHOUT_COLOR } from '../../cli/colorize.ts';
import { openLocalArchive } from '../../shared/app/open-store.ts';
import { type Archive, createArchive } from '../../shared/app/archive.ts';
import { ConfigurationError, CorruptObjectError, RateLimitedError } from '../../shared/errors.ts';
import { DailyBudget } from '../../shared/collect/state/daily-budget.ts';
import { writeLastRun } from '../../shared/collect/state/last-run.ts';
import { pollingSince } from '../../shared/collect/state/polling-since.ts';
import { writeSliceState } from '../../shared/collect/state/slice-state.ts';
import { readSliceStates } from '../../shared/collect/state/slice-states.ts';
import { streamWatermark, writeWatermark } from '../../shared/collect/ledger/watermark.ts';
import { collectSlice } from '../../shared/collect/collect-slice.ts';
import { collectCompany, COLLECTED } from '../support/fixtures/collected-company.ts';
import { aCollector, aSlice, day, never } from '../support/builders/collector.ts';
import { SettableClock } from '../support/doubles/settable-clock.ts';
import { damagedBytes, damagedText, damagedJson, FUZZ_TIMEOUT_MS, runs } from '../support/builders/damage.ts';
import { closeInChain } from '../support/builders/ledger-entries.ts';
import { linesUnder } from '../support/delivered.ts';
import { ListedReports } from '../support/doubles/listed-reports.ts';
import { MemoryStore } from '../support/doubles/memory-store.ts';
import { anOutcome } from '../support/builders/outcomes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const SOURCE = 'quillmere';

/** A store with every kind of object that a polled source writes. */
const aPolledCompany = async (): Promise<MemoryStore> => {
  const store = await collectCompany();
  await closeInChain(store, COLLECTED);
  await pollingSince(store, SOURCE, day('2026-11-16'));
  const report = { outcomes: [anOutcome({ slice: aSlice() })], partial: [], missing: [], deferred: [] };
  await writeLastRun(store, SOURCE, 'operation', 'poll', report, NOW);
  const states = await readSliceStates(store, SOURCE, 'operation');
  for (const [on, state] of states) await writeSliceState(store, aSlice({ day: on }), state, NOW);
  await writeWatermark(
    store,
    SOURCE,
    { operation: streamWatermark(states, day('2026-11-16'), undefined) },
    NOW,
  );
  await store.replace(
    `_state/budget/source=${SOURCE}.json`,
    Buffer.from(JSON.stringify({ day: '2026-11-20', used: 12, parkedUntil: '2026-11-20T18:00:00.000Z' })),
  );
  return store;
};

const OURS = [ConfigurationError, CorruptObjectError, RateLimitedError];

/** Succeeds, or fails with one of our errors and a readable message. */
const orInWords = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!OURS.some((ours) => error instanceof ours)) throw error;
    expect((error as Error).message).toMatch(/\w{3,} .*\./s);
  }
};

const eventsOf = async (archive: Archive): Promise<void> => {
  for await (const { parsedRow } of archive.events({})) expect(parsedRow.time.ms).not.toBeNaN();
};

/** Every operation that reads a store. */
const inspectFolder = async (store: MemoryStore): Promise<void> => {
  const archive = createArchive(store);
  await orInWords(async () => {
    const health = await readFolderHealth(archive, 'demo', DEFAULT_EXPECTATIONS, NOW);
    expect(statusToText(health, NOW, WITHOUT_COLOR)).toBeTruthy();
    JSON.stringify(health);
  });
  await orInWords(() => eventsOf(archive));
  await orInWords(() =>
    DailyBudget.open({
      store,
      source: SOURCE,
      perDay: 100,
      clock: { now: () => NOW },
      quota: () => undefined,
    }),
  );
};

let good: MemoryStore;
let entries: [key: string, bytes: Buffer][];
beforeAll(async () => {
  good = await aPolledCompany();
  entries = await Promise.all(
    (await good.list('')).map(async ({ key }): Promise<[string, Buffer]> => [
      key,
      (await good.read(key)) ?? Buffer.alloc(0),
    ]),
  );
});

const copyOf = async (): Promise<MemoryStore> => {
  const store = new MemoryStore();
  for (const [key, bytes] of entries) await store.replace(key, bytes);
  return store;
};

/** One object of the store with other bytes. JSON is also damaged as JSON. */
const aDamagedObject = (): fc.Arbitrary<[key: string, bytes: Buffer]> =>
  fc.constantFrom(...entries).chain(([key, bytes]) => {
    const asBytes = damagedBytes(bytes);
    if (key.endsWith('.gz') || key.endsWith('/manifest')) return fc.tuple(fc.constant(key), asBytes);
    const [first = ''] = bytes.toString('utf8').split('\n{');
    const asValue = damagedJson(JSON.parse(first)).map((text) => Buffer.from(text));
    return fc.tuple(fc.constant(key), fc.oneof({ arbitrary: asValue, weight: 3 }, asBytes));
  });

describe('any content of a stored object', () => {
  it(
    'lets status, reading and the budget do their work, or fail in words',
    async () => {
      await fc.assert(
        fc.asyncProperty(aDamagedObject(), async ([key, bytes]) => {
          const store = await copyOf();
          await store.replace(key, bytes);

          await inspectFolder(store);
        }),
        runs(80),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'lets verify name every difference, and never fail',
    async () => {
      await fc.assert(
        fc.asyncProperty(aDamagedObject(), async ([key, bytes]) => {
          const store = await copyOf();
          await store.replace(key, bytes);

          const { differences } = await createArchive(store).verify({ signal: never });

          for (const { key: named, message } of differences) {
            expect(named).not.toBe('');
            expect(message).toMatch(/\w/);
          }
        }),
        runs(30),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'costs no row and repeats none, if it is a cache: the next listing finds all delivered',
    async () => {
      const slice = aSlice();
      const rows = await linesUnder(good, `raw/operation/source=${SOURCE}/dt=${slice.day}/`);
      const aDamagedCache = aDamagedObject().filter(([key]) => key.startsWith('_state/s'));
      await fc.assert(
        fc.asyncProperty(aDamagedCache, async ([key, bytes]) => {
          const store = await copyOf();
          await store.replace(key, bytes);

          await orInWords(async () => {
            const { delivered, read } = await collectSlice(
              aCollector(store, new ListedReports(rows, 300)),
              slice,
              'whole',
              never,
            );
            expect({ delivered, read }).toEqual({ delivered: 0, read: rows.length });
          });
        }),
        runs(40),
      );
    },
    FUZZ_TIMEOUT_MS,
  );

  it(
    'may have any name',
    async () => {
      const [, bytes] = entries.find(([key]) => key.startsWith('raw/')) ?? ['', Buffer.alloc(0)];
      const aName = fc.constantFrom(...entries.map(([key]) => key)).chain((key) => damagedText(key));
      await fc.assert(
        fc.asyncProperty(aName, async (key) => {
          const store = await copyOf();
          await store.replace(key, bytes);

          await inspectFolder(store);
          await createArchive(store).verify({ signal: never });
        }),
        runs(50),
      );
    },
    FUZZ_TIMEOUT_MS,
  );
});

describe('a folder with any content', () => {
  const context = { clock: new SettableClock(), random: () => 0.5 };
  /** A file where a folder is expected, or vice versa, or an unrelated file. */
  const aPath = fc
    .constantFrom(
      'raw/operation',
      'raw',
      '_state/sources',
      `_state/sources/${SOURCE}.json`,
      'watermark',
      'ledger',
    )
    .chain((path) =>
      fc.tuple(
        fc.constant(path),
        fc.constantFrom('', '/x', `/source=${SOURCE}`, `/source=${SOURCE}/dt=2026-11-18`, '/source=../dt=9'),
      ),
    )
    .map((parts) => parts.join(''));

  it(
    'is looked at, or refused in words',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          aPath,
          fc.boolean(),
          fc.uint8Array({ maxLength: 40 }),
          async (path, isFolder, bytes) => {
            const out = temporaryFolder();
            mkdirSync(join(out, '_state/sources'), { recursive: true });
            const pinned = join(out, `_state/sources/${SOURCE}.json`);
            if (!path.startsWith('_state')) writeFileSync(pinned, JSON.stringify({ accountId: 'a' }));
            mkdirSync(dirname(join(out, path)), { recursive: true });
            if (isFolder) mkdirSync(join(out, path), { recursive: true });
            else if (path !== '_state/sources') writeFileSync(join(out, path), bytes);

            await orInWords(async () => {
              const archive = await openLocalArchive(out, context);
              await orInWords(() => readFolderHealth(archive, out, DEFAULT_EXPECTATIONS, NOW));
              await orInWords(() => eventsOf(archive));
              await orInWords(() => archive.verify({ signal: never }));
            });
          },
        ),
        runs(40),
      );
    },
    FUZZ_TIMEOUT_MS,
  );
});
