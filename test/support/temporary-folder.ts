import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

/** A new empty folder, removed after the tests of the file. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'zoom-log-source-'));
  made.push(folder);
  return folder;
};

afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
