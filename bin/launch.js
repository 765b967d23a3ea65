// Starts the command line with Node.js's compile cache. In JavaScript, because the first uncached TypeScript file takes 40 ms:
// Node.js loads its type stripper.
import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';

/**
 * The folder of this user's cache; undefined if there is none that only this user can write. Another writer could run code, so it
 * is never in a shared folder such as /tmp, the default of Node.js.
 */
const cacheFolder = () => {
  try {
    const named = process.env.XDG_CACHE_HOME ?? '';
    const caches = isAbsolute(named) ? named : join(homedir(), '.cache');
    const folder = join(caches, 'zoom-log-source');
    // One by one: creating a whole path at once never ends in a file system such as /proc.
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
