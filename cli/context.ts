import type { Clock } from '../shared/collect/ports.ts';
import type { Proxies } from '../shared/model/proxies.ts';
import type { Environment } from '../shared/runtime/environment.ts';

/** The environment of one call of the command line, created by main.ts. */
export interface CliContext {
  /** The version of this program. */
  readonly version: string;
  readonly environment: Environment;
  /** The proxies for Zoom and AWS from the environment; undefined if there are none. */
  readonly proxies: Proxies | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** The user name of the caller in the operating system. */
  readonly operator: string;
  /** Prints the result: tables, JSON. */
  readonly stdout: (text: string) => void;
  /** Prints progress and warnings. */
  readonly stderr: (text: string) => void;
  /** Whether stderr is a terminal. */
  readonly stderrIsTty: boolean;
  /** The current columns of the terminal of stderr; undefined if it is not a terminal. */
  readonly stderrColumns: () => number | undefined;
  /** Whether stdout is a terminal, which can be cleared and has colours. */
  readonly stdoutIsTty: boolean;
  /** The columns of the terminal of stdout; undefined for a file or a pipe, which take any width. */
  readonly columns: number | undefined;
  /** Reads the standard input to its end, as text. */
  readonly readInput: () => Promise<string>;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The result of a command: 0 success, 1 something is missing or wrong, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;
