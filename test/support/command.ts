import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { clientEnvironment, type Simulator } from '../../simulator/index.ts';

const BIN = join(import.meta.dirname, '../../bin/zoom-log-source');

export interface Finished {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Killed with SIGKILL after so many milliseconds, should it still run. */
  readonly killAfterMs?: number;
}

/** Runs the command line as a person does, in a process of its own, with no environment but the one given. */
export const zoomLogSource = (
  args: readonly string[],
  { environment = {}, cwd, killAfterMs }: CommandOptions = {},
): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(BIN, args, {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const timer =
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...output });
    });
  });

/** The environment that points a command at a simulator, fast enough for tests. */
export const environmentFor = (simulator: Simulator): Record<string, string> => ({
  ...clientEnvironment(simulator),
  ZOOM_REQUESTS_PER_SECOND: '500',
  ZOOM_TIMEOUT_SECONDS: '5',
});
