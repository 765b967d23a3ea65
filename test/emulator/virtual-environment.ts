import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { findPython } from './python.ts';

const run = promisify(execFile);

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/zoom-log-source');

/**
 * The interpreter of a virtual environment that holds what a file of requirements lists, and nothing else; made once for
 * each version of Python and of the requirements. Built under a unique name and then renamed, so that any number of
 * test files may come at once. (A renamed environment works as long as one asks its interpreter, not its scripts, which
 * know where they were.)
 */
export const virtualEnvironment = async (
  { command, version }: Extract<ReturnType<typeof findPython>, { command: string }>,
  requirements: string,
): Promise<string> => {
  const digest = createHash('sha256').update(version).update(readFileSync(requirements)).digest('hex');
  const folder = join(CACHE, `python-${digest.slice(0, 12)}`);
  const interpreter = join(folder, 'bin/python');
  if (existsSync(interpreter)) return interpreter;

  const unfinished = `${folder}.${randomUUID().slice(0, 8)}`;
  await mkdir(CACHE, { recursive: true });
  try {
    await run(command, ['-m', 'venv', unfinished]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--no-deps'];
    await run(join(unfinished, 'bin/python'), [...pip, '--requirement', requirements]);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(interpreter)) throw error; // another was there first
  }
  return interpreter;
};
