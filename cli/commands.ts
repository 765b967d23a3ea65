import type { Command } from 'commander';
import type { Prompt } from './prompt.ts';
import type { ExitCode, CliContext } from './context.ts';

/** Creates a command with its arguments and options. Most use only some of the parameters. */
type CreateCommand = (
  context: CliContext,
  exit: (code: ExitCode) => void,
  prompt: Prompt | undefined,
) => Command;

/** The exit codes of a command with their meanings. */
export type ExitCodes = Readonly<Partial<Record<ExitCode, string>>>;

interface CommandEntry {
  /** Its description in the list of commands. */
  readonly summary: string;
  readonly exitCodes: ExitCodes;
  /** Exit codes of subcommands that differ from those of the command. */
  readonly subcommandExitCodes?: Readonly<Record<string, ExitCodes>>;
  /** Loads the command's module. */
  readonly load: () => Promise<CreateCommand>;
}

const WRONG_CALL = 'The command line or the configuration is wrong.';

/** The exit codes of a command or subcommand, as the last part of its help. */
export const exitCodesToText = (exitCodes: ExitCodes): string =>
  ['', 'Exit codes:', ...Object.entries(exitCodes).map(([code, meaning]) => `  ${code}  ${meaning}`)].join(
    '\n',
  );

/** The exit codes of a command, or of one of its subcommands. */
export const exitCodesOf = (
  { exitCodes, subcommandExitCodes }: Pick<CommandEntry, 'exitCodes' | 'subcommandExitCodes'>,
  subcommand: string,
): ExitCodes => subcommandExitCodes?.[subcommand] ?? exitCodes;

/** All commands, in the order of the list. This file imports none of them: only the called one is loaded. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  collect: {
    summary: 'Collect all events, or content, in a date range. Safe to re-run.',
    exitCodes: {
      0: 'All events are delivered, or all content is held or explained.',
      1: 'Something is missing or unreadable; the output names it.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./collect.ts')).collectCommand,
  },
  poll: {
    summary: 'Run one scheduled poll.',
    exitCodes: {
      0: 'All due events are delivered.',
      1: 'Something is missing or unreadable; the output names it.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./poll.ts')).pollCommand,
  },
  status: {
    summary: 'Show the health and completeness of each stream.',
    exitCodes: {
      0: 'All streams are healthy.',
      1: 'A stream is unhealthy, an alarm is on, or the last run failed.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./status.ts')).statusCommand,
  },
  show: {
    summary: 'Print recent events.',
    exitCodes: {
      0: 'The events are printed.',
      1: 'A stored object is damaged, or every run failed.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./show.ts')).showCommand,
  },
  content: {
    summary: 'List, show, copy and search the content that was collected.',
    exitCodes: {
      0: 'The content is listed or shown.',
      1: 'A stored object is damaged.',
      2: WRONG_CALL,
    },
    subcommandExitCodes: {
      get: {
        0: 'Every selected file that is held is in the folder.',
        1: 'A file is not held or damaged, or no file matches.',
        2: WRONG_CALL,
      },
    },
    load: async () => (await import('./content.ts')).contentCommand,
  },
  export: {
    summary: 'Export content that is held as a bag, as RSMF or as a load file, with a certificate.',
    exitCodes: {
      0: 'Everything that is selected is exported.',
      1: 'Something that is selected is not held (the output names it), or the command was stopped.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./export.ts')).exportCommand,
  },
  mirror: {
    summary: 'Show what a mirror hides next, and release its brake.',
    exitCodes: {
      0: 'The plan is shown, or the brake is released.',
      1: 'The brake is on, or the release was not confirmed.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./mirror.ts')).mirrorCommand,
  },
  hold: {
    summary: 'Add, list and release holds, which keep content in view.',
    exitCodes: {
      0: 'Done.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./hold.ts')).holdCommand,
  },
  query: {
    summary: 'Run a SQL query or a built-in query over the events.',
    exitCodes: {
      0: 'The query ran.',
      1: 'A stored object is damaged, or every run failed.',
      2: 'The query, the command line or the configuration is wrong.',
    },
    load: async () => (await import('./query.ts')).queryCommand,
  },
  detect: {
    summary: 'Run all detections over the events and print the findings.',
    exitCodes: {
      0: 'The detections ran.',
      1: 'Findings (with --fail), events without a flat object, or only failed runs.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./detect.ts')).detectCommand,
  },
  report: {
    summary: 'Write a security report of a period as one HTML page.',
    exitCodes: {
      0: 'The page is written.',
      1: 'A stored object is damaged, events have no flat object, or every run failed.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./report-html.ts')).reportCommand,
  },
  verify: {
    summary: 'Recompute everything from the stored objects and list every difference.',
    exitCodes: {
      0: 'There are no differences.',
      1: 'There is a difference (listed in the output), or every run failed.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./verify.ts')).verifyCommand,
  },
  replay: {
    summary: 'Re-normalize stored days into a new version, without calling Zoom.',
    exitCodes: {
      0: 'The days are re-normalized.',
      1: 'A stored object is damaged, or every run failed.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./replay.ts')).replayCommand,
  },
  compact: {
    summary: 'Write closed days as Parquet files beside the delivered events.',
    exitCodes: {
      0: 'All closed days are compacted.',
      1: 'A day is not compacted, the command was stopped, or every run failed.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./compact.ts')).compactCommand,
  },
  alarm: {
    summary: 'List, test, mute and unmute the alarms of a deployment.',
    exitCodes: {
      0: 'Done.',
      2: WRONG_CALL,
    },
    subcommandExitCodes: {
      test: {
        0: 'The test was sent.',
        1: 'The test was not sent: the alarm is on, muted or switched off.',
        2: WRONG_CALL,
      },
    },
    load: async () => (await import('./alarm.ts')).alarmCommand,
  },
  connect: {
    summary: 'Connect a deployed source to its Zoom account.',
    exitCodes: {
      0: 'The source is connected and all its streams are readable.',
      1: 'The source is not connected, or a stream is not readable.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./connect.ts')).connectCommand,
  },
  disconnect: {
    summary: 'Revoke the grant of a deployed source and delete its credentials.',
    exitCodes: {
      0: 'The source is disconnected.',
      1: 'The grant could not be revoked, or the command was cancelled.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./disconnect.ts')).disconnectCommand,
  },
  demo: {
    summary: 'Collect from a simulated Zoom into ./demo. No account needed.',
    exitCodes: {
      0: 'All rows of the simulated Zoom are delivered.',
      1: 'Rows are missing or repeated.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  simulator: {
    summary: 'Run a simulated Zoom over HTTP.',
    exitCodes: {
      0: 'Stopped by a signal.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./simulator.ts')).simulatorCommand,
  },
  acceptance: {
    summary: 'Test any collector against a simulated Zoom.',
    exitCodes: {
      0: 'All scenarios passed.',
      1: 'A scenario failed, or the command was stopped.',
      2: WRONG_CALL,
    },
    load: async () => (await import('./acceptance.ts')).acceptanceCommand,
  },
};
