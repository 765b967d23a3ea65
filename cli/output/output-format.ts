import { Option } from 'commander';
import { withChoices } from '../choices.ts';

/** The ways to print records. */
export const OUTPUT_FORMATS = ['table', 'vertical', 'json', 'csv', 'markdown'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** The flags that choose one. */
export interface OutputFlags {
  readonly output?: OutputFormat;
  readonly json?: true;
}

/** With the flag that `--output` was before; hidden. */
export interface FormerOutputFlags extends OutputFlags {
  readonly format?: OutputFormat;
}

/** The options of a command that prints records. */
export const OUTPUT_OPTIONS = {
  output: () =>
    withChoices(new Option('-o, --output <format>', 'Output format'), OUTPUT_FORMATS).default(
      undefined,
      'table',
    ),
  json: () => new Option('--json', 'Short for --output json').conflicts('output'),
  /** Kept for scripts that were written before `--output`. */
  formerFormat: () =>
    withChoices(new Option('--format <format>'), ['table', 'json', 'csv'])
      .conflicts(['output', 'json'])
      .hideHelp(),
};

export const outputFormatOf = ({ output, json }: OutputFlags, former?: OutputFormat): OutputFormat =>
  json ? 'json' : (output ?? former ?? 'table');

/** Formats that a person reads: they end where a person would stop reading. The others go on. */
export const isForPeople = (format: OutputFormat): boolean => format !== 'json' && format !== 'csv';
