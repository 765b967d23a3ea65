import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventsViewSql } from '../../infra/catalog/events-view.ts';
import { collectSlice } from '../../shared/collect/collect-slice.ts';
import { publishEntry } from '../../shared/collect/ledger/ledger.ts';
import type { ObjectStore } from '../../shared/collect/ports.ts';
import { compactDays } from '../../shared/compact/compact-days.ts';
import { CURATED_TABLES } from '../../shared/compact/curated-tables.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { EVENTS_VIEW } from '../../shared/normalize/tables.ts';
import { closedCompany } from '../support/fixtures/closed-company.ts';
import { aCollector, aSlice, day, never } from '../support/builders/collector.ts';
import { SettableClock } from '../support/doubles/settable-clock.ts';
import { type Prompt, aDuckdb, linesTable } from '../support/duckdb.ts';
import { aLedgerEntry } from '../support/builders/ledger-entries.ts';
import { ListedReports } from '../support/doubles/listed-reports.ts';
import { anOperation } from '../support/builders/rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SOURCES = ['quillmere', 'another'];

/** A day with late rows after it was compacted. */
const REOPENED = aSlice({ day: day('2026-11-17') });
/** Not closed yet. */
const OPEN = aSlice({ day: day('2026-11-20') });

/**
 * The exact text for Athena, on tables of the same names in DuckDB, which has other names for two of its functions. The clock
 * is fixed.
 */
const viewOn = async (runQuery: Prompt, name: string, compaction: boolean): Promise<void> => {
  const sql = eventsViewSql({ sources: SOURCES, compaction }).replaceAll('current_date', "DATE '2026-11-20'");
  await runQuery(`CREATE OR REPLACE VIEW ${name} AS ${sql}`);
};

const tablesOver = async (runQuery: Prompt, folder: string): Promise<void> => {
  await runQuery('CREATE MACRO from_iso8601_timestamp(text) AS CAST(text AS TIMESTAMPTZ)');
  await runQuery('CREATE MACRO sequence(first, last, step) AS generate_series(first, last, step)');
  for (const { name, columns, streams } of EVENTS_VIEW.tables) {
    const lines = linesTable(join(folder, `flat/${streams.join()}/*/*/*.json.gz`), columns);
    await runQuery(`CREATE VIEW ${name} AS FROM ${lines}`);
  }
  for (const { name, stream } of Object.values(CURATED_TABLES)) {
    const files = join(folder, `curated/${stream}/*/*/*.parquet`);
    await runQuery(`CREATE VIEW ${name} AS FROM read_parquet('${files}', hive_partitioning = true)`);
  }
};

const collectRow = async (store: ObjectStore, slice: typeof OPEN): Promise<void> => {
  const listed = new ListedReports([anOperation({ time: `${slice.day}T04:05:06Z`, operator: 'late' })], 300);
  await collectSlice(aCollector(store, listed, { clock: new SettableClock() }), slice, 'whole', never);
};

describe('the timeline where days are compacted', () => {
  let folder: string;
  let runQuery: Prompt;
  beforeAll(async () => {
    folder = temporaryFolder();
    const store = await FolderStore.open(folder, new Date('2026-11-20T12:00:00Z'));
    await closedCompany(store, 300);
    const compact = () => compactDays(store, { sources: SOURCES, signal: never });
    await compact();
    await collectRow(store, REOPENED);
    await publishEntry(store, await aLedgerEntry(store, REOPENED, { revision: 1, late_after_close: 1 }));
    await compact();
    await collectRow(store, OPEN);
    runQuery = await aDuckdb();
    await tablesOver(runQuery, folder);
    await viewOn(runQuery, 'by_lines', false);
    await viewOn(runQuery, 'by_days', true);
  });

  it('has the same events as the lines, each once: also for a day with two files, and for days without one', async () => {
    const [missing, added] = await Promise.all([
      runQuery('FROM by_lines EXCEPT ALL FROM by_days'),
      runQuery('FROM by_days EXCEPT ALL FROM by_lines'),
    ]);
    const [counted] = await runQuery(
      'SELECT count(*)::INTEGER AS events, count(DISTINCT event_id)::INTEGER AS ids, count(DISTINCT dt)::INTEGER AS days FROM by_days',
    );

    expect([missing, added]).toEqual([[], []]);
    expect(counted).toMatchObject({ days: 4, ids: counted?.['events'] });
  });

  it('has a timeline of both streams, in the types of the view', async () => {
    const described = await runQuery('DESCRIBE FROM by_days');

    expect(described.map(({ column_name }) => column_name)).toEqual(EVENTS_VIEW.columns);
    expect(described.find(({ column_name }) => column_name === 'event_time')).toMatchObject({
      column_type: 'TIMESTAMP',
    });
    expect(await runQuery('SELECT DISTINCT stream FROM by_days ORDER BY stream')).toEqual([
      { stream: 'activity' },
      { stream: 'operation' },
    ]);
  });

  it('reads a compacted day from its file, and an open one from its lines', async () => {
    const before = await runQuery('SELECT event_id FROM by_days ORDER BY event_id');
    for (const closed of ['2026-11-16', '2026-11-17', '2026-11-18']) {
      rmSync(join(folder, `flat/operation/source=quillmere/dt=${closed}`), { recursive: true });
    }

    expect(await runQuery('SELECT event_id FROM by_days ORDER BY event_id')).toEqual(before);
    expect((await runQuery('FROM by_lines')).length).toBeLessThan(before.length);
  });
});
