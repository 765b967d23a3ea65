import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { collectSlice, type ListingKind, type SliceOutcome } from '../../../shared/collect/collect-slice.ts';
import { objectKey, slicePrefix, sliceStateKey } from '../../../shared/contract/object-keys.ts';
import type { Page, Reports } from '../../../shared/collect/ports.ts';
import { readSliceState } from '../../../shared/collect/state/slice-state.ts';
import { BudgetSpentError, CorruptObjectError, UpstreamError } from '../../../shared/errors.ts';
import { toListedRow } from '../../../shared/model/listed-row.ts';
import { aCollector, aSlice, never } from '../../support/builders/collector.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';
import { linesUnder, multiset, sequencesUnder } from '../../support/delivered.ts';
import { ListedReports } from '../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { RecordingStore } from '../../support/doubles/recording-store.ts';
import { anOutcome } from '../../support/builders/outcomes.ts';
import { anOperation, aSignIn } from '../../support/builders/rows.ts';

const slice = aSlice();
const rows = (...names: string[]) => names.map((name) => anOperation({ operation_detail: name }));

/** A manifest in the format of another release, with a valid seal. */
const sealed = (body: string): Buffer => Buffer.from(`${hash('sha256', body, 'hex')}\n${body}`);

/** Rows of consecutive seconds, newest first. */
const manyRows = (count: number) =>
  Array.from({ length: count }, (_, back) =>
    anOperation({
      time: new Date(Date.UTC(2026, 10, 18, 20) - back * 1000).toISOString().replace('.000', ''),
    }),
  );

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The counts of a list that aren't 0, by their place. */
const countsIn = (counts: readonly number[] = []): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));

const keysOf = async (store: MemoryStore): Promise<string[]> =>
  (await store.list('')).map(({ key }) => key).filter((key) => !key.startsWith('_state/'));

