import { userInfo } from 'node:os';
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { ConfigurationError, CorruptObjectError } from '../shared/errors.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { acceptanceCommand } from './acceptance.ts';
import { alarmCommand } from './alarm.ts';
import { askAt } from './ask.ts';
import { collectCommand } from './collect.ts';
import { compactCommand } from './compact.ts';
import { connectCommand } from './connect.ts';
import { demoCommand } from './demo.ts';
import { disconnectCommand } from './disconnect.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { pollCommand } from './poll.ts';
import { queryCommand } from './query.ts';
import { replayCommand } from './replay.ts';
import { showCommand } from './show.ts';
import { simulatorCommand } from './simulator.ts';
import { statusCommand } from './status.ts';
import type { ExitCode, Surroundings } from './surroundings.ts';
import { printable } from './text.ts';
import { resolveTimes } from './times.ts';
import { verifyCommand } from './verify.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

/** Whoever has no name to the operating system (a container's number, mostly) has none to us. */
const operatorName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
};

const surroundings: Surroundings = {
  // eslint-disable-next-line no-restricted-properties -- the entry point hands it on
  environment: process.env,
  clock: systemClock,
  // eslint-disable-next-line no-restricted-properties -- the entry point hands it on
  random: Math.random,
  operator: operatorName(),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  watched: process.stderr.isTTY,
  columns: () => (process.stderr.isTTY ? process.stderr.columns : undefined),
  terminal: process.stdout.isTTY,
  signal: interrupted.signal,
};
const ask = askAt({ input: process.stdin, output: process.stderr, signal: interrupted.signal });
const exit = (code: ExitCode): void => {
  process.exitCode = code;
};

const program = new Command('zoom-log-source')
  .description("Brings a company's Zoom audit logs into its own storage: every event once, none missing.")
  .version(packageJson.version)
  .showHelpAfterError('Run it with --help for what it takes.');
const commands = [
  collectCommand(surroundings, exit, ask),
  pollCommand(surroundings, exit),
  statusCommand(surroundings, exit),
  showCommand(surroundings, exit),
  queryCommand(surroundings, exit),
  verifyCommand(surroundings, exit),
  replayCommand(surroundings, exit),
  compactCommand(surroundings, exit),
  alarmCommand(surroundings, exit),
  connectCommand(surroundings, exit, ask),
  disconnectCommand(surroundings, exit),
  demoCommand(surroundings, exit),
  simulatorCommand(),
  acceptanceCommand(surroundings, exit),
];
for (const command of [program, ...commands]) command.exitOverride();
for (const command of commands) {
  program.addCommand(command.copyInheritedSettings(program));
  for (const part of command.commands) part.copyInheritedSettings(command);
}

program.hook('preAction', (_, command) => resolveTimes(command, surroundings.clock.now()));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    exit(error.exitCode === 0 ? 0 : 2); // commander has said what is wrong
  } else if (error instanceof ConfigurationError) {
    surroundings.err(`${printable(error.message)}\n`);
    exit(exitCodeOf(error));
  } else if (error instanceof CorruptObjectError) {
    surroundings.err(`${printable(error.message)}\n`);
    exit(1);
  } else {
    surroundings.err(`zoom-log-source failed unexpectedly: ${printable(String(error))}\n`);
    exit(1);
  }
}
