import type { Clock } from '../shared/collect/ports.ts';
import type { Environment } from '../shared/runtime/environment.ts';

/** The world of one call of the command line, handed in by main.ts. */
export interface Surroundings {
  readonly environment: Environment;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Who calls, as the operating system has it. */
  readonly operator: string;
  /** What the call is asked for: tables, JSON. */
  readonly out: (text: string) => void;
  /** What accompanies it: progress, warnings. */
  readonly err: (text: string) => void;
  /** Whether a person watches. */
  readonly watched: boolean;
  /** Columns of the terminal that `err` writes to, as wide as it is now; undefined if it is none. */
  readonly columns: () => number | undefined;
  /** Whether `out` is a terminal, which can be cleared and has colours. */
  readonly terminal: boolean;
  /** Aborts when the person presses Ctrl-C. */
  readonly signal: AbortSignal;
}

/** How a command ended: 0 all that was asked for is delivered, 1 something is missing, 2 the call was wrong. */
export type ExitCode = 0 | 1 | 2;
