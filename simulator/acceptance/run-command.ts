import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';

/** The command that starts a collector: a program and its arguments, run without a shell. */
export type CollectorCommand = readonly [program: string, ...args: string[]];

/** How a run ended: by itself with a code, by a signal, or because it took too long or wrote too much. */
export type RunEnd =
  | { readonly how: 'exited'; readonly code: number }
  | { readonly how: 'signalled'; readonly signal: string }
  | { readonly how: 'too-long' }
  | { readonly how: 'too-much' };

/** The command could not be started. The message names the program without its arguments. */
export class NotStartedError extends Error {
  override get name(): string {
    return 'NotStartedError';
  }
}

export interface RunOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Files for its output. */
  readonly stdout: string;
  readonly stderr: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** The limit of a run's output per stream, and the interval of the check. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
const LOOK_EVERY_MS = 500;

/**
 * Runs a command once and waits for it. It leads its own process group. Remaining processes of the group are killed when it ends,
 * so that nothing runs while the clock moves. It prints directly into files, so that no output is lost if it dies.
 * Throws NotStartedError, or the signal's reason once it aborts.
 */
export const runCommand = async (
  [program, ...args]: CollectorCommand,
  { environment, stdout, stderr, timeoutMs, signal }: RunOptions,
): Promise<RunEnd> => {
  signal.throwIfAborted();
  const files = [openSync(stdout, 'w'), openSync(stderr, 'w')];
  const child = spawn(program, args, { env: environment, stdio: ['ignore', ...files], detached: true });
  let stopped: RunEnd | undefined;
  const stop = (why?: RunEnd): void => {
    stopped ??= why;
    if (child.pid !== undefined) killGroup(child.pid);
  };
  const timer = setTimeout(() => stop({ how: 'too-long' }), timeoutMs);
  const watch = setInterval(() => {
    if (files.some((file) => fstatSync(file).size > MAX_OUTPUT_BYTES)) stop({ how: 'too-much' });
  }, LOOK_EVERY_MS);
  const abort = (): void => stop();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const end = await new Promise<RunEnd>((resolve, reject) => {
      child.once('error', (cause) => reject(notStarted(program, cause)));
      child.once('exit', (code, by) =>
        resolve(code === null ? { how: 'signalled', signal: by ?? 'unknown' } : { how: 'exited', code }),
      );
    });
    signal.throwIfAborted();
    return stopped ?? end;
  } finally {
    stop(); // and whatever it left behind
    clearTimeout(timer);
    clearInterval(watch);
    signal.removeEventListener('abort', abort);
    files.forEach(closeSync);
  }
};

/** A group that has ended needs no kill. */
const killGroup = (leader: number): void => {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ESRCH', 'EPERM'].includes(code)) throw error; // EPERM: macOS, of one that is dead and not yet reaped
  }
};

const notStarted = (program: string, cause: Error): NotStartedError => {
  const { code } = cause as NodeJS.ErrnoException;
  const problem =
    code === 'ENOENT' ? 'the program does not exist' : `the system reports ${code ?? 'no code'}`;
  return new NotStartedError(`The command "${program}" can't be started: ${problem}.`, { cause });
};
