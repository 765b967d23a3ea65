import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STREAM_NAMES } from '../../shared/model/stream.ts';
import { FolderStore } from '../../shared/local/folder-store.ts';
import { DEFAULT_ACCOUNT, generateCompany, type Simulator, startSimulator } from '../../simulator/index.ts';
import { environmentFor, type Finished, zoomLogSource } from '../support/command.ts';
import { expectDeliveredExactlyOnce } from '../support/expect-delivered.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FROM = '2026-11-16';
const TO = '2026-11-18';
const KILLS = 10;
const MAX_ROUNDS = 40;

/** Two fixed seeds and a random one. The seed is in the name of the test. */
const SEEDS = [1, 2, fc.sample(fc.integer({ min: 4, max: 1_000_000 }), 1)[0] ?? 4];

const zooms: Simulator[] = [];
afterAll(() => Promise.all(zooms.map((zoom) => zoom.close())));

/** A simulator with faults of all kinds in 15 % of requests, rows inserted during listings, and 15 % twins. */
const startHostileZoom = async (seed: number): Promise<Simulator> => {
  const zoom = await startSimulator({
    seed,
    now: '2026-11-20T12:00:00Z',
    paging: 'live',
    insertsPerRequest: 0.2,
    insertsLimit: 60,
    faults: ['all=0.15'],
    slowMs: 100,
    dailyRetryAfterMs: 500,
  });
  zoom.addRows(
    generateCompany({ seed, from: FROM, to: TO, rowsPerDay: 1500, twinShare: 0.15, burstShare: 0.2 }),
  );
  zooms.push(zoom);
  return zoom;
};

const collectInto = (out: string, zoom: Simulator, killAfterMs?: number): Promise<Finished> =>
  zoomLogSource(
    ['collect', '--from', FROM, '--to', TO, '--out', out, '--now', zoom.clock.now().toISOString()],
    {
      environment: environmentFor(zoom),
      ...(killAfterMs !== undefined && { killAfterMs }),
    },
  );

const expectAllDelivered = async (out: string, zoom: Simulator): Promise<void> => {
  const store = await FolderStore.openExisting(out);
  for (const stream of STREAM_NAMES) {
    await expectDeliveredExactlyOnce(store, 'zoom', stream, zoom.rows({ stream, all: true }));
  }
};

/** A token of the simulator's, as of Zoom's: three long parts of base64url. */
const TOKEN = /eyJ[\w-]{20,}\.[\w-]{20,}\./;

const expectNoSecretIn = (out: string, runs: readonly Finished[]): void => {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const written = files.map((file) => {
    const bytes = readFileSync(join(file.parentPath, file.name));
    return (file.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  });
  const { clientId, clientSecret } = DEFAULT_ACCOUNT;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  for (const text of [...written, ...runs.flatMap(({ stdout, stderr }) => [stdout, stderr])]) {
    for (const secret of [clientSecret, basic, 'Bearer ']) expect(text.includes(secret)).toBe(false);
    expect(TOKEN.test(text)).toBe(false);
  }
};

/** Repeats a round of runs until all is delivered, and no row was inserted after a listing had passed its place. */
const runToTheEnd = async (zoom: Simulator, round: () => Promise<Finished[]>): Promise<Finished[]> => {
  const runs: Finished[] = [];
  for (let rounds = 0; rounds < MAX_ROUNDS; rounds += 1) {
    const rowsBefore = zoom.rows({ all: true }).length;
    const finished = await round();
    runs.push(...finished);
    const complete = finished.every(({ code }) => code === 0);
    if (complete && zoom.rows({ all: true }).length === rowsBefore) return runs;
  }
  throw new Error(`Not complete after ${MAX_ROUNDS} rounds; the last run said: ${runs.at(-1)?.stdout ?? ''}`);
};

/** A test mostly waits, so the tests run in parallel. */
describe('collecting from a faulty Zoom', () => {
  it.concurrent.each(SEEDS)(
    'delivers every row once despite ten kills and every fault (seed %i)',
    async (seed) => {
      const zoom = await startHostileZoom(seed);
      const out = join(temporaryFolder(), 'out');
      const moments = fc.sample(fc.integer({ min: 100, max: 2000 }), { seed, numRuns: KILLS });

      const killed: Finished[] = [];
      for (const moment of moments) killed.push(await collectInto(out, zoom, moment));
      const finished = await runToTheEnd(zoom, async () => [await collectInto(out, zoom)]);

      expect(killed.filter(({ code }) => code === null).length).toBeGreaterThan(0);
      await expectAllDelivered(out, zoom);
      expectNoSecretIn(out, [...killed, ...finished]);
    },
    240_000,
  );

  it.concurrent(
    'delivers every row once into a folder that three collectors write in parallel',
    async () => {
      const zoom = await startHostileZoom(77);
      const out = join(temporaryFolder(), 'out');

      await runToTheEnd(zoom, () => Promise.all([1, 2, 3].map(() => collectInto(out, zoom))));

      await expectAllDelivered(out, zoom);
    },
    240_000,
  );
});
