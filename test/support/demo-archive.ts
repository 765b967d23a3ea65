import { join } from 'node:path';
import { companyAround } from '../../cli/demo.ts';
import type { Clock } from '../../shared/collect/ports.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { addDays, type Day, daysBetween, endOf } from '../../shared/model/day.ts';
import { generateCompany, type SimulatedRow, startSimulator } from '../../simulator/index.ts';
import { type QueryResult, type Json, queryArchive } from '../../shared/app/query.ts';
import { day, never } from './collector.ts';
import { connectToSimulator } from './simulated-source.ts';
import { temporaryFolder } from './temporary-folder.ts';

const DAY = day('2026-11-18');

/** The day after the last of the demo's days. */
export const TODAY: Day = addDays(DAY, 2);

/** The demo's data: its company's rows, and where they were delivered to. */
export interface DemoArchive {
  readonly out: string;
  readonly rows: readonly SimulatedRow[];
}

/** Delivers the demo's company into a folder: as `npm start` does, but for the days, which do not move. */
export const deliverDemo = async (): Promise<DemoArchive> => {
  const rows = [...generateCompany(companyAround(DAY))];
  const simulator = await startSimulator({ now: endOf(TODAY), speed: 0 });
  simulator.addRows(rows);
  const out = join(temporaryFolder(), 'demo');
  const store = await FolderStore.open(out, endOf(TODAY));
  const connector = connectToSimulator(simulator, store, { source: 'quillmere' });
  await connector.collectDays(daysBetween(addDays(DAY, -3), addDays(DAY, 1)), never);
  await connector.close();
  await simulator.close();
  return { out, rows };
};

/** The next morning: the first on which a detection engineer sits down to it. */
export const NEXT_MORNING: Clock = {
  now: () => new Date(`${TODAY}T09:00:00Z`),
  sleep: () => Promise.resolve(),
};

export type ResponseRecord = Readonly<Record<string, Json>>;

/** Asks a question on the day after the demo's last. */
export const runQuery = async (
  out: string,
  sql: string,
  options: { since?: Day } = {},
): Promise<ResponseRecord[]> => {
  const answered: ResponseRecord[] = [];
  await queryArchive(
    { out, sql, clock: NEXT_MORNING, random: () => 0.5, signal: never, ...options },
    async (response) => {
      for await (const row of response.rows) answered.push(objectOf(response, row));
    },
  );
  return answered;
};

const objectOf = ({ columns }: QueryResult, row: readonly Json[]): ResponseRecord =>
  Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]));

/** A folder that was collected into before there was any event. */
export const emptyArchive = async (): Promise<string> => {
  const out = join(temporaryFolder(), 'empty');
  await FolderStore.open(out, endOf(TODAY));
  return out;
};

/** The columns of an answer, by name. */
export const columnsOfAnswer = async (out: string, sql: string): Promise<readonly string[]> => {
  let columns: readonly string[] = [];
  await queryArchive({ out, sql, clock: NEXT_MORNING, random: () => 0.5, signal: never }, (response) => {
    columns = response.columns;
    return Promise.resolve();
  });
  return columns;
};
