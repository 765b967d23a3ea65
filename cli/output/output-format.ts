import { Option } from 'commander';
import { withChoices } from '../choices.ts';

/** The output formats of records. */
export const OUTPUT_FORMATS = ['table', 'vertical', 'json', 'csv', 'markdown'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** The flags that select a format. */
export interface OutputFlags {
  readonly output?: OutputFormat;
  readonly json?: true;
}

/** With the hidden flag that `--output` replaced. */
export interface FormerOutputFlags extends OutputFlags {
  readonly format?: OutputFormat;
}

/** The options of a command that prints records. */
export const OUTPUT_OPTIONS = {
  output: () =>
    withChoices(new Option('-o, --output <format>', 'Print in this format'), OUTPUT_FORMATS).default(
      undefined,
      'table',
    ),
  json: () => new Option('--json', 'Print JSON; short for --output json').conflicts('output'),
  /** Kept for scripts older than `--output`. */
  formerFormat: () =>
    withChoices(new Option('--format <format>'), ['table', 'json', 'csv'])
      .conflicts(['output', 'json'])
      .hideHelp(),
};

export const outputFormatOf = ({ output, json }: OutputFlags, former?: OutputFormat): OutputFormat =>
  json ? 'json' : (output ?? former ?? 'table');

/** Formats for people have a default limit. The others print everything. */
export const isForPeople = (format: OutputFormat): boolean => format !== 'json' && format !== 'csv';
