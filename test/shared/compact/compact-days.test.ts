import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { collectSlice } from '../../../shared/collect/collect-slice.ts';
import { publishEntry } from '../../../shared/collect/ledger/ledger.ts';
import type { ObjectStore } from '../../../shared/collect/ports.ts';
import { compactDays, type CompactReport } from '../../../shared/compact/compact-days.ts';
import { MAX_EVENTS } from '../../../shared/compact/compact-slice.ts';
import { CURATED_TABLES, REVISION } from '../../../shared/compact/curated-tables.ts';
import { FolderStore } from '../../../shared/local/folder-store.ts';
import { labelOf, type Slice } from '../../../shared/model/slice.ts';
import { STREAM_NAMES } from '../../../shared/model/stream.ts';
import type { Columns, ColumnType } from '../../../shared/normalize/tables.ts';
import { closedCompany, QUIET_DAY, UNDOCUMENTED } from '../../support/fixtures/closed-company.ts';
import { aCollector, aSlice, day, never } from '../../support/builders/collector.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';
import { linesUnder } from '../../support/delivered.ts';
import { type Prompt, aDuckdb } from '../../support/duckdb.ts';
import { aLedgerEntry } from '../../support/builders/ledger-entries.ts';
import { ListedReports } from '../../support/doubles/listed-reports.ts';
import { anOperation } from '../../support/builders/rows.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SOURCES = ['quillmere'];
const SLICE = aSlice({ day: day('2026-11-17') });

let delivered: string;
let duckdb: Prompt;
let slices: Slice[];
beforeAll(async () => {
  delivered = temporaryFolder();
  slices = await closedCompany(await FolderStore.open(delivered, new Date('2026-11-20T12:00:00Z')), 500);
  duckdb = await aDuckdb();
});

/** A copy of the delivered objects that a test may change. */
const aCopy = async (): Promise<{ folder: string; store: ObjectStore }> => {
  const folder = join(temporaryFolder(), 'out');
  cpSync(delivered, folder, { recursive: true });
  return { folder, store: await FolderStore.openExisting(folder) };
};

const compact = (store: ObjectStore, signal = never): Promise<CompactReport> =>
  compactDays(store, { sources: SOURCES, signal });

const writtenIn = ({ slices: all }: CompactReport): string[] =>
  all.flatMap((one) => (one.kind === 'written' ? [one.key] : [])).sort();

const leftIn = ({ slices: all }: CompactReport): string[] =>
  all.flatMap((one) => (one.kind === 'left' ? [`${labelOf(one.slice)}: ${one.reason}`] : []));

/** An event as a row of a table: what it lacks is null, and a text column has any other value as JSON. */
const asRow = (event: Readonly<Record<string, unknown>>, columns: Columns): Record<string, unknown> =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, asValue(event[name], type)]));

const asValue = (value: unknown, type: ColumnType): unknown => {
  if (value === undefined || value === null) return null;
  if (type === 'string' && typeof value !== 'string') return JSON.stringify(value);
  if (typeof type === 'string') return value;
  if ('array' in type) return (value as unknown[]).map((item) => asValue(item, type.array));
  return asRow(value as Record<string, unknown>, type.struct);
};

/** The flat lines of a day in order of time, then of id. */
const linesOf = async (store: ObjectStore, { stream, source, day: on }: Slice) => {
  const lines = await linesUnder(store, `flat/${stream}/source=${source}/dt=${on}/`);
  const place = ({ event_time, event_id }: Record<string, string>): string => `${event_time} ${event_id}`;
  return (lines as Record<string, string>[]).sort((a, b) => (place(a) < place(b) ? -1 : 1));
};

const keyOf = ({ stream, source, day: on }: Slice, revision: number): string =>
  `curated/${stream}/source=${source}/dt=${on}/${stream}_${on}_00000${revision}.parquet`;

/** A file by itself, without the parts of its key. */
const parquet = (folder: string, key: string): string =>
  `read_parquet('${join(folder, key)}', hive_partitioning = false)`;

