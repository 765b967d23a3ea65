import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A saved query for Athena. */
export interface SavedQuery {
  /** The name of its file, without the ending. */
  readonly name: string;
  /** Its first line, without the hyphens. */
  readonly title: string;
  readonly sql: string;
}

/** The folder of the built-in queries. */
export const QUERIES = join(import.meta.dirname, '../../queries/athena');

/** The queries of a folder, in order of their names. None if there is no folder. */
export const readSavedQueries = (folder: string): SavedQuery[] => {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file) => {
    const sql = readFileSync(join(folder, file), 'utf8');
    const name = file.slice(0, -'.sql'.length);
    return { name, title: /^--\s*(.+?)\s*$/m.exec(sql)?.[1] ?? name, sql };
  });
};
