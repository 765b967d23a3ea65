import { safeOutput } from './text.ts';

/** What a shell says of a process that SIGPIPE ended (128 + 13): the reader of a pipe has seen enough. */
const CLOSED_PIPE_STATUS = 141;

/** Thrown to a command that goes on printing after its output was closed, so that it ends and cleans up. */
class ClosedOutputError extends Error {}

/** Where a command prints, and what it reads. */
export interface StandardStreams {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly readInput: () => Promise<string>;
}

/** Of a terminal that does not say how wide it is. */
const DEFAULT_COLUMNS = 80;

/** How wide a stream is, now; undefined if it is no terminal: a file or a pipe takes any width. */
export const columnsOf = ({
  isTTY,
  columns,
}: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>): number | undefined =>
  isTTY ? columns || DEFAULT_COLUMNS : undefined;

/** Folds the lines of a text that are wider than so many columns; undefined: none is. */
export type FitProse = (text: string, columns: number | undefined) => string;

type StandardProcess = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'on'> & {
  exitCode?: number | string | null | undefined;
};

/**
 * The standard streams of a process. A reader that goes away (`| head`) stops the work, quietly, with the exit status that shells
 * know for it; an output that can't be written for another reason (a full disk) stops it with a message.
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
    // Whoever closed the output does not want to hear that the work was stopped.
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
