import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Panther's package, and what it needs. */
export const PANTHER_REQUIREMENTS = join(import.meta.dirname, 'panther-requirements.txt');

/** The result of a command of panther.py, which reads lines of JSON. */
export const runPanther = (
  python: string,
  command: 'events' | 'run' | 'own',
  lines: readonly unknown[] = [],
): unknown => {
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const { stdout, stderr, status } = spawnSync(python, [join(import.meta.dirname, 'panther.py'), command], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};
