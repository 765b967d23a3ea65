import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** How bad it is if a detection is right, from the least to the worst; the words are Sigma's. */
export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

/** A detection that comes with the project, as SQL for DuckDB: each row of its answer is something that it found. */
export interface Detection {
  /** The name of its file, without the ending. */
  readonly name: string;
  readonly title: string;
  readonly level: Level;
  readonly sql: string;
}

const FOLDER = join(import.meta.dirname, '../../detections');
const ENDING = '.sql';

/** Reads a detection, whose first comments say its title and its level. Throws if one lacks. */
export const parseDetection = (name: string, sql: string): Detection => {
  const comment = (key: string): string => new RegExp(`^-- ${key}: *(.+?) *$`, 'm').exec(sql)?.[1] ?? '';
  const title = comment('title');
  const level = LEVELS.find((one) => one === comment('level'));
  if (title === '' || !level) throw new TypeError(`${name}: it does not begin with a title and a level`);
  return { name, title, level, sql };
};

/** The detections that come with the project: those that are queries, and those that were made from rules. */
export const readDetections = (): Detection[] =>
  [FOLDER, join(FOLDER, 'sql')]
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((file) => file.endsWith(ENDING))
    .map((file) => parseDetection(basename(file, ENDING), readFileSync(file, 'utf8')))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
