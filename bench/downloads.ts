import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { addDays, dayOf } from '../shared/model/day.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { clientEnvironment, type Simulator, startSimulator } from '../simulator/index.ts';
import { startCollector } from '../test/content/collector-process.ts';

/**
 * `npm run bench:downloads`: the speed of files. A large file against `curl | sha256sum` from the same simulated Zoom in the same
 * run, and many small files with a latency of 150 ms for each request, four at a time.
 */
const LARGE_BYTES = 2 * 1024 ** 3;
const SMALL_FILES = 200;
const SMALL_BYTES = 20_000;
const LATENCY_MS = 150;
const ROUNDS = 3;

const DAY = addDays(dayOf(systemClock.now()), -5);
const HOST = { id: 'host', email: 'host@example.com', firstName: 'Ada', lastName: 'Host' };

const withFolder = async <T>(work: (out: string) => Promise<T>): Promise<T> => {
  const out = await mkdtemp(join(tmpdir(), 'bench-downloads-'));
  try {
    return await work(out);
  } finally {
    await rm(out, { recursive: true });
  }
};

const startZoom = (files: number, bytes: number, latencyMs = 0): Promise<Simulator> =>
  startSimulator({
    slowMs: latencyMs,
    faults: latencyMs === 0 ? [] : ['slow-answer@download=1', 'slow-answer@file-host=1'],
    accounts: [
      {
        content: {
          people: [HOST],
          meetings: Array.from({ length: Math.ceil(files / 10) }, (_, meeting) => ({
            hostId: HOST.id,
            topic: `Meeting ${meeting}`,
            start: `${DAY}T09:00:00Z`,
            minutes: 30,
            files: Array.from({ length: Math.min(10, files - meeting * 10) }, (_file, index) => ({
              id: `file-${meeting}-${index}`,
              fileType: 'MP4',
              bytes,
              seed: meeting * 10 + index,
            })),
          })),
        },
      },
    ],
  });

/** Seconds, and the seconds of CPU that the simulated Zoom needed meanwhile. */
interface Measured {
  readonly seconds: number;
  readonly serverCpu: number;
}

const measured = async (work: () => Promise<number>): Promise<Measured> => {
  const before = process.cpuUsage();
  const seconds = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds, serverCpu: (user + system) / 1e6 };
};

const collect = (simulator: Simulator): Promise<Measured> =>
  withFolder((out) =>
    measured(async () => {
      const { code, end } = await startCollector(simulator, { out, from: DAY, to: DAY }).ended;
      if (code !== 0 || !end) throw new Error(`The collector ended with ${code}.`);
      return end.seconds;
    }),
  );

/** The same file by `curl | sha256sum`, which keeps nothing. */
const curl = async (simulator: Simulator): Promise<Measured> => {
  const environment = clientEnvironment(simulator);
  const token = await tokenOf(simulator, environment);
  const url = await downloadUrl(simulator, token);
  return measured(async () => {
    const startedAt = performance.now();
    const child = spawn(
      'sh',
      ['-c', 'curl -sfL --location-trusted -H "Authorization: Bearer $TOKEN" "$URL" | sha256sum'],
      {
        env: { ...process.env, TOKEN: token, URL: url },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await text(child.stdout);
    return (performance.now() - startedAt) / 1000;
  });
};

const tokenOf = async (
  simulator: Simulator,
  environment: Readonly<Record<string, string>>,
): Promise<string> => {
  const {
    ZOOM_CLIENT_ID: id = '',
    ZOOM_CLIENT_SECRET: secret = '',
    ZOOM_ACCOUNT_ID: account = '',
  } = environment;
  const response = await fetch(`${simulator.oauthUrl}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'account_credentials', account_id: account }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
};

const downloadUrl = async (simulator: Simulator, token: string): Promise<string> => {
  const response = await fetch(`${simulator.apiUrl}/users/${HOST.id}/recordings?from=${DAY}&to=${DAY}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const body = (await response.json()) as { meetings: { recording_files: { download_url: string }[] }[] };
  return body.meetings[0]?.recording_files[0]?.download_url ?? '';
};

const least = (results: readonly Measured[]): Measured =>
  results.reduce((best, result) => (result.seconds < best.seconds ? result : best));

const large = await startZoom(1, LARGE_BYTES);
const [ours, theirs]: [Measured[], Measured[]] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  theirs.push(await curl(large));
  ours.push(await collect(large));
}
await large.close();
const mibPerSecond = ({ seconds }: Measured): number => LARGE_BYTES / 1024 ** 2 / seconds;
const [we, they] = [least(ours), least(theirs)];

const small = await startZoom(SMALL_FILES, SMALL_BYTES, LATENCY_MS);
const many = await collect(small);
await small.close();

process.stdout.write(
  [
    `A file of ${LARGE_BYTES / 1024 ** 3} GiB, the best of ${ROUNDS}:`,
    `  curl | sha256sum     ${mibPerSecond(they).toFixed(0)} MiB/s   (Zoom's CPU: ${they.serverCpu.toFixed(1)} s of ${they.seconds.toFixed(1)} s)`,
    `  collect --content    ${mibPerSecond(we).toFixed(0)} MiB/s   (Zoom's CPU: ${we.serverCpu.toFixed(1)} s of ${we.seconds.toFixed(1)} s)`,
    `  ratio                ${(they.seconds / we.seconds).toFixed(2)}`,
    `${SMALL_FILES} files of ${SMALL_BYTES / 1000} KB, each of two requests taking ${LATENCY_MS} ms, four at a time:`,
    `  ${(SMALL_FILES / many.seconds).toFixed(1)} files a second`,
    '',
  ].join('\n'),
);
