/** A question that comes with the project: a file of SQL, which begins by saying what it asks. */
export interface BuiltInQuery {
  /** The name of its file, without the ending. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** What to know about the answer. */
  readonly notes: string;
  readonly sql: string;
}

const COMMENT = /^--\s*(.*)$/;

/** Reads a question: its first comment is the title, its second the question, what follows are notes. Throws if one lacks. */
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
