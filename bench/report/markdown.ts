/** A cell beside others; figures stand to the right. */
export interface Column {
  readonly head: string;
  readonly align?: 'right';
}

/** A table in Markdown; Prettier makes its columns even. */
export const markdownTable = (columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ head }) => head)),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
};

/** Columns of which the first `named` are words, and the others figures. */
export const columns = (named: number, ...heads: readonly string[]): Column[] =>
  heads.map((head, index) => (index < named ? { head } : { head, align: 'right' }));

/** What stands where there is nothing to show. */
export const NOT_MEASURED = '_Not measured yet._';
