import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { temporaryFolder } from './temporary-folder.ts';

/** The part of a parse tree node that is read here: a rule has an index, a token has none. */
interface Node {
  readonly ruleIndex?: number;
  readonly children?: readonly Node[] | null;
  getText(): string;
}

interface Parser {
  validate(sql: string): readonly { startLine: number; startColumn: number; message: string }[];
  parse(sql: string): Node;
  createParser(sql: string): { readonly ruleNames: readonly string[] };
}

/** Trino's grammar for SQL. */
export interface TrinoGrammar {
  /** The syntax errors, by position. */
  readonly errors: (sql: string) => string[];
  /** The columns of the result, by name. */
  readonly columns: (sql: string) => string[];
  /** The functions that are called, each once. */
  readonly functions: (sql: string) => string[];
  /** The tables that are read, each once. */
  readonly tables: (sql: string) => string[];
}

/** Trino's own grammar, which is Athena's. The package is made for bundlers, so it is bundled before it is imported. */
export const loadTrinoGrammar = async (): Promise<TrinoGrammar> => {
  const outfile = join(temporaryFolder(), 'trino.mjs');
  await build({
    stdin: {
      contents: "export { TrinoSQL } from 'dt-sql-parser/dist/parser/trino'",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    logLevel: 'error',
  });
  const { TrinoSQL } = (await import(pathToFileURL(outfile).href)) as { TrinoSQL: new () => Parser };
  const parser = new TrinoSQL();
  const trees = new Map<string, Node>();
  const treeOf = (sql: string): Node => {
    const tree = trees.get(sql) ?? parser.parse(sql);
    trees.set(sql, tree);
    return tree;
  };
  const { ruleNames } = parser.createParser('');
  const ruleOf = ({ ruleIndex }: Node): string =>
    ruleIndex === undefined ? '' : (ruleNames[ruleIndex] ?? '');
  const childrenOf = ({ children }: Node): readonly Node[] => children ?? [];

  /** Every node of a rule, outermost first, except within the rule `without`. */
  const nodesOf = (node: Node, rule: string, without?: string): Node[] => {
    if (ruleOf(node) === without) return [];
    const within = childrenOf(node).flatMap((child) => nodesOf(child, rule, without));
    return ruleOf(node) === rule ? [node, ...within] : within;
  };
  const lastOf = (node: Node): Node => {
    const last = childrenOf(node).at(-1);
    return last === undefined ? node : lastOf(last);
  };
  const unquoted = (name: string): string => name.replaceAll('"', '');
  const once = (names: readonly string[]): string[] =>
    [...new Set(names.map((name) => name.toLowerCase()))].sort();

  return {
    errors: (sql) =>
      parser
        .validate(sql)
        .map(({ startLine, startColumn, message }) => `${startLine}:${startColumn} ${message}`),
    columns: (sql) => {
      // The queries of WITH come first in the text, and are not the result.
      const [select] = nodesOf(treeOf(sql), 'querySpecification', 'with');
      const [list] = select ? nodesOf(select, 'selectList') : [];
      const items = childrenOf(list ?? { getText: () => '' }).filter((node) => ruleOf(node) === 'selectItem');
      return items.map((item) => unquoted(lastOf(item).getText()));
    },
    functions: (sql) => {
      const calls = nodesOf(treeOf(sql), 'primaryExpression').filter(
        (node) => childrenOf(node)[1]?.getText() === '(' && ruleOf(childrenOf(node)[0] ?? node) !== '',
      );
      return once(calls.map((call) => childrenOf(call)[0]?.getText() ?? ''));
    },
    tables: (sql) => once(nodesOf(treeOf(sql), 'tableRef').map((table) => unquoted(table.getText()))),
  };
};
