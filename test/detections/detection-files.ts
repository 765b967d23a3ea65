import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Where the detections lie. */
export const DETECTIONS = join(import.meta.dirname, '../../detections');
/** What checks and converts them. */
export const REQUIREMENTS = join(DETECTIONS, 'requirements.txt');

const namesIn = (folder: string, extension: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .map((file) => basename(file, extension));

/** Detections that Sigma can say. */
export const RULES: readonly string[] = namesIn(DETECTIONS, '.yml');
/** Detections that it can't: queries. */
export const QUERIES: readonly string[] = namesIn(DETECTIONS, '.sql');
/** Every detection. */
export const NAMES: readonly string[] = [...RULES, ...QUERIES].sort();

/** What was delivered of a rule in SQL. */
export const sqlFile = (name: string): string => join(DETECTIONS, 'sql', `${name}.sql`);

/** A detection's query in DuckDB. */
export const queryOf = (name: string): string =>
  readFileSync(RULES.includes(name) ? sqlFile(name) : join(DETECTIONS, `${name}.sql`), 'utf8');
