import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { fillMarked } from './marked.ts';
import { plotOf } from './plot.ts';
import type { Results } from './results.ts';
import { partsOf } from './tables.ts';

/** Keeps the figures between runs, so that one part can be measured alone. */
export const RESULTS_FILE = 'docs/benchmark.json';

const PLOT_FILE = 'docs/benchmark.svg';

/** The document with marked parts. */
const MARKED_FILE = 'docs/benchmark.md';

/** The results so far; empty if there is no file. */
export const readResults = (root: string): Results => {
  const path = join(root, RESULTS_FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : {};
};

/** Every file that depends on results, with its content. Text outside the marked parts stays as it is. */
export const documentsOf = async (root: string, results: Results): Promise<Map<string, string>> => {
  const documents = new Map([
    [RESULTS_FILE, await pretty(root, RESULTS_FILE, JSON.stringify(results))],
    [PLOT_FILE, plotOf(results)],
  ]);
  const filled = fillMarked(readFileSync(join(root, MARKED_FILE), 'utf8'), partsOf(results));
  documents.set(MARKED_FILE, await pretty(root, MARKED_FILE, filled));
  return documents;
};

/** Writes these files. */
export const writeDocuments = async (root: string, results: Results): Promise<void> => {
  for (const [file, content] of await documentsOf(root, results)) writeFileSync(join(root, file), content);
};

const pretty = async (root: string, file: string, content: string): Promise<string> => {
  const filepath = join(root, file);
  return format(content, { ...(await resolveConfig(filepath)), filepath });
};
