// Starts the command line with what Node.js compiled of it before. In JavaScript, since the first TypeScript file that no cache
// holds takes 40 ms: Node.js loads what strips types.
import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';

/**
 * The folder of this user's cache; undefined if there is none that only this user can write to. Whoever writes to it decides what
 * runs, so it is never in a folder that all share, such as /tmp, where Node.js would put it.
 */
const cacheFolder = () => {
  try {
    const named = process.env.XDG_CACHE_HOME ?? '';
    const caches = isAbsolute(named) ? named : join(homedir(), '.cache');
    const folder = join(caches, 'zoom-log-source');
    // One by one: to make all of a path at once never ends in a file system such as /proc.
    for (const each of [caches, folder]) makeFolder(each);
    const { uid, mode } = lstatSync(folder);
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    return isOurs ? folder : undefined;
  } catch {
    return undefined;
  }
};

const makeFolder = (path) => {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
};

const folder = cacheFolder();
if (folder !== undefined) enableCompileCache(folder);

await import('../cli/main.ts');
