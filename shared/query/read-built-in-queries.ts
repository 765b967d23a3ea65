import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseBuiltInQuery, type BuiltInQuery } from './built-in-query.ts';

const FOLDER = join(import.meta.dirname, '../../queries');
const ENDING = '.sql';

/** The built-in queries of the logs, by name; in the SQL of DuckDB unless Athena's is requested. */
export const readBuiltInQueries = (engine: 'duckdb' | 'athena' = 'duckdb'): BuiltInQuery[] =>
  readFolder(engine === 'duckdb' ? FOLDER : join(FOLDER, engine));

/** The built-in queries of content, by name: for DuckDB alone, because a deployment does not collect content. */
export const readContentQueries = (): BuiltInQuery[] => readFolder(join(FOLDER, 'content'));

const readFolder = (folder: string): BuiltInQuery[] => {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length));
  return names
    .sort()
    .map((name) => parseBuiltInQuery(name, readFileSync(join(folder, `${name}${ENDING}`), 'utf8')));
};
