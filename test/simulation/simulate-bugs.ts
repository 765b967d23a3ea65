import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Table from 'cli-table3';
import { CONTENT_BUGS } from './content/content-bugs.ts';
import { MIRROR_BUGS } from './mirror/mirror-bugs.ts';
import { type Piece, PLANTED_BUGS, type PlantedBug } from './planted-bugs.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SOURCES = ['shared', 'simulator', 'test/simulation', 'test/support/doubles', 'package.json'];

/** The result for a planted bug. */
export interface Hunt {
  readonly worlds: number;
  readonly seconds: number;
  /** The world that broke an invariant, and which; undefined if none did. */
  readonly seed?: number;
  readonly invariant?: string;
}

/** Plants a bug in a copy of the sources, and simulates worlds there. Throws a RangeError if its text isn't there exactly once. */
export const hunt = async (bug: PlantedBug, worlds: number, seed: number, jobs: number): Promise<Hunt> => {
  const folder = mkdtempSync(join(tmpdir(), 'zoom-log-source-bug-'));
  try {
    for (const name of SOURCES) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const piece of [bug, ...(bug.also ?? [])]) plant(bug.name, piece, folder);
    const kind = bug.world === undefined ? [] : [`--${bug.world}`];
    const args = ['--worlds', worlds, '--seed', seed, '--jobs', jobs, '--json', ...kind].map(String);
    const simulate = join(folder, 'test/simulation/simulate.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [simulate, ...args], {
      cwd: folder,
    }).catch((error: unknown) => error as { stdout: string });
    return JSON.parse(stdout) as Hunt;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const plant = (name: string, { file, replace, by }: Piece, folder: string): void => {
  const path = join(folder, file);
  const [before, after, ...more] = readFileSync(path, 'utf8').split(replace);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new RangeError(`"${name}": the text that it replaces does not stand in ${file} exactly once.`);
  }
  writeFileSync(path, `${before}${by}${after}`);
};

/** `npm run simulate:bugs [WORLDS [NAME]]` */
const main = async (worlds: number, only: string): Promise<void> => {
  const table = new Table({
    head: ['planted bug', 'caught in world', 'by', 'seconds'],
    style: { head: [], border: [] },
  });
  let missed = 0;
  for (const bug of [...PLANTED_BUGS, ...CONTENT_BUGS, ...MIRROR_BUGS].filter(({ name }) =>
    name.includes(only),
  )) {
    const { seed, invariant, seconds } = await hunt(bug, worlds, 1, 1);
    if (seed === undefined) missed += 1;
    table.push([bug.name, seed ?? `none of ${worlds}`, invariant ?? '', seconds.toFixed(1)]);
    process.stderr.write(`${bug.name}: ${seed ?? 'not caught'} ${invariant ?? ''}\n`);
  }
  process.stdout.write(`${table.toString()}\n`);
  process.exitCode = missed > 0 ? 1 : 0;
};

if (import.meta.main) await main(Number(process.argv[2] ?? 1000), process.argv[3] ?? '');
