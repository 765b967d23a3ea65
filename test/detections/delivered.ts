import { DuckDBInstance, type DuckDBConnection, type JS } from '@duckdb/node-api';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { addDays, type Day, dayOf } from '../../shared/model/day.ts';
import { ACTIVITY_TABLE, OPERATION_TABLE } from '../../shared/normalize/tables.ts';
import { columnTypeToDuckdb, literal } from '../../shared/query/duckdb-type.ts';
import { STREAM_NAMES, type StreamName } from '../../shared/model/stream.ts';
import { startSimulator, type SimulatedRow } from '../../simulator/index.ts';
import { connectToSimulator } from '../support/simulated-source.ts';

/** The columns of `query`. Rows of samples also have the name of their scenario, in a field that Zoom does not have. */
const TABLES = { operation: OPERATION_TABLE, activity: ACTIVITY_TABLE } as const;

/** A Zoom account's rows, and the name its events are delivered under. */
export interface Account {
  readonly source: string;
  readonly rows: readonly SimulatedRow[];
}

/** Brings the rows of each account from a simulated Zoom of its own into a folder, as the collector does it for users. */
export const collectInto = async (
  folder: string,
  now: Date,
  accounts: readonly Account[],
  signal: AbortSignal,
): Promise<void> => {
  const store = await FolderStore.open(folder, now);
  for (const { source, rows } of accounts) {
    const simulator = await startSimulator({ now, speed: 0 });
    simulator.addRows(rows);
    const connector = connectToSimulator(simulator, store, { source });
    try {
      const { missing } = await connector.collectDays(daysOf(rows, now), signal);
      if (missing.length > 0) throw new Error(`${source}: ${JSON.stringify(missing)}`);
    } finally {
      await connector.close();
      await simulator.close();
    }
  }
};

const daysOf = (rows: readonly SimulatedRow[], now: Date): Day[] => {
  const times = rows.map(({ row }) => new Date(String((row as { time: unknown }).time)));
  const first = dayOf(new Date(Math.min(...times.map((time) => time.getTime()))));
  const days: Day[] = [];
  for (let day = first; day <= dayOf(now); day = addDays(day, 1)) days.push(day);
  return days;
};

/** Delivered objects of a folder in DuckDB. */
export interface Lake {
  /** The rows of a query over the tables `zoom_operation` and `zoom_activity` of one source. */
  query(source: string, query: string): Promise<Record<string, JS>[]>;
  close(): void;
}

/** Reads the flat objects of a folder once; each question is then asked of one source alone. */
export const openLake = async (
  folder: string,
  streams: readonly StreamName[] = STREAM_NAMES,
): Promise<Lake> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const stream of streams) await load(connection, folder, stream);
  return {
    query: async (source, query) => {
      for (const stream of streams) {
        await connection.run(
          `CREATE OR REPLACE VIEW zoom_${stream} AS SELECT * FROM every_${stream} WHERE source = '${source}'`,
        );
      }
      return (await connection.runAndReadAll(query)).getRowObjectsJS();
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
};

const load = async (connection: DuckDBConnection, folder: string, stream: StreamName): Promise<void> => {
  const columns = Object.entries({ ...TABLES[stream].columns, scenario: 'string' as const })
    .map(([name, type]) => `${literal(name)}: ${literal(columnTypeToDuckdb(type))}`)
    .join(', ');
  const files = `${folder}/flat/${stream}/*/*/*.json.gz`;
  await connection.run(
    `CREATE TABLE every_${stream} AS SELECT * FROM read_json('${files}', format = 'newline_delimited', hive_partitioning = true, columns = {${columns}})`,
  );
};
