import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The terminal width of a text. A Chinese character or an emoji has two columns. */
export const widthOf = (text: string): number => stringWidth(text);

/** Cuts a text to a maximum width, with an ellipsis. */
export const cut = (text: string, columns: number): string => {
  // No code unit is wider than two columns.
  if (text.length * 2 <= columns || widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += widthOf(segment);
    if (width >= columns) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
};

/** Wraps a text to a maximum width and number of lines, between words where possible. */
export const wrapped = (text: string, columns: number, lines: number): string[] => {
  if (lines <= 1 || widthOf(text) <= columns) return [cut(text, columns)];
  let line = '';
  for (const word of text.split(/(?<= )/)) {
    if (line !== '' && widthOf((line + word).trimEnd()) > columns) break;
    line += word;
  }
  if (widthOf(line.trimEnd()) > columns) line = cut(line, columns + 1).slice(0, -1);
  if (line === '') return [cut(text, columns)];
  return [line.trimEnd(), ...wrapped(text.slice(line.length), columns, lines - 1)];
};

/** Pads a text with blanks to a width. */
export const padded = (text: string, columns: number, align?: 'right'): string => {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return align === 'right' ? blanks + text : text + blanks;
};
