import type { CliContext } from '../context.ts';
import { widthOf } from './width.ts';

/** The extra indent of a continued line. */
const HANGING = 2;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Wraps text between words at the width of a terminal (undefined: any width). A word that is wider than the terminal, such as an
 * object's key, is broken after a slash where possible. A URL is never broken, because it would not work.
 */
export const fitProse = (text: string, columns: number | undefined): string =>
  columns === undefined
    ? text
    : text
        .split('\n')
        .map((line) => (widthOf(line) <= columns ? line : folded(line, columns)))
        .join('\n');

const folded = (text: string, columns: number): string => {
  const [blanks = ''] = /^ */.exec(text) ?? [];
  const first = blanks.slice(0, Math.floor(columns / 2));
  const indent = first + ' '.repeat(Math.min(HANGING, Math.floor(columns / 4)));
  const room = Math.max(1, columns - indent.length);
  const lines: string[] = [];
  let line = first;
  let isBegun = false;
  for (const part of text
    .slice(blanks.length)
    .split(/(?<= )/)
    .flatMap((word) => piecesOf(word, room))) {
    if (isBegun && widthOf((line + part).trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += part;
    isBegun = true;
  }
  return [...lines, line.trimEnd()].join('\n');
};

/** Splits a word into pieces of a maximum width. */
const piecesOf = (word: string, room: number): string[] => {
  if (widthOf(word.trimEnd()) <= room || /^\W*https?:\/\//.test(word)) return [word];
  return word
    .split(/(?<=\/)/)
    .flatMap((part) => (widthOf(part.trimEnd()) <= room ? [part] : chunksOf(part, room)));
};

const chunksOf = (text: string, room: number): string[] => {
  const chunks: string[] = [];
  let chunk = '';
  for (const { segment } of graphemes.segment(text)) {
    if (chunk !== '' && widthOf(chunk + segment) > room) {
      chunks.push(chunk);
      chunk = '';
    }
    chunk += segment;
  }
  return [...chunks, chunk];
};

/** Prints text that is not a record, wrapped to the terminal. */
export const printProse = (text: string, { stdout, columns }: Pick<CliContext, 'stdout' | 'columns'>): void =>
  stdout(fitProse(text, columns));
