import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import { keyInVersion } from '../contract/object-keys.ts';
import { ConfigurationError, CorruptObjectError } from '../errors.ts';
import type { Day } from '../model/day.ts';
import { literal } from './duckdb-type.ts';
import { eventsToView, tableToView, type TableFiles, withoutPatterns } from './duckdb-views.ts';
import { type Json, valueToJson } from './value-to-json.ts';

/** The options of a database. */
export interface DatabaseOptions {
  /** The folder of the objects, as an absolute path. */
  readonly root: string;
  readonly files: readonly TableFiles[];
  /** The value of `current_date`. */
  readonly today: Day;
}

/** The rows of a result, as they arrive. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly Json[]>;
}

/** A DuckDB over delivered objects. It reads only these, and writes nothing. */
export class Database {
  readonly #connection: DuckDBConnection;

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  static async open({ root, files, today }: DatabaseOptions): Promise<Database> {
    const instance = await DuckDBInstance.create(':memory:', { temp_directory: '' });
    const connection = await instance.connect();
    for (const statement of [
      "SET TimeZone = 'UTC'",
      `CREATE MACRO current_date() AS DATE ${literal(today)}`,
      ...locks(root, files),
      ...files.map((table) => tableToView(root, table)),
      eventsToView(),
    ])
      await connection.run(statement);
    return new Database(connection);
  }

  /** Runs one query. Throws ConfigurationError, with DuckDB's own message, for invalid SQL or a statement that is not read-only. */
  async query(sql: string, signal: AbortSignal): Promise<QueryResult> {
    const statement = await this.#prepare(sql);
    signal.throwIfAborted();
    signal.addEventListener('abort', () => this.#connection.interrupt(), { once: true });
    try {
      const result = await statement.stream();
      const columns = result.deduplicatedColumnNames();
      return { columns, rows: rowsOf(result.yieldRows(), signal) };
    } catch (error) {
      throw toSqlError(error, signal);
    }
  }

  close(): void {
    this.#connection.closeSync();
  }

  async #prepare(sql: string): Promise<DuckDBPreparedStatement> {
    try {
      // For SQL with only comments, DuckDB's message does not name the problem.
      const statements = isEmpty(sql) ? undefined : await this.#connection.extractStatements(sql);
      if (statements?.count === 1) {
        const statement = await statements.prepare(0);
        if (statement.statementType === StatementType.SELECT) return statement;
      }
    } catch (error) {
      throw toSqlError(error);
    }
    throw new ConfigurationError(
      'sql',
      'A query reads, and is one statement: SELECT …, WITH … SELECT …, FROM …, or DESCRIBE zoom_events.',
    );
  }
}

const isEmpty = (sql: string): boolean => /^(?:\s|;|--[^\n]*|\/\*[^]*?\*\/)*$/.test(sql);

/** DuckDB downloads nothing, opens nothing but the objects, and no statement can change that. */
const locks = (root: string, files: readonly TableFiles[]): string[] => {
  const names = files.map(({ table, version }) => keyInVersion(`${table.format}/`, version).slice(0, -1));
  const folders = ['flat', 'ocsf', ...names].flatMap((format) => [
    `${root}/${format}/`,
    `${withoutPatterns(root)}/${format}/`,
  ]);
  return [
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    `SET allowed_directories = [${[...new Set(folders)].map(literal).join(', ')}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ];
};

async function* rowsOf(
  chunks: AsyncIterable<readonly (readonly Parameters<typeof valueToJson>[0][])[]>,
  signal: AbortSignal,
): AsyncGenerator<readonly Json[], void, undefined> {
  try {
    for await (const rows of chunks) {
      signal.throwIfAborted();
      for (const row of rows) yield row.map(valueToJson);
    }
    // Interrupted between two chunks, a result ends without an error.
    signal.throwIfAborted();
  } catch (error) {
    throw toSqlError(error, signal);
  }
}

/** DuckDB's own message names the problem and its place: in the query, or in an object. */
const toSqlError = (error: unknown, signal?: AbortSignal): unknown => {
  signal?.throwIfAborted();
  const message = error instanceof Error ? error.message.trimEnd() : String(error);
  const { key, problem = '' } = DAMAGE.exec(message)?.groups ?? {};
  if (key !== undefined && HALF_A_PAIR.test(problem)) {
    const why = `${key} is not damaged, but DuckDB refuses a line of it: it holds half a surrogate pair, which mapping version 1 kept.`;
    const todo = 'Query other days (dt), or have its day re-normalized: zoom-log-source replay --help.';
    return new ConfigurationError('sql', `${why} ${todo}`, { cause: error });
  }
  if (key !== undefined) return new CorruptObjectError(key, problem, { cause: error });
  const { key: notGzip } = NOT_GZIP.exec(message)?.groups ?? {};
  if (notGzip !== undefined)
    return new CorruptObjectError(notGzip, 'it is not a gzip file', { cause: error });
  return new ConfigurationError('sql', `DuckDB can't run this query. ${message}`, { cause: error });
};

/** Lines of this release contain no half of a surrogate pair; those of mapping version 1 may, and are not rewritten. */
const HALF_A_PAIR = /(?:low|high) surrogate in string/;

/** DuckDB's message about a damaged object: with its path and the position. */
const DAMAGE =
  /file "[^"]*?(?<key>(?:flat|ocsf|custody)(?:\.[a-z0-9]+)?\/[a-z_]+\/source=[^"]+\.json\.gz)",? ?(?<problem>[^\n]*?)[.\s]*(?:\n|$)/;

/** DuckDB's message about an object that is not a gzip file. */
const NOT_GZIP =
  /not a GZIP stream: .*?(?<key>(?:flat|ocsf|custody)(?:\.[a-z0-9]+)?\/[a-z_]+\/source=.+\.json\.gz)\s*$/;
