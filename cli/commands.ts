import type { Command } from 'commander';
import type { Prompt } from './prompt.ts';
import type { ExitCode, CliContext } from './context.ts';

/** Makes a command with its arguments and options. Most need less than all that is offered. */
type CreateCommand = (
  context: CliContext,
  exit: (code: ExitCode) => void,
  prompt: Prompt | undefined,
) => Command;

interface CommandEntry {
  /** What the list of commands says of it. The command's own help says more. */
  readonly summary: string;
  /** Loads the command's module. */
  readonly load: () => Promise<CreateCommand>;
}

/** Every command, in the order of the list. Only the one that is called is loaded: this file imports none. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  collect: {
    summary: 'Collect all events in a date range. Safe to re-run.',
    load: async () => (await import('./collect.ts')).collectCommand,
  },
  poll: {
    summary: 'Run one scheduled poll.',
    load: async () => (await import('./poll.ts')).pollCommand,
  },
  status: {
    summary: 'Show the health and completeness of each stream.',
    load: async () => (await import('./status.ts')).statusCommand,
  },
  show: {
    summary: 'Print recent events.',
    load: async () => (await import('./show.ts')).showCommand,
  },
  query: {
    summary: 'Run a SQL query or a built-in query over the events.',
    load: async () => (await import('./query.ts')).queryCommand,
  },
  detect: {
    summary: 'Run all detections over the events and print what fired.',
    load: async () => (await import('./detect.ts')).detectCommand,
  },
  verify: {
    summary: 'Recompute everything from the stored objects and list every difference.',
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  replay: {
    summary: 'Re-normalize stored days into a new version, without calling Zoom.',
    load: async () => (await import('./replay.ts')).replayCommand,
  },
  compact: {
    summary: 'Write closed days as Parquet files beside the delivered events.',
    load: async () => (await import('./compact.ts')).compactCommand,
  },
  alarm: {
    summary: 'List, test, mute and unmute the alarms of a deployment.',
    load: async () => (await import('./alarm.ts')).alarmCommand,
  },
  connect: {
    summary: 'Connect a deployed source to its Zoom account.',
    load: async () => (await import('./connect.ts')).connectCommand,
  },
  disconnect: {
    summary: 'Revoke the grant of a deployed source and delete its credentials.',
    load: async () => (await import('./disconnect.ts')).disconnectCommand,
  },
  demo: {
    summary: 'Collect from a simulated Zoom into ./demo. No account needed.',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  simulator: {
    summary: 'Run a simulated Zoom over HTTP.',
    load: async () => (await import('./simulator.ts')).simulatorCommand,
  },
  acceptance: {
    summary: 'Test any collector against a simulated Zoom.',
    load: async () => (await import('./acceptance.ts')).acceptanceCommand,
  },
};
