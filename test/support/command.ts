import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
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
  /** Its standard input. */
  readonly input?: string;
  /** Milliseconds after which it is killed with SIGKILL if it still runs. */
  readonly killAfterMs?: number;
}

/** Runs the command line in a separate process, with only the given environment. */
export const zoomLogSource = (
  args: readonly string[],
  { environment = {}, cwd, input, killAfterMs }: CommandOptions = {},
): Promise<Finished> => {
  const child = spawn(BIN, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(input);
  return finished(child, killAfterMs);
};

const finished = (child: ChildProcess, killAfterMs?: number): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const output = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const timer =
      // eslint-disable-next-line no-restricted-globals -- kills a separate process
      killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...output });
    });
  });

/** Runs a line of bash, with `zoom-log-source` on the path, for shell features such as pipes. */
export const inShell = (
  line: string,
  { environment = {}, cwd }: Pick<CommandOptions, 'environment' | 'cwd'> = {},
): Promise<Finished> =>
  finished(
    spawn('bash', ['--norc', '-c', line], {
      cwd,
      env: { PATH: `${dirname(BIN)}:${process.env['PATH'] ?? ''}`, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );

/** Runs the command line at a terminal of a given width (a pseudo-terminal, by `script` of util-linux). */
export const atTerminal = async (
  columns: number,
  line: string,
  options: Pick<CommandOptions, 'environment' | 'cwd'> = {},
): Promise<Finished> => {
  const inside = `stty cols ${columns} rows 40; ${line}`;
  const { stdout, ...rest } = await inShell(`script -qec ${JSON.stringify(inside)} /dev/null`, options);
  return { ...rest, stdout: stdout.replaceAll('\r\n', '\n') };
};

/** The environment that points a command at a simulator, fast enough for tests. */
export const environmentFor = (simulator: Simulator): Record<string, string> => ({
  ...clientEnvironment(simulator),
  ZOOM_REQUESTS_PER_SECOND: '500',
  ZOOM_TIMEOUT_SECONDS: '5',
});