describe('compacting closed days', () => {
  it('writes one file per day, stream and source, named by its ledger revision; none for a day without events', async () => {
    const { store } = await aCopy();

    const report = await compact(store);

    const busy = slices.filter(({ day: on }) => on !== QUIET_DAY);
    expect(writtenIn(report)).toEqual(busy.map((slice) => keyOf(slice, 0)).sort());
    expect((await store.list('curated/')).map(({ key }) => key)).toEqual(writtenIn(report));
    expect([leftIn(report), report.remaining]).toEqual([[], 0]);
  });

  it.each(STREAM_NAMES)(
    'writes every event of the flat lines, each once, in order, with all columns: %s',
    async (stream) => {
      const { folder, store } = await aCopy();
      await compact(store);
      const { columns } = CURATED_TABLES[stream];

      for (const slice of slices.filter((one) => one.stream === stream && one.day !== QUIET_DAY)) {
        const lines = await linesOf(store, slice);
        const rows = await duckdb(`FROM ${parquet(folder, keyOf(slice, 0))}`);

        expect(lines.length).toBeGreaterThan(100);
        expect(rows).toEqual(lines.map((line) => asRow({ ...line, [REVISION]: 0 }, columns)));
        expect(new Set(rows.map(({ event_id }) => event_id)).size).toBe(lines.length);
      }
    },
  );

  it('has the types of the tables', async () => {
    const { folder, store } = await aCopy();
    await compact(store);

    const described = await duckdb(`DESCRIBE FROM ${parquet(folder, keyOf(SLICE, 0))}`);

    const typeOf = (name: string): unknown =>
      described.find(({ column_name }) => column_name === name)?.['column_type'];
    expect(described.map(({ column_name }) => column_name)).toEqual(
      Object.keys(CURATED_TABLES.operation.columns),
    );
    expect([typeOf('event_id'), typeOf('schema_version'), typeOf('any_emails')]).toEqual([
      'VARCHAR',
      'INTEGER',
      'VARCHAR[]',
    ]);
    expect(typeOf('detail')).toMatch(
      /^STRUCT\(status VARCHAR, .*locked"? BOOLEAN, "?text"? VARCHAR, control VARCHAR, direction VARCHAR\)\[\]\)$/,
    );
  });

  it('omits fields without a column, and rows that are not events; both remain where they were delivered', async () => {
    const { folder, store } = await aCopy();
    await compact(store);
    const rejected = await linesUnder(store, `rejected/operation/source=quillmere/dt=${SLICE.day}/`);

    const [counted] = await duckdb(
      `SELECT count(*)::INTEGER AS events FROM ${parquet(folder, keyOf(SLICE, 0))}`,
    );

    const lines = await linesOf(store, SLICE);
    expect(rejected.length).toBeGreaterThan(0);
    expect(lines.some((line) => UNDOCUMENTED in line)).toBe(true);
    expect(counted).toEqual({ events: lines.length });
  });

  it('never touches what was delivered, and writes nothing twice', async () => {
    const { store } = await aCopy();
    const before = (await store.list('')).filter(({ key }) => !key.startsWith('_state/'));
    await compact(store);
    const between = await store.list('');

    const again = await compact(store);

    const after = await store.list('');
    expect(writtenIn(again)).toEqual([]);
    expect(after).toEqual(between);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('writes the same bytes in every process', async () => {
    const [one, other] = [await aCopy(), await aCopy()];
    await Promise.all([compact(one.store), compact(other.store)]);
    const bytesIn = (folder: string): Buffer => readFileSync(join(folder, keyOf(SLICE, 0)));

    expect(bytesIn(one.folder).equals(bytesIn(other.folder))).toBe(true);
  });
});

describe('a day with later facts', () => {
  it('gets no other file when it is only confirmed', async () => {
    const { store } = await aCopy();
    await compact(store);
    await publishEntry(store, await aLedgerEntry(store, SLICE, { revision: 1 }));

    const report = await compact(store);

    expect(report.slices).toContainEqual({ kind: 'up-to-date', slice: SLICE });
    expect(writtenIn(report)).toEqual([]);
  });

  it('gets another file when rows came after it had closed', async () => {
    const { folder, store } = await aCopy();
    await compact(store);
    await withLateRow(store);

    const report = await compact(store);

    expect(writtenIn(report)).toEqual([keyOf(SLICE, 1)]);
    const ids = async (revision: number): Promise<unknown[]> =>
      (await duckdb(`SELECT event_id FROM ${parquet(folder, keyOf(SLICE, revision))}`)).map(
        ({ event_id }) => event_id,
      );
    const [old, fresh] = [await ids(0), await ids(1)];
    expect(fresh).toHaveLength(old.length + 1);
    expect(fresh).toEqual(expect.arrayContaining(old));
  });

  it('contains only objects in its ledger, until the ledger includes them', async () => {
    const { store } = await aCopy();
    const before = await linesOf(store, SLICE);
    await collectLateRow(store);

    const report = await compact(store);

    const ofDay = report.slices.find(
      (one) => one.slice.stream === 'operation' && one.slice.day === SLICE.day,
    );
    expect(ofDay).toMatchObject({ kind: 'written', events: before.length });
  });
});

/** A row that Zoom publishes after the day has closed. */
const collectLateRow = async (store: ObjectStore): Promise<void> => {
  const listed = new ListedReports([anOperation({ time: `${SLICE.day}T04:05:06Z`, operator: 'late' })], 300);
  await collectSlice(aCollector(store, listed, { clock: new SettableClock() }), SLICE, 'whole', never);
};

const withLateRow = async (store: ObjectStore): Promise<void> => {
  await collectLateRow(store);
  await publishEntry(store, await aLedgerEntry(store, SLICE, { revision: 1, late_after_close: 1 }));
};

describe('a day that cannot be compacted', () => {
  const FLAT = `flat/operation/source=quillmere/dt=${SLICE.day}/operation_${SLICE.day}_000001.json.gz`;

  it.each([
    ['changed', (path: string): void => writeFileSync(path, readFileSync(path).fill(0, 50, 60))],
    ['lost', rmSync],
  ])('is skipped, and the others are compacted: one of its objects is %s', async (_, spoil) => {
    const { folder, store } = await aCopy();
    spoil(join(folder, FLAT));

    const report = await compact(store);

    expect(leftIn(report)).toEqual([`${labelOf(SLICE)}: damaged`]);
    expect(report.slices.find(({ kind }) => kind === 'left')).toMatchObject({
      message: expect.stringContaining(FLAT) as unknown,
    });
    expect(writtenIn(report)).toHaveLength(5);
  });

  it.each([
    ['gap', { verdict: 'gap' as const }],
    ['too-large', { rows: MAX_EVENTS + 1, rejected: 0 }],
    ['no-flat', { objects: [] }],
  ])('is left for readers of lines: %s', async (reason, fields) => {
    const { folder, store } = await aCopy();
    rmSync(join(folder, `ledger/operation/source=quillmere/dt=${SLICE.day}`), { recursive: true });
    await publishEntry(store, await aLedgerEntry(store, SLICE, fields));

    const report = await compact(store);

    expect(leftIn(report)).toEqual([`${labelOf(SLICE)}: ${reason}`]);
    expect(writtenIn(report)).toHaveLength(5);
  });

  it('is left if only some of its events have flat lines', async () => {
    const { folder, store } = await aCopy();
    const entry = await aLedgerEntry(store, SLICE);
    rmSync(join(folder, `ledger/operation/source=quillmere/dt=${SLICE.day}`), { recursive: true });
    await publishEntry(store, { ...entry, objects: entry.objects.filter(({ key }) => key !== FLAT) });

    expect(leftIn(await compact(store))).toEqual([`${labelOf(SLICE)}: no-flat`]);
  });
});

describe('a run that is stopped', () => {
  it('leaves the rest to the next', async () => {
    const { store } = await aCopy();

    const stopped = await compact(store, AbortSignal.abort());
    const next = await compact(store);

    expect([stopped.slices, stopped.remaining]).toEqual([[], slices.length]);
    expect(writtenIn(next)).toHaveLength(6);
  });
});
