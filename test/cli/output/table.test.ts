import { describe, expect, it } from '@jest/globals';
import type { Column } from '../../../cli/output/column.ts';
import { recordsToTable, tableToText } from '../../../cli/output/table.ts';
import { widthOf } from '../../../cli/output/width.ts';
import { WITHOUT_COLOR } from '../../../cli/colorize.ts';

interface Change {
  readonly time: string;
  readonly who: string;
  readonly what: string;
  readonly from: string;
  readonly count: number;
}

const CHANGES: readonly Change[] = [
  {
    time: '2026-11-20 09:05:30',
    who: 'ines.halloran@quillmere.example',
    what: 'Security: Waiting room: On → Off',
    from: '192.0.2.1',
    count: 3,
  },
  {
    time: '2026-11-20 10:00:00',
    who: '高橋 雪 👩‍💻',
    what: `${'会議室 '.repeat(20)}\u202e\n\u001b[2J`,
    from: '',
    count: 1200,
  },
];

const COLUMNS: readonly Column<Change>[] = [
  { name: 'time', title: 'WHEN', text: ({ time }) => time, brief: { text: ({ time }) => time.slice(5, 16) } },
  { name: 'who', title: 'WHO', text: ({ who }) => who, least: 12 },
  { name: 'count', title: 'COUNT', text: ({ count }) => String(count), align: 'right', keep: 2 },
  { name: 'from', title: 'FROM', text: ({ from }) => from, keep: 1 },
  { name: 'what', title: 'WHAT', text: ({ what }) => what, least: 20, weight: 3 },
];

const tableIn = (columns: number | undefined, of = COLUMNS) =>
  recordsToTable(of, CHANGES, { columns, colorize: WITHOUT_COLOR });
const linesOf = (text: string): string[] => text.trimEnd().split('\n');

describe('a table', () => {
  it.each([10, 20, 40, 60, 80, 120, 200])('fits a terminal of %i columns, a line each', (columns) => {
    const lines = linesOf(tableToText(tableIn(columns)));

    expect(lines).toHaveLength(1 + CHANGES.length);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  });

  it('is as wide as its records in a file or a pipe, and hides no character', () => {
    const { head, lines, dropped } = tableIn(undefined);

    expect(head).toBe(`WHEN                 WHO                              COUNT  FROM       WHAT`);
    expect(lines[0]).toBe(
      '2026-11-20 09:05:30  ines.halloran@quillmere.example      3  192.0.2.1  Security: Waiting room: On → Off',
    );
    expect(lines[1]).toContain('会議室 '.repeat(20) + '\\u202e\\n\\u001b[2J');
    expect(dropped).toEqual([]);
  });

  it('first writes briefly, then cuts, then drops the columns that matter least, and names them', () => {
    expect(tableIn(66).dropped).toEqual([]);
    expect(tableIn(66).lines[0]).toMatch(
      /^11-20 09:05 {2}ines\.hallor\S*… +3 {2}192\.0\.2\.1 {2}Security: Waiting.*…$/,
    );
    expect(tableIn(60).dropped).toEqual(['FROM']);
    expect(tableIn(50).dropped).toEqual(['COUNT', 'FROM']);
  });

  it('wraps a column between words into further lines, aligned to the column', () => {
    const columns = COLUMNS.map((column) => (column.name === 'what' ? { ...column, lines: 3 } : column));

    const [first = ''] = tableIn(50, columns).lines;

    expect(first.split('\n')).toEqual([
      '11-20 09:05  ines.hallora…  Security: Waiting',
      '                            room: On → Off',
    ]);
  });

  it('counts two columns for a wide character', () => {
    const [plain = '', wide = ''] = tableIn(undefined, COLUMNS.slice(0, 3)).lines;

    expect(widthOf(wide)).toBe(widthOf(plain));
  });

  it('colours the text without the blanks', () => {
    const colorize = (colour: string, text: string): string => `<${colour}>${text}</>`;
    const columns = COLUMNS.slice(1, 3).map((column) => ({ ...column, colour: () => 'red' as const }));

    const { lines } = recordsToTable(columns, CHANGES.slice(0, 1), { columns: 20, colorize });

    expect(lines).toEqual(['<red>ines.hallora…</>  <red>3</>'].map((line) => line.replace('  <', '      <')));
  });
});
