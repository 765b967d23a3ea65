import type { Argument, Command, Option } from 'commander';
import type { CliContext } from '../../cli/context.ts';
import { COMMANDS, exitCodesOf, type ExitCodes } from '../../cli/commands.ts';

/** The generated part of docs/cli.md: between these markers, on separate lines. */
const GENERATED = /(?<=<!-- commands -->\n)[\s\S]*?(?=<!-- \/commands -->\n)/;

/** Replaces the generated part of docs/cli.md. Throws a RangeError if the document has no markers. */
export const withCliReference = async (document: string): Promise<string> => {
  if (!GENERATED.test(document)) throw new RangeError('The document has no markers of the commands.');
  const reference = await cliReference();
  return document.replace(GENERATED, () => `\n${reference}\n`);
};

/** Every command with its subcommands. */
export const documentedCommands = (): Promise<readonly Documented[]> =>
  Promise.all(
    Object.entries(COMMANDS).map(async ([name, entry]) => {
      const create = await entry.load();
      // No command uses its context before it runs.
      const command = create({} as CliContext, () => undefined, undefined);
      const subcommands = command.commands.map((part) => ({
        command: part,
        title: `${name} ${part.name()}`,
        exitCodes: exitCodesOf(entry, part.name()),
      }));
      return { command, title: name, summary: entry.summary, exitCodes: entry.exitCodes, subcommands };
    }),
  );

interface DocumentedCommand {
  readonly command: Command;
  readonly title: string;
  readonly exitCodes: ExitCodes;
}

export interface Documented extends DocumentedCommand {
  readonly summary: string;
  readonly subcommands: readonly DocumentedCommand[];
}

const cliReference = async (): Promise<string> => {
  const commands = await documentedCommands();
  const list = commands.map(({ title, summary }) => `- [\`${title}\`](#${title}): ${escaped(summary)}\n`);
  const sections = commands.flatMap((documented) =>
    documented.subcommands.length === 0
      ? sectionOf(documented, '###')
      : [
          `### \`${documented.title}\`\n\n${escaped(documented.command.description())}\n`,
          ...documented.subcommands.map((part) => sectionOf(part, '####')),
        ],
  );
  return [list.join(''), ...sections].join('\n');
};

const sectionOf = ({ command, title, exitCodes }: DocumentedCommand, level: string): string =>
  [
    `${level} \`${title}\`\n`,
    `${escaped(command.description())}\n`,
    `\`\`\`text\nzoom-log-source ${title} ${command.usage()}\n\`\`\`\n`,
    ...listOf('Arguments', command.registeredArguments.map(argumentLine)),
    ...listOf(
      'Options',
      command.options.filter(({ hidden }) => !hidden).map((option) => optionLine(option)),
    ),
    ...listOf(
      'Exit codes',
      Object.entries(exitCodes).map(([code, meaning]) => `- \`${code}\`: ${escaped(meaning)}`),
    ),
    ...notesOf(command),
  ].join('\n');

const listOf = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:\n\n${lines.join('\n')}\n`];

const argumentLine = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return `- \`${argument.required ? `<${name}>` : `[${name}]`}\`: ${escaped(argument.description)}`;
};

const optionLine = (option: Option): string => {
  const facts = [
    option.mandatory && 'required',
    option.argChoices && `one of ${option.argChoices.map((choice) => `\`${choice}\``).join(', ')}`,
    defaultOf(option),
  ].filter((fact) => typeof fact === 'string');
  return `- \`${option.flags}\`: ${escaped(option.description)}${facts.length === 0 ? '' : ` (${facts.join('; ')})`}`;
};

const defaultOf = ({ defaultValue, defaultValueDescription }: Option): string | undefined => {
  if (defaultValueDescription !== undefined) return `default: ${defaultValueDescription}`;
  const value = defaultValue as unknown;
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  return `default: \`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
};

/** What the help of a command has after its options. */
const notesOf = (command: Command): string[] => {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  const text = help.slice(command.helpInformation().length);
  return text === '' ? [] : [`\`\`\`text\n${text.trim()}\n\`\`\`\n`];
};

const escaped = (text: string): string => text.replaceAll('*', '\\*');
