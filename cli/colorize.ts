import { styleText } from 'node:util';
import type { CliContext } from './context.ts';

export type Colour = 'red' | 'yellow' | 'green';

/** Colours a text. The text alone must carry the meaning. */
export type Colorize = (colour: Colour, text: string) => string;

export const WITHOUT_COLOR: Colorize = (_, text) => text;

/** Colours for a terminal, unless NO_COLOR is set (https://no-color.org). */
export const colorizeFor = ({
  stdoutIsTty,
  environment,
}: Pick<CliContext, 'stdoutIsTty' | 'environment'>): Colorize =>
  stdoutIsTty && (environment['NO_COLOR'] ?? '') === ''
    ? (colour, text) => styleText(colour, text, { validateStream: false })
    : WITHOUT_COLOR;
