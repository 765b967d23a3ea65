/** A built-in query: a file of SQL that begins with its description. */
export interface BuiltInQuery {
  /** The name of its file, without the extension. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** Notes about the result. */
  readonly notes: string;
  readonly sql: string;
}

const COMMENT = /^--\s*(.*)$/;

/** Parses a query: its first comment is the title, its second the question, the others are notes. Throws if one is missing. */
export const parseBuiltInQuery = (name: string, sql: string): BuiltInQuery => {
  const lines = sql.split('\n');
  const end = lines.findIndex((line) => !COMMENT.test(line));
  const [title = '', question = '', ...notes] = lines
    .slice(0, end)
    .map((line) => COMMENT.exec(line)?.[1]?.trim() ?? '');
  if (!title || !question)
    throw new TypeError(`${name}: must begin with two comments, a title and the question that it answers`);
  return { name, title, question, notes: notes.join(' '), sql };
};
