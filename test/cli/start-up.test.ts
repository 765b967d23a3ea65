import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from '../../cli/commands.ts';
import { zoomLogSource } from '../support/command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Records the modules that a process loads, one per line. */
const RECORDER = `
  import { appendFileSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  registerHooks({
    load: (url, context, next) => {
      if (url.startsWith('file:')) appendFileSync(process.env.LOADED_MODULES, url + '\\n');
      return next(url, context);
    },
  });
`;

/** Runs a command and returns what it loaded: our files, and packages by name. */
const loadedBy = async (...args: readonly string[]) => {
  const record = join(temporaryFolder(), 'loaded');
  const finished = await zoomLogSource(args, {
    environment: {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(RECORDER)}`,
      LOADED_MODULES: record,
    },
  });
  const files = readFileSync(record, 'utf8')
    .trim()
    .split('\n')
    .map((url) => relative(ROOT, fileURLToPath(url)));
  const packageOf = (file: string): string => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? '';
  return {
    ...finished,
    ours: files.filter((file) => packageOf(file) === '').sort(),
    packages: [...new Set(files.map(packageOf))].filter((name) => name !== '').sort(),
  };
};

/** Packages that load slowly and that only some calls need. */
const HEAVY = /^(?:@aws-sdk\/.*|@smithy\/.*|@duckdb\/.*|@inquirer\/.*|echarts|undici|zrender)$/;

describe('start-up', () => {
  it.each(['--version', '--help'])('loads nothing but the list of commands for %s', async (option) => {
    const { code, ours, packages } = await loadedBy(option);

    expect(code).toBe(0);
    expect(ours).toEqual([
      'bin/launch.js',
      'cli/commands.ts',
      'cli/exit-code-of.ts',
      'cli/main.ts',
      'cli/prompt.ts',
      'cli/standard-streams.ts',
      'cli/text.ts',
      'package.json',
      'shared/errors.ts',
      'shared/model/format-count.ts',
      'shared/model/one-line.ts',
      'shared/model/proxies.ts',
      'shared/runtime/clock.ts',
    ]);
    expect(packages).toEqual(['commander']);
  });

  it.each(Object.keys(COMMANDS))('loads no large package for %s --help', async (name) => {
    const { code, stdout, packages } = await loadedBy(name, '--help');

    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: zoom-log-source ${name} `));
    expect(packages).toContain('commander');
    expect(packages.filter((each) => HEAVY.test(each))).toEqual([]);
  });

  it.each([['status'], ['show'], ['verify']])('loads no large package for %s of a folder', async (name) => {
    const { stderr, packages } = await loadedBy(name, '--out', join(temporaryFolder(), 'none'));

    expect(stderr).toContain('none');
    expect(packages.filter((each) => HEAVY.test(each))).toEqual([]);
  });

  it('lists every command with its summary, and suggests one for a misspelt name', async () => {
    const { stdout } = await zoomLogSource(['--help']);
    for (const [name, { summary }] of Object.entries(COMMANDS)) {
      expect(stdout.replaceAll(/\n +/g, ' ')).toMatch(new RegExp(`${name} +${summary.slice(0, 20)}`));
    }

    const { code, stderr } = await zoomLogSource(['colect', '--out', 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain('(Did you mean collect?)');
  });

  it('prints the help of a command and of a subcommand by "help NAME"', async () => {
    const helped = await zoomLogSource(['help', 'alarm']);
    const requested = await zoomLogSource(['alarm', '--help']);
    const mute = await zoomLogSource(['alarm', 'mute', '--help']);

    expect(helped).toEqual(requested);
    expect(requested.stdout).toContain('unmute [options] <name>');
    expect(mute.stdout).toContain('--for <time>');
  });
});

describe('the compile cache', () => {
  const version = (environment: Record<string, string>) => zoomLogSource(['--version'], { environment });
  const filesIn = (folder: string): string[] => readdirSync(folder, { recursive: true }) as string[];

  it('lies in a folder that only this user can read and write, and not where all can', async () => {
    const [caches, shared] = [temporaryFolder(), temporaryFolder()];

    const { code } = await version({ XDG_CACHE_HOME: caches, TMPDIR: shared });

    expect(code).toBe(0);
    expect(statSync(join(caches, 'zoom-log-source')).mode & 0o777).toBe(0o700);
    expect(filesIn(caches).length).toBeGreaterThan(5);
    expect(filesIn(shared)).toEqual([]);
  });

  it('lies in the home folder unless XDG_CACHE_HOME names another', async () => {
    const home = temporaryFolder();

    await version({ HOME: home, XDG_CACHE_HOME: 'relative' });

    expect(filesIn(join(home, '.cache/zoom-log-source')).length).toBeGreaterThan(5);
  });

  const writableByAll = (folder: string): void => {
    mkdirSync(folder);
    chmodSync(folder, 0o777);
  };

  it.each([
    ['that others may write to', writableByAll],
    ['that is a link', (folder: string) => symlinkSync(temporaryFolder(), folder)],
  ])('is not used in a folder %s, and the command runs', async (_, make) => {
    const caches = temporaryFolder();
    make(join(caches, 'zoom-log-source'));

    const { code, stdout, stderr } = await version({ XDG_CACHE_HOME: caches });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(filesIn(join(caches, 'zoom-log-source'))).toEqual([]);
  });

  it.each(['/dev/null', '/proc/nowhere'])('is not used where %s is the home folder', async (home) => {
    const { code, stderr } = await version({ HOME: home });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
