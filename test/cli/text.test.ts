import { describe, expect, it } from '@jest/globals';
import { oneLine, printable, safeOutput } from '../../cli/text.ts';

describe('text from outside', () => {
  it.each([
    ['escape sequences', '\u001b[31mred\u0007', '\\u001b[31mred\\u0007'],
    ['C1 controls', 'a\u0080\u009bb\u007f', 'a\\u0080\\u009bb\\u007f'],
    [
      'bidirectional controls',
      '\u061c\u200e\u200f\u202a\u202e\u2066\u2069',
      '\\u061c\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069',
    ],
    [
      'what is not seen',
      'a\u200b\u2060\ufeff\u00ad\u3164b\u{e0041}',
      'a\\u200b\\u2060\\ufeff\\u00ad\\u3164b\\udb40\\udc41',
    ],
    ['separators of lines', '\u2028\u2029\u0085', '\\u2028\\u2029\\u0085'],
    ['ends of lines and tabs', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
  ])('is shown on one line, with %s escaped', (_, text, shown) => {
    expect(oneLine(text)).toBe(shown);
  });

  it('keeps the characters of languages and emoji', () => {
    const text = 'می\u200cخواهم 高橋 葛\u{e0100} 👩\u200d💻 ❤\ufe0f Zoë Peñalver';

    expect(oneLine(text)).toBe(text);
  });

  it('keeps its lines where a message has several', () => {
    expect(printable('one\ntwo\u009b\r\n')).toBe('one\ntwo\\u009b\\r\n');
  });
});

describe('printed text', () => {
  it('has the colours and the cleared screen of the command line, and no other sequence', () => {
    const own = '\u001b[H\u001b[2J\u001b[31mFAILED\u001b[39m\n';

    expect(safeOutput(`${own}\u001b]0;title\u0007\u001b[2J\r`)).toBe(
      `${own}\\u001b]0;title\\u0007\\u001b[2J\\r`,
    );
  });

  it('has the same value as JSON', () => {
    const value = { 'na\u202eme': ['\u0080\u009f\u2066', '\u{e0041}\ufeff', 'line\nend\u001b', 'a\\u202e'] };

    const printed = safeOutput(`${JSON.stringify(value)}\n`);

    expect(printed).toMatch(/^[\x20-\x7e]*\n$/);
    expect(JSON.parse(printed)).toEqual(value);
  });
});
