import { styleText } from 'node:util';
import type { Surroundings } from './surroundings.ts';

export type Colour = 'red' | 'yellow' | 'green';

/** Colours a text that says the same without. */
export type Paint = (colour: Colour, text: string) => string;

export const UNPAINTED: Paint = (_, text) => text;

/** Colours for a person at a terminal who hasn't declined them (https://no-color.org). */
export const paintFor = ({ terminal, environment }: Pick<Surroundings, 'terminal' | 'environment'>): Paint =>
  terminal && (environment['NO_COLOR'] ?? '') === ''
    ? (colour, text) => styleText(colour, text, { validateStream: false })
    : UNPAINTED;
