import { describe, expect, it } from '@jest/globals';
import type { Column } from '../../../cli/output/column.ts';
import {
  csvHead,
  markdownHead,
  recordToBlock,
  recordToCsv,
  recordToMarkdown,
} from '../../../cli/output/plain-formats.ts';

interface Cell {
  readonly text: string;
  readonly count: number;
}

const COLUMNS: readonly Column<Cell>[] = [
  { name: 'te\u202ext', title: 'TE|XT', text: ({ text }) => text },
  {
    name: 'count',
    title: 'COUNT',
    text: ({ count }) => `${count} rows`,
    value: ({ count }) => count,
    align: 'right',
  },
];

describe('CSV', () => {
  it.each([
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\uff1d1', `'\uff1d1`],
    [' =1', `' =1`],
    ['\n=1', `"'\n=1"`],
    ['\t=1', `'\\t=1`],
    ['a=b', 'a=b'],
    ['a\u009b\u202eb\r', 'a\\u009b\\u202eb\\r'],
    ['one\ntwo', '"one\ntwo"'],
  ])('has %j as a text that is no formula', (text, cell) => {
    expect(recordToCsv(COLUMNS, { text, count: 1 })).toBe(`${cell},1\n`);
  });

  it('has numbers as numbers, negative ones too, and names its columns', () => {
    expect(csvHead(COLUMNS)).toBe('te\\u202ext,count\n');
    expect(recordToCsv(COLUMNS, { text: '', count: -12 })).toBe(',-12\n');
  });
});

describe('Markdown', () => {
  it('escapes untrusted text: it starts no cell, line or markup', () => {
    const text = 'a|b\n`c` <b>&amp;[x](y) *z* _w_ ~~v~~ \\ \u202e';

    expect(markdownHead(COLUMNS)).toBe('| TE\\|XT | COUNT |\n| --- | --: |\n');
    expect(recordToMarkdown(COLUMNS, { text, count: 2 })).toBe(
      '| a\\|b\\\\n\\`c\\` &lt;b\\>&amp;amp;\\[x\\](y) \\*z\\* \\_w\\_ \\~\\~v\\~\\~ \\\\ \\\\u202e | 2 rows |\n',
    );
  });
});

describe('vertical output', () => {
  it('has a line for each column, whole', () => {
    const text = `a\n-- 2 --\u001b[2J${'x'.repeat(300)}`;

    expect(recordToBlock(COLUMNS, { text, count: 2 }, 7)).toBe(
      `-- 7 --\nte\\u202ext  a\\n-- 2 --\\u001b[2J${'x'.repeat(300)}\ncount       2 rows\n`,
    );
  });
});
