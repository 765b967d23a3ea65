import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Simulator } from '../../simulator/simulator.ts';
import type { CollectingEnd } from './collecting-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** As bin/zoom-log-source runs it. */
const SMALL_YOUNG_GENERATION = '--max-semi-space-size=4';

/** A running collector of content. */
export interface CollectorProcess {
  /** What it printed at its end; undefined if it was killed. */
  readonly ended: Promise<{ readonly code: number | null; readonly end: CollectingEnd | undefined }>;
  kill(): void;
}

/** Starts a collector of content from a simulated Zoom into a folder. */
export const startCollector = (
  simulator: Pick<Simulator, 'apiUrl' | 'oauthUrl'>,
  { out, from, to }: { readonly out: string; readonly from: string; readonly to: string },
): CollectorProcess => {
  const child = spawn(
    join(ROOT, 'bin', 'node'),
    [SMALL_YOUNG_GENERATION, join(import.meta.dirname, 'collecting-process.ts')],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        OUT: out,
        FROM: from,
        TO: to,
        ZOOM_ACCOUNT_ID: 'Sim-Account-000000000001',
        ZOOM_CLIENT_ID: 'sim-client-id',
        ZOOM_CLIENT_SECRET: 'sim-client-secret',
        ZOOM_API_URL: simulator.apiUrl,
        ZOOM_OAUTH_URL: simulator.oauthUrl,
        ZOOM_REQUESTS_PER_SECOND: '1000',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true, // so that a kill reaches the launcher's child, too
    },
  );
  const output = text(child.stdout);
  return {
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('exit', (code) => {
        output.then(
          (printed) =>
            resolve({ code, end: printed === '' ? undefined : (JSON.parse(printed) as CollectingEnd) }),
          reject,
        );
      });
    }),
    kill: () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    },
  };
};