describe('collecting a slice', () => {
  it('commits the rows as they came, and writes a projection of the same name in each format', async () => {
    const store = new MemoryStore();
    const listed = rows('Edit Group A  - X: from On to Off', 'Activate User a@example.com ');

    const outcome = await collectSlice(
      aCollector(store, new ListedReports(listed, 300)),
      slice,
      'whole',
      never,
    );

    expect(await keysOf(store)).toEqual([
      'flat/operation/source=quillmere/dt=2026-11-18/operation_2026-11-18_000000.json.gz',
      'ocsf/operation/source=quillmere/dt=2026-11-18/operation_2026-11-18_000000.json.gz',
      'raw/operation/source=quillmere/dt=2026-11-18/operation_2026-11-18_000000.json.gz',
    ]);
    expect(multiset(await linesUnder(store, 'raw/'))).toEqual(multiset(listed));
    expect(outcome).toMatchObject({
      complete: true,
      read: 2,
      delivered: 2,
      duplicate: 0,
      held: 0,
      objects: 3,
    });
  });

  it('that the budget stops delivers what it read, and keeps the state of the last whole listing', async () => {
    const store = new MemoryStore();
    const twins = rows('a', 'a', 'b', 'b');
    const reports = new ListedReports([twins[0], twins[2], twins[1], twins[3]], 2);
    const collector = aCollector(store, reports);
    const before = await collectSlice(collector, slice, 'whole', never);
    reports.rows.unshift(...rows('c'));
    let left = 1;
    const spend = () => {
      left -= 1;
      return left < 0 ? Promise.reject(new BudgetSpentError('No more.')) : Promise.resolve();
    };

    const outcome = await collectSlice(collector, slice, 'whole', never, spend);

    expect(before).toMatchObject({ complete: true, cutShort: false, held: 2 });
    expect(outcome).toMatchObject({ complete: false, cutShort: true, read: 2, delivered: 1 });
    const state = await readSliceState(store, slice);
    expect(state).toMatchObject({ rows: 3, held: 2, lastWhole: { rows: 4 } });
    await expect(collectSlice(collector, slice, 'whole', never, spend)).rejects.toThrow(BudgetSpentError);
  });

  it('that the budget stops at its first time has the copies that it read as unconfirmed', async () => {
    const store = new MemoryStore();
    const twins = rows('a', 'a', 'b');
    const collector = aCollector(store, new ListedReports([twins[0], twins[2], twins[1]], 1));
    let left = 3;
    const spend = () => {
      left -= 1;
      return left < 1 ? Promise.reject(new BudgetSpentError('No more.')) : Promise.resolve();
    };

    const outcome = await collectSlice(collector, slice, 'whole', never, spend);

    expect(outcome).toMatchObject({ complete: false, cutShort: true, read: 2, delivered: 2, held: 0 });
    expect(await readSliceState(store, slice)).toMatchObject({ rows: 2, held: 0, vanished: 0 });
  });

  it('lists the log once, and keeps the digest and the formats of the first page', async () => {
    const store = new RecordingStore();

    await collectSlice(aCollector(store, new ListedReports(rows('a'), 300)), slice, 'whole', never);

    expect(store.lists.filter((prefix) => prefix === slicePrefix('raw', slice))).toHaveLength(1);
    expect((await readSliceState(store, slice))?.firstPage).toEqual({
      order: expect.stringMatching(/^.+$/),
      formats: ['flat', 'ocsf'],
    });
  });

  it('writes nothing when nothing is new', async () => {
    const store = new MemoryStore();
    const collector = aCollector(store, new ListedReports(rows('a', 'b'), 300));
    await collectSlice(collector, slice, 'whole', never);
    const before = await store.list('raw/');

    const outcome = await collectSlice(collector, slice, 'whole', never);

    expect(outcome).toMatchObject({ read: 2, delivered: 0, duplicate: 2, objects: 0 });
    expect(await store.list('raw/')).toEqual(before);
  });

  it('writes no object for a day without rows', async () => {
    const store = new MemoryStore();

    await collectSlice(aCollector(store, new ListedReports([], 300)), slice, 'whole', never);

    expect(await keysOf(store)).toEqual([]);
  });

  it('delivers late rows, further twins, and rows in seconds already seen, each once', async () => {
    const store = new MemoryStore();
    const reports = new ListedReports(rows('a', 'b'), 300);
    const collector = aCollector(store, reports);
    await collectSlice(collector, slice, 'whole', never);

    reports.rows.push(...rows('same second'), anOperation({ time: '2026-11-18T00:00:01Z' }));
    reports.rows.unshift(...rows('a'));
    reports.rows.reverse();
    const outcome = await collectSlice(collector, slice, 'whole', never);

    expect(outcome).toMatchObject({ delivered: 3, duplicate: 2 });
    expect(multiset(await linesUnder(store, 'raw/'))).toEqual(multiset(reports.rows));
    const ids = (await linesUnder(store, 'flat/')).map((event) => (event as { event_id: string }).event_id);
    expect(new Set(ids).size).toBe(5);
  });

  it('stops a tip listing at the first page that the log has, and reads a whole one to its end', async () => {
    const store = new MemoryStore();
    const reports = new ListedReports(manyRows(1000), 300);
    const collector = aCollector(store, reports);
    await collectSlice(collector, slice, 'whole', never);
    reports.rows.push(...rows('late, far down'));

    const tip = await collectSlice(collector, slice, 'tip', never);
    const whole = await collectSlice(collector, slice, 'whole', never);

    expect(tip).toMatchObject({ complete: false, read: 300, delivered: 0 });
    expect(whole).toMatchObject({ complete: true, read: 1001, delivered: 1 });
  });

  it('asks for no further page in a tip listing if the first one is known', async () => {
    const store = new MemoryStore();
    const reports = new ListedReports(manyRows(1000), 300);
    const collector = aCollector(store, reports);
    await collectSlice(collector, slice, 'whole', never);
    let requests = 0;

    await collectSlice(collector, slice, 'tip', never, () => {
      requests += 1;
      return Promise.resolve();
    });

    expect(requests).toBe(1);
  });

  it('does not count a row that moved over a page edge as a second event', async () => {
    const store = new MemoryStore();
    const listed = manyRows(6);
    const reports = new ListedReports(listed, 3);
    reports.afterPage = (index) => {
      if (index === 0) reports.rows.unshift(anOperation({ time: '2026-11-18T21:00:00Z' }));
    };
    const collector = aCollector(store, reports);

    const outcome = await collectSlice(collector, slice, 'whole', never);

    expect(outcome).toMatchObject({ delivered: 6, held: 1 });
    expect(multiset(await linesUnder(store, 'raw/'))).toEqual(multiset(listed));
  });

  it('delivers twins across a page edge once two whole listings agree row for row', async () => {
    const store = new MemoryStore();
    const listed = [...rows('a', 'twin'), ...rows('twin', 'b')];
    const collector = aCollector(store, new ListedReports(listed, 2));

    const first = await collectSlice(collector, slice, 'whole', never);
    const second = await collectSlice(collector, slice, 'whole', never);

    expect(first).toMatchObject({ delivered: 3, held: 1 });
    expect(second).toMatchObject({ delivered: 1, held: 0 });
    expect(multiset(await linesUnder(store, 'raw/'))).toEqual(multiset(listed));
  });

  it('does not accept two listings that ran at the same time as witnesses for each other', async () => {
    const store = new MemoryStore();
    const listed = manyRows(6);
    // Both read the first page, then a row is inserted, then both read on: they agree on a copy that does not exist.
    const inserted = anOperation({ time: '2026-11-18T21:00:00Z' });
    const paused = (until: Promise<unknown>): Reports => ({
      async *pages(): AsyncGenerator<Page> {
        yield { index: 0, rows: listed.slice(0, 3).map(toListedRow), last: false };
        await until;
        yield { index: 1, rows: [inserted, ...listed].slice(3, 6).map(toListedRow), last: false };
        yield { index: 2, rows: [inserted, ...listed].slice(6).map(toListedRow), last: true };
      },
    });
    const first = collectSlice(aCollector(store, paused(Promise.resolve())), slice, 'whole', never);
    const second = collectSlice(aCollector(store, paused(first)), slice, 'whole', never);

    await Promise.all([first, second]);

    expect(multiset(await linesUnder(store, 'raw/'))).toEqual(multiset(listed));
  });

  it('keeps the rows of a listing that broke off, but not as proof of copies', async () => {
    const store = new MemoryStore();
    const broken: Reports = {
      async *pages(): AsyncGenerator<Page> {
        yield { index: 0, rows: rows('a', 'b').map(toListedRow), last: false };
        await Promise.resolve();
        yield { index: 1, rows: rows('b', 'c').map(toListedRow), last: false };
        throw new UpstreamError('Zoom is gone.');
      },
    };

    const collecting = collectSlice(aCollector(store, broken), slice, 'whole', never);

    await expect(collecting).rejects.toThrow('Zoom is gone.');
    expect(multiset(await linesUnder(store, 'raw/'))).toEqual(multiset(rows('a', 'b', 'c')));
    expect(await linesUnder(store, 'flat/')).toHaveLength(3);
  });

  describe('that breaks off', () => {
    /** Pages with some rows, and then a failure. */
    const broken = (...pages: readonly (readonly string[])[]): Reports => ({
      async *pages(): AsyncGenerator<Page> {
        for (const [index, names] of pages.entries()) {
          await Promise.resolve();
          yield { index, rows: rows(...names).map(toListedRow), last: false };
        }
        throw new UpstreamError('Zoom is gone.');
      },
    });
    const brokenOff = async (store: MemoryStore, reports: Reports): Promise<SliceOutcome[]> => {
      const parts: SliceOutcome[] = [];
      const keep = (part: SliceOutcome): void => void parts.push(part);
      const collecting = collectSlice(aCollector(store, reports), slice, 'whole', never, undefined, keep);
      await expect(collecting).rejects.toThrow();
      return parts;
    };

    it('reports what it delivered, and the copies that it could not prove', async () => {
      const parts = await brokenOff(new MemoryStore(), broken(['a', 'b'], ['b', 'c']));

      expect(parts).toMatchObject([
        { complete: false, read: 4, delivered: 3, held: 1, duplicate: 0, objects: 3, vanished: 0 },
      ]);
    });

    it('reports the rows that were in the log already', async () => {
      const store = new MemoryStore();
      await collectSlice(aCollector(store, new ListedReports(rows('a', 'b'), 300)), slice, 'whole', never);

      const parts = await brokenOff(store, broken(['a', 'b']));

      expect(parts).toMatchObject([{ complete: false, read: 2, delivered: 0, duplicate: 2, objects: 0 }]);
    });

    it('reports the objects that it repaired, without any row', async () => {
      const store = new MemoryStore();
      await collectSlice(aCollector(store, new ListedReports(rows('a'), 300)), slice, 'whole', never);
      store.remove(objectKey('flat', slice, 0));

      const parts = await brokenOff(store, broken());

      expect(parts).toMatchObject([{ complete: false, read: 0, delivered: 0, duplicate: 0, objects: 1 }]);
    });

    it('reports nothing if it did nothing', async () => {
      expect(await brokenOff(new MemoryStore(), broken())).toEqual([]);
    });

    it('is not complete if its state could not be stored, although all rows were read', async () => {
      class FullStore extends MemoryStore {
        override replace(key: string, body: Uint8Array): Promise<void> {
          if (key === sliceStateKey(slice)) return Promise.reject(new Error('The disk is full.'));
          return super.replace(key, body);
        }
      }

      const parts = await brokenOff(new FullStore(), new ListedReports(rows('a'), 300));

      expect(parts).toMatchObject([{ complete: false, read: 1, delivered: 1 }]);
    });
  });

  it('splits what it commits into objects of at most 10,000 rows', async () => {
    const store = new MemoryStore();

    await collectSlice(aCollector(store, new ListedReports(manyRows(20_001), 300)), slice, 'whole', never);

    expect([...(await sequencesUnder(store, 'raw/')).values()]).toEqual([[0, 1, 2]]);
    expect(await linesUnder(store, 'ocsf/')).toHaveLength(20_001);
  });

  it('keeps invalid rows verbatim in rejected/ and counts them', async () => {
    const store = new MemoryStore();
    const listed = [null, 'text', 7, ['x'], { operator: 'no time' }, { time: 'yesterday' }, anOperation()];

    const outcome = await collectSlice(
      aCollector(store, new ListedReports(listed, 300)),
      slice,
      'whole',
      never,
    );
    const again = await collectSlice(
      aCollector(store, new ListedReports(listed, 300)),
      slice,
      'whole',
      never,
    );

    expect(outcome).toMatchObject({ read: 7, delivered: 1, duplicate: 0, rejected: 6 });
    expect(multiset(await linesUnder(store, 'rejected/'))).toEqual(multiset(listed.slice(0, 6)));
    expect(await linesUnder(store, 'flat/')).toHaveLength(1);
    expect(again).toMatchObject({ delivered: 0, rejected: 0, duplicate: 7, objects: 0 });
  });

  it('counts rows that Zoom lists under another day than their own, and leaves them there', async () => {
    const store = new MemoryStore();
    const listed = [anOperation({ time: '2026-11-17T23:59:59Z' })];

    const outcome = await collectSlice(
      aCollector(store, new ListedReports(listed, 300)),
      slice,
      'whole',
      never,
    );

    expect(outcome).toMatchObject({ delivered: 1, dayMismatch: 1 });
    expect(await keysOf(store)).toContain(objectKey('flat', slice, 0));
  });

  it('keeps a row that Zoom no longer lists, and counts it', async () => {
    const store = new MemoryStore();
    const reports = new ListedReports(rows('a', 'b'), 300);
    const collector = aCollector(store, reports);
    await collectSlice(collector, slice, 'whole', never);
    reports.rows.pop();

    const outcomes = [
      await collectSlice(collector, slice, 'whole', never),
      await collectSlice(collector, slice, 'whole', never),
    ];
    reports.rows.push(...rows('b'));
    outcomes.push(await collectSlice(collector, slice, 'whole', never));

    expect(outcomes).toMatchObject([
      { delivered: 0, vanished: 1, newlyVanished: 1 },
      { delivered: 0, vanished: 1, newlyVanished: 0 },
      { delivered: 0, vanished: 0, newlyVanished: 0 },
    ]);
    expect(await linesUnder(store, 'raw/')).toHaveLength(2);
  });

  it('stores the results of its listings, and measures how late rows came after the first listing', async () => {
    const store = new MemoryStore();
    const clock = new SettableClock();
    const reports = new ListedReports(
      [
        anOperation({ operation_detail: 'Add User a@example.com ', time: '2026-11-18T11:59:00Z' }),
        anOperation({ time: '2026-11-17T23:00:00Z' }),
        ...rows('twin', 'twin', 'gone'),
        'no row',
      ],
      3,
    );
    const collector = aCollector(store, reports, { clock });
    const listed = async (listing: ListingKind) => {
      const { lagsMs } = await collectSlice(collector, slice, listing, never);
      const state = await readSliceState(store, slice);
      return { ...state, lateness: countsIn(state?.lateness), byHour: countsIn(state?.byHour), lagsMs };
    };

    const first = await listed('whole');
    reports.rows.splice(
      1,
      1,
      anOperation({ time: '2026-11-18T11:30:00Z' }),
      anOperation({ time: '2026-11-17T23:30:00Z' }),
    );
    reports.rows.splice(5, 1);
    clock.time = new Date('2026-11-18T12:40:00Z');
    const second = await listed('whole');
    reports.rows.unshift(anOperation({ time: '2026-11-18T12:39:30Z' }));
    const third = await listed('tip');

    const openedAt = '2026-11-18T12:00:00.400Z';
    const lastWhole = { beganAt: '2026-11-18T12:40:00.000Z', endedAt: '2026-11-18T12:40:00.000Z', pages: 2 };
    expect(first).toMatchObject({
      ...{ openedAt, objects: 1, rows: 5, rejected: 1, dayMismatch: 1, held: 1, vanished: 0, pagesRead: 2 },
      newest: '2026-11-18T11:59:00.000Z',
      details: { full: 2, none: 2 },
      byHour: { 9: 2, 11: 1 },
      lateness: {},
      lagsMs: [],
      lastWhole: { beganAt: openedAt, endedAt: openedAt, pages: 2, rows: 6 },
    });
    expect(second).toMatchObject({
      ...{ openedAt, objects: 2, rows: 8, rejected: 1, dayMismatch: 2, held: 0, vanished: 2, pagesRead: 4 },
      newest: '2026-11-18T11:59:00.000Z',
      details: { full: 4, none: 3 },
      byHour: { 9: 3, 11: 2 },
      lateness: { 5: 1, 6: 1, 9: 1 },
      lagsMs: [13 * HOUR + 10 * MINUTE, 3 * HOUR + 40 * MINUTE, 70 * MINUTE],
      lastWhole,
    });
    expect(third).toMatchObject({
      ...{ openedAt, objects: 3, rows: 9, rejected: 1, dayMismatch: 2, held: 0, vanished: 2, pagesRead: 6 },
      newest: '2026-11-18T12:39:30.000Z',
      details: { full: 5, none: 3 },
      byHour: { 9: 3, 11: 2, 12: 1 },
      lateness: { 0: 1, 5: 1, 6: 1, 9: 1 },
      lagsMs: [MINUTE / 2],
      lastWhole,
    });
  });

  it('continues after a page without rows', async () => {
    const emptyFirst: Reports = {
      async *pages(): AsyncGenerator<Page> {
        yield { index: 0, rows: [], last: false };
        await Promise.resolve();
        yield { index: 1, rows: rows('a').map(toListedRow), last: true };
      },
    };

    const tip = await collectSlice(aCollector(new MemoryStore(), emptyFirst), slice, 'tip', never);

    expect(tip).toMatchObject({ complete: true, delivered: 1 });
  });

  it.each(['tip', 'whole'] as const)('has not read to the end, as a %s, without a page', async (listing) => {
    const store = new MemoryStore();
    await collectSlice(aCollector(store, new ListedReports(rows('a', 'b'), 1)), slice, 'whole', never);
    const before = await readSliceState(store, slice);
    const none: Reports = { pages: () => Readable.from([]) };

    expect(await collectSlice(aCollector(store, none), slice, listing, never)).toEqual(
      anOutcome({ slice, listing }),
    );
    expect(await readSliceState(store, slice)).toEqual({ ...before, firstPage: undefined });
  });

  it('stores the result of a tip listing after objects were moved away, even if it is unchanged', async () => {
    const store = new MemoryStore();
    const reports = new ListedReports(rows('a', 'b', 'c'), 1);
    const collector = aCollector(store, reports);
    await collectSlice(collector, slice, 'whole', never);
    const { length } = await store.list('');
    for (const { key } of await store.list('')) if (!key.startsWith('_state/')) store.remove(key);

    expect(await collectSlice(collector, slice, 'tip', never)).toMatchObject({ delivered: 3 });
    expect(await store.list('')).toHaveLength(length);
    expect(await readSliceState(store, slice)).toMatchObject({ pagesRead: 6 });
  });

  it('names each category and field that this release does not know once', async () => {
    const listed = [
      anOperation({ category_type: 'AI Companion' }),
      anOperation({ category_type: 'ai companion', office: 'Bern' }),
      anOperation({ category_type: 'Zoom Rooms', office: 'Basel', floor: null }),
      anOperation({ category_type: 'SSO Response Mapping' }),
      anOperation({ category_type: '' }),
      'no row',
    ];
    const collector = aCollector(new MemoryStore(), new ListedReports(listed, 2));

    const outcome = await collectSlice(collector, slice, 'whole', never);
    const again = await collectSlice(collector, slice, 'whole', never);

    for (const { unknownCategories, unknownFields } of [outcome, again]) {
      expect(unknownCategories).toEqual(['AI Companion']);
      expect(unknownFields).toEqual(['office', 'floor']);
    }
  });

  it('names at most twenty of them, truncated and readable', async () => {
    const listed = Array.from({ length: 30 }, (_, index) =>
      anOperation({ category_type: `${index}\u001b[2J\u202e${'x'.repeat(200)}`, [`field${index}`]: 1 }),
    );

    const outcome = await collectSlice(
      aCollector(new MemoryStore(), new ListedReports(listed, 300)),
      slice,
      'whole',
      never,
    );

    expect(outcome.unknownFields).toHaveLength(20);
    expect(outcome.unknownCategories).toHaveLength(20);
    for (const name of outcome.unknownCategories) expect(name).toMatch(/^\d+·\[2J·x{90,}$/);
    for (const name of outcome.unknownCategories) expect(name).toHaveLength(100);
  });

  it('uses the time of the commit, in whole seconds, as the ingest time of every projection', async () => {
    const store = new MemoryStore();
    const clock = new SettableClock();
    const reports = new ListedReports(rows('a'), 300);
    await collectSlice(aCollector(store, reports, { clock }), slice, 'whole', never);
    store.remove(objectKey('flat', slice, 0));

    clock.time = new Date('2026-11-19T08:00:00Z');
    await collectSlice(aCollector(store, reports, { clock }), slice, 'whole', never);

    expect(await linesUnder(store, 'flat/')).toMatchObject([{ ingest_time: '2026-11-18T12:00:00.000Z' }]);
  });

  it('writes a format that was enabled later from the log, with the same bytes as if it had been enabled before', async () => {
    const [late, early] = [new MemoryStore(), new MemoryStore()];
    const reports = new ListedReports(rows('a', 'a', 'b'), 300);
    const clock = new SettableClock();
    const mapping = { ocsfVersion: '1.8.0', accountId: 'Sim-Account-000000000001' } as const;
    await collectSlice(aCollector(early, reports, { clock }), slice, 'whole', never);

    await collectSlice(
      aCollector(late, reports, { clock, mapping: { ...mapping, formats: ['flat'] } }),
      slice,
      'whole',
      never,
    );
    await collectSlice(
      aCollector(late, reports, { clock, mapping: { ...mapping, formats: ['ocsf'] } }),
      slice,
      'whole',
      never,
    );

    for (const kind of ['raw', 'flat', 'ocsf'] as const) {
      const key = objectKey(kind, slice, 0);
      expect(await late.read(key)).toEqual(await early.read(key));
    }
  });

  it('writes lines that end in LF, and none of the characters at which some readers break lines', async () => {
    const store = new MemoryStore();
    const listed = rows('Edit Group a\u2028b\u2029c\u0085d\re\nf  - X: from On to Off');

    await collectSlice(aCollector(store, new ListedReports(listed, 300)), slice, 'whole', never);

    for (const { key } of (await store.list('')).filter(({ key: name }) => name.endsWith('.gz'))) {
      const text = gunzipSync((await store.read(key)) ?? Buffer.alloc(0)).toString('utf8');
      expect(text.split('\n')).toHaveLength(2);
      expect(text.endsWith('\n')).toBe(true);
      expect(text).not.toMatch(/[\u0085\u2028\u2029\r]/);
      expect(key).toMatch(/^[A-Za-z0-9._/=-]+$/);
    }
  });

  it('reports a damaged raw object by its name, and writes nothing', async () => {
    const store = new MemoryStore();
    const collector = aCollector(store, new ListedReports(rows('a'), 300));
    await collectSlice(collector, slice, 'whole', never);
    const key = objectKey('raw', slice, 0);
    const body = Buffer.from((await store.read(key)) ?? []);
    body[20] = (body[20] ?? 0) ^ 0xff;
    await store.replace(key, body);

    const collecting = collectSlice(
      aCollector(store, new ListedReports(rows('a', 'b'), 300)),
      slice,
      'whole',
      never,
    );

    await expect(collecting).rejects.toThrow(CorruptObjectError);
    await expect(collecting).rejects.toThrow(key);
    expect(await store.read(key)).toEqual(body);
    expect(await keysOf(store)).toHaveLength(3);
  });

  it('reports a raw object that is missing from the sequence', async () => {
    const store = new MemoryStore();
    const reports = new ListedReports(rows('a'), 300);
    await collectSlice(aCollector(store, reports), slice, 'whole', never);
    reports.rows.push(...rows('b'));
    await collectSlice(aCollector(store, reports), slice, 'whole', never);

    store.remove(objectKey('raw', slice, 0));

    await expect(collectSlice(aCollector(store, reports), slice, 'whole', never)).rejects.toThrow(
      /operation_2026-11-18_000000\.json\.gz is damaged: it is missing/,
    );
  });

  it.each([
    ['removed', undefined],
    ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    [
      'changed by one bit',
      (bytes: Buffer) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
        return changed;
      },
    ],
    ['replaced by something else', () => Buffer.from('{}')],
    ['of another form, whose seal is right', () => sealed('{"rows":[]}\n')],
    ['no JSON, though its seal is right', () => sealed('rows')],
  ])('does not need its manifest: if it is %s, it is written again', async (_, damage) => {
    const store = new MemoryStore();
    const reports = new ListedReports(rows('a', 'a', 'b'), 300);
    await collectSlice(aCollector(store, reports), slice, 'whole', never);
    const key = '_state/slices/operation/source=quillmere/dt=2026-11-18/manifest';
    const manifest = await store.read(key);
    expect(manifest).toBeDefined();
    store.remove(key);
    if (damage) await store.replace(key, damage(manifest ?? Buffer.alloc(0)));
    reports.rows.push(...rows('c'));

    const outcome = await collectSlice(aCollector(store, reports), slice, 'whole', never);

    expect(outcome).toMatchObject({ delivered: 1, duplicate: 3 });
    expect(multiset(await linesUnder(store, 'raw/'))).toEqual(multiset(reports.rows));
  });

  it('collects sign-ins by the same rules', async () => {
    const store = new MemoryStore();
    const listed = [aSignIn(), aSignIn({ type: 'Sign out' })];
    const activity = aSlice({ stream: 'activity' });

    await collectSlice(aCollector(store, new ListedReports(listed, 300)), activity, 'whole', never);

    expect(multiset(await linesUnder(store, 'raw/activity/'))).toEqual(multiset(listed));
  });
});
