import { describe, expect, it } from '@jest/globals';
import { fitProse } from '../../../cli/output/prose.ts';
import { widthOf } from '../../../cli/output/width.ts';

const KEY = 'flat/operation/source=quillmere/dt=2026-11-27/operation_2026-11-27_000000.json.gz';
const TEXT = [
  'zoom sign in / sign out log: 5 days (2026-11-26 to 2026-11-30), 23 objects, 1,350 events',
  `  chain: 2026-11-26 to 2026-11-26, head ${'0123456789abcdef'.repeat(4)}`,
  `damaged-object  ${KEY}, line 7`,
  `${' '.repeat(90)}^`,
  `${'会議室'.repeat(40)} \u001b[31mUNHEALTHY\u001b[39m`,
  '',
].join('\n');

describe('prose', () => {
  it.each([1, 2, 10, 40, 60, 80, 120])('fits %i columns, and loses no character but blanks', (columns) => {
    const fitted = fitProse(TEXT, columns);

    const isNarrow = columns < 2; // a Chinese character takes two
    for (const line of fitted.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(isNarrow ? 2 : columns);
    expect(fitted.replaceAll(/\s/g, '')).toBe(TEXT.replaceAll(/\s/g, ''));
  });

  it('is left as it is where it fits, and where there is no terminal', () => {
    expect(fitProse('  one  two \n', 12)).toBe('  one  two \n');
    expect(fitProse(TEXT, undefined)).toBe(TEXT);
  });

  it('wraps between words with an indent, and after a slash in a long word', () => {
    expect(fitProse('  one two three four', 12)).toBe('  one two\n    three\n    four');
    expect(fitProse(`see ${KEY}`, 48)).toBe(
      'see flat/operation/source=quillmere/\n  dt=2026-11-27/\n  operation_2026-11-27_000000.json.gz',
    );
  });

  it('does not break a URL', () => {
    const address = `https://zoom.us/oauth/authorize?${'x'.repeat(80)}`;

    expect(fitProse(`Open ${address} now`, 40)).toBe(`Open\n  ${address}\n  now`);
  });
});
