/**
 * Parts of a document that a program writes: each between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`, lines of their own.
 */
const MARKED = /<!-- bench:([a-z-]+) -->\n[\s\S]*?<!-- \/bench:\1 -->/g;

/** Writes every marked part of a document anew. Throws a RangeError for a part that nobody writes, and if there is none. */
export const fillMarked = (document: string, parts: Readonly<Record<string, string>>): string => {
  let filled = 0;
  const text = document.replaceAll(MARKED, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new RangeError(`Nobody writes the marked part "${name}".`);
    filled += 1;
    return `<!-- bench:${name} -->\n\n${part}\n\n<!-- /bench:${name} -->`;
  });
  if (filled === 0) throw new RangeError('The document has no marked part.');
  return text;
};
