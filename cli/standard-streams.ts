import { safeOutput } from './text.ts';

/** The shell's exit status after SIGPIPE (128 + 13): the reader closed the pipe. */
const CLOSED_PIPE_STATUS = 141;

/** Thrown to a command that prints after its output was closed, so that it ends and cleans up. */
class ClosedOutputError extends Error {}

/** The output and input of a command. */
export interface StandardStreams {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly readInput: () => Promise<string>;
}

/** The width of a terminal that does not report one. */
const DEFAULT_COLUMNS = 80;

/** The current width of a stream; undefined for a file or a pipe, which take any width. */
export const columnsOf = ({
  isTTY,
  columns,
}: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): number | undefined =>
  isTTY ? columns || DEFAULT_COLUMNS : undefined;

/** Wraps the lines of a text to a number of columns; undefined: no wrapping. */
export type FitProse = (text: string, columns: number | undefined) => string;

type StandardProcess = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'on'> & {
  exitCode?: number | string | null | undefined;
};

/**
 * The standard streams of a process. A closed pipe (`| head`) stops the command without a message, with the usual exit status. Any
 * other write failure (a full disk) stops it with a message.
 */
export const openStandardStreams = (
  process: StandardProcess,
  stop: AbortController,
  fit: FitProse = (text) => text,
): StandardStreams => {
  const { stdin, stdout, stderr } = process;
  let failure: NodeJS.ErrnoException | undefined;
  const failed = (error: NodeJS.ErrnoException): void => {
    if (failure) return;
    failure = error;
    stop.abort();
    if (error.code !== 'EPIPE') stderr.write(`The output could not be written: ${error.message}\n`);
  };
  stdout.on('error', failed);
  stderr.on('error', failed);
  process.on('exit', () => {
    if (failure) process.exitCode = failure.code === 'EPIPE' ? CLOSED_PIPE_STATUS : 1;
  });
  return {
    stdout: (text) => {
      if (failure) throw new ClosedOutputError();
      stdout.write(safeOutput(text));
    },
    // After the output was closed, no message is wanted.
    stderr: (text) => {
      if (!failure) stderr.write(safeOutput(fit(text, columnsOf(stderr))));
    },
    readInput: async () => {
      const end = (): void => void stdin.destroy();
      stop.signal.addEventListener('abort', end, { once: true });
      let text = '';
      for await (const chunk of stdin.setEncoding('utf8')) text += String(chunk);
      stop.signal.throwIfAborted();
      return text;
    },
  };
};
