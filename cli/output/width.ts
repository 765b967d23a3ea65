import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many columns a terminal shows a text in: two for a Chinese character or an emoji. */
export const widthOf = (text: string): number => stringWidth(text);

/** A text in so many columns at most; an ellipsis stands for what was cut. */
export const cut = (text: string, columns: number): string => {
  // No character is wider than it is long, but for the double ones.
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

/** A text in so many lines of so many columns at most, broken between words where it can be. */
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

/** A text followed (or preceded) by blanks up to a width. */
export const padded = (text: string, columns: number, align?: 'right'): string => {
  const blanks = ' '.repeat(Math.max(0, columns - widthOf(text)));
  return align === 'right' ? blanks + text : text + blanks;
};
