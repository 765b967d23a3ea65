import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import Table from 'cli-table3';
import { PLAIN } from '../cli/table-style.ts';
import { clientEnvironment } from '../simulator/index.ts';
import type { Measured } from './measured.ts';

/** How fast a day of rows is collected, beside the floor: what fetching, parsing and gzipping alone cost in the same run. */
const ROWS = Number(process.argv[2] ?? 100_000);
const ROUNDS = 3;

/** As bin/zoom-log-source starts it. */
const NODE_FLAGS = ['--max-semi-space-size=4'];

const node = (file: string, args: readonly string[], environment: Record<string, string> = {}) =>
  spawn(process.execPath, [...NODE_FLAGS, join(import.meta.dirname, file), ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

const measured = async (
  file: string,
  folder: string,
  environment: Record<string, string>,
): Promise<Measured> => {
  const child = node(file, [folder], environment);
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return JSON.parse(output) as Measured;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

const zoom = node('zoom.ts', [String(ROWS)]);
try {
  const ready = createInterface(zoom.stdout)[Symbol.asyncIterator]().next();
  const { apiUrl, oauthUrl } = JSON.parse(String((await ready).value)) as {
    apiUrl: string;
    oauthUrl: string;
  };
  const environment = {
    ...clientEnvironment({ apiUrl, oauthUrl }),
    ZOOM_REQUESTS_PER_SECOND: '1000',
  };
  const rounds: { ours: Measured; floor: Measured }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'zoom-log-source-bench-'));
    const ours = await measured('ours.ts', folder, environment);
    const floor = await measured('floor.ts', folder, environment);
    rounds.push({ ours, floor });
    rmSync(folder, { recursive: true });
  }

  const table = new Table({
    ...PLAIN,
    head: ['', 'ROWS', 'SECONDS', 'ROWS/S', 'PEAK MB'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
  });
  for (const name of ['ours', 'floor'] as const) {
    const of = (field: keyof Measured): number => median(rounds.map((round) => round[name][field]));
    table.push([
      name,
      of('rows'),
      of('seconds').toFixed(2),
      Math.round(of('rows') / of('seconds')),
      Math.round(of('peakMb')),
    ]);
  }
  const ratios = rounds.map(({ ours, floor }) => ours.seconds / floor.seconds);
  process.stdout.write(
    `One day of ${ROWS.toLocaleString('en-US')} rows into raw, flat and ocsf; medians of ${ROUNDS} rounds in turn.\n`,
  );
  process.stdout.write(
    `The floor fetches and parses the same pages and gzips the same bytes, and does nothing else.\n\n${table.toString()}\n\n`,
  );
  process.stdout.write(
    `ours / floor: ${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(', ')})\n`,
  );
} finally {
  zoom.kill();
}
