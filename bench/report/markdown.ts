/** A column; figures are aligned to the right. */
export interface Column {
  readonly head: string;
  readonly align?: 'right';
}

/** A table in Markdown. Prettier aligns its columns. */
export const markdownTable = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ head }) => head)),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
};

/** Columns of which the first `named` are text, and the others figures. */
export const columns = (named: number, ...heads: readonly string[]): Column[] =>
  heads.map((head, index) => (index < named ? { head } : { head, align: 'right' }));

/** The text of a part without results. */
export const NOT_MEASURED = '_Not measured yet._';
