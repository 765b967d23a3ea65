import { userInfo } from 'node:os';
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { ConfigurationError, CorruptObjectError } from '../shared/errors.ts';
import { proxiesFrom } from '../shared/model/proxies.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { createPrompt } from './prompt.ts';
import { COMMANDS, exitCodesOf, exitCodesToText } from './commands.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { columnsOf, type FitProse, openStandardStreams } from './standard-streams.ts';
import type { ExitCode, CliContext } from './context.ts';
import { printable } from './text.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

/** A user without a name in the operating system, such as a numeric id in a container, is `unknown`. */
const operatorName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
};

/** Text is wrapped for a terminal only. */
const fit: FitProse =
  process.stdout.isTTY || process.stderr.isTTY
    ? (await import('./output/prose.ts')).fitProse
    : (text) => text;

const context: CliContext = {
  version: packageJson.version,
  // eslint-disable-next-line no-restricted-properties -- the entry point hands it on
  environment: process.env,
  // Read lazily: a wrong address must not stop calls that do not connect.
  get proxies() {
    return proxiesFrom(this.environment);
  },
  clock: systemClock,
  // eslint-disable-next-line no-restricted-properties -- the entry point hands it on
  random: Math.random,
  operator: operatorName(),
  ...openStandardStreams(process, interrupted, fit),
  stderrIsTty: process.stderr.isTTY,
  stderrColumns: () => (process.stderr.isTTY ? process.stderr.columns : undefined),
  stdoutIsTty: process.stdout.isTTY,
  get columns() {
    return columnsOf(process.stdout);
  },
  signal: interrupted.signal,
};
const prompt = createPrompt({ input: process.stdin, output: process.stderr, signal: interrupted.signal });
const exit = (code: ExitCode): void => {
  process.exitCode = code;
};

const program = new Command('zoom-log-source')
  .description("Collect a company's Zoom audit logs into your own storage: every event once, none missing.")
  .version(packageJson.version)
  .configureOutput({
    writeOut: (text) => context.stdout(fit(text, context.columns)),
    writeErr: context.stderr,
  })
  .showHelpAfterError('Run it with --help for usage.');
program.exitOverride();

/** Adds every command: the called one in full, the others by name only, for the list and for suggestions. */
const addCommands = async (): Promise<void> => {
  const [first, second] = process.argv.slice(2);
  const called = first === 'help' ? second : first;
  for (const [name, entry] of Object.entries(COMMANDS)) {
    const create = name === called ? await entry.load() : () => new Command(name);
    const command = create(context, exit, prompt);
    command.addHelpText('after', exitCodesToText(entry.exitCodes));
    program.addCommand(command.summary(entry.summary).copyInheritedSettings(program));
    for (const part of command.commands) {
      part.addHelpText('after', exitCodesToText(exitCodesOf(entry, part.name())));
      part.copyInheritedSettings(command);
    }
  }
};

program.hook('preAction', async (_, command) => {
  const { resolveTimes } = await import('./times.ts');
  resolveTimes(command, context.clock.now());
});

try {
  await addCommands();
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    exit(error.exitCode === 0 ? 0 : 2); // commander has printed the error
  } else if (error instanceof ConfigurationError) {
    context.stderr(`${printable(error.message)}\n`);
    exit(exitCodeOf(error));
  } else if (error instanceof CorruptObjectError) {
    context.stderr(`${printable(error.message)}\n`);
    exit(1);
  } else {
    context.stderr(`zoom-log-source failed unexpectedly: ${printable(String(error))}\n`);
    exit(1);
  }
}
