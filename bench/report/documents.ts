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

/** Documents with marked parts. */
const MARKED_FILES = ['docs/benchmark.md', 'README.md'];

/** The results so far; empty if there is no file. */
export const readResults = (root: string): Results => {
  const path = join(root, RESULTS_FILE);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Results) : {};
};

/** Every file with results, and its new content. Only the marked parts of the documents change. */
export const documentsOf = async (root: string, results: Results): Promise<Map<string, string>> => {
  const documents = new Map([
    [RESULTS_FILE, await pretty(root, RESULTS_FILE, JSON.stringify(results))],
    [PLOT_FILE, plotOf(results)],
  ]);
  const parts = partsOf(results);
  for (const file of MARKED_FILES) {
    const filled = fillMarked(readFileSync(join(root, file), 'utf8'), parts);
    documents.set(file, await pretty(root, file, filled));
  }
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
