import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Sigma's severity levels, from the lowest to the highest. */
export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

/** A built-in detection, as SQL for DuckDB: each row of its result is a finding. */
export interface Detection {
  /** The name of its file, without the extension. */
  readonly name: string;
  readonly title: string;
  readonly level: Level;
  readonly sql: string;
}

const FOLDER = join(import.meta.dirname, '../../detections');
const ENDING = '.sql';

/** Parses a detection: its first comments are its title and its level. Throws if one is missing. */
export const parseDetection = (name: string, sql: string): Detection => {
  const comment = (key: string): string => new RegExp(`^-- ${key}: *(.+?) *$`, 'm').exec(sql)?.[1] ?? '';
  const title = comment('title');
  const level = LEVELS.find((one) => one === comment('level'));
  if (title === '' || !level) throw new TypeError(`${name}: it does not begin with a title and a level`);
  return { name, title, level, sql };
};

/** The built-in detections: queries, and those generated from rules. */
export const readDetections = (): Detection[] =>
  [FOLDER, join(FOLDER, 'sql')]
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((file) => file.endsWith(ENDING))
    .map((file) => parseDetection(basename(file, ENDING), readFileSync(file, 'utf8')))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
