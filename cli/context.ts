import type { Clock } from '../shared/collect/ports.ts';
import type { Proxies } from '../shared/model/proxies.ts';
import type { Environment } from '../shared/runtime/environment.ts';

/** The world of one call of the command line, handed in by main.ts. */
export interface CliContext {
  readonly environment: Environment;
  /** On the way to Zoom and AWS, as the environment names them; undefined if there are none. */
  readonly proxies: Proxies | undefined;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Who calls, as the operating system has it. */
  readonly operator: string;
  /** What the call is asked for: tables, JSON. */
  readonly stdout: (text: string) => void;
  /** What accompanies it: progress, warnings. */
  readonly stderr: (text: string) => void;
  /** Whether a person watches. */
  readonly stderrIsTty: boolean;
  /** Columns of the terminal that `err` writes to, as wide as it is now; undefined if it is none. */
  readonly stderrColumns: () => number | undefined;
  /** Whether `out` is a terminal, which can be cleared and has colours. */
  readonly stdoutIsTty: boolean;
  /** How many columns `out` has; undefined if it is no terminal: a file or a pipe takes any width. */
  readonly columns: number | undefined;
  /** Reads the standard input to its end, as text. */
  readonly readInput: () => Promise<string>;
  /** Aborts when the person presses Ctrl-C. */
  readonly signal: AbortSignal;
}

/** How a command ended: 0 all that was asked for is delivered, 1 something is missing, 2 the call was wrong. */
export type ExitCode = 0 | 1 | 2;
