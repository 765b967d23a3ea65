/**
 * The generated parts of a document: each between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`, lines of their own.
 */
const MARKED = /<!-- bench:([a-z-]+) -->\n[\s\S]*?<!-- \/bench:\1 -->/g;

/** Replaces every marked part of a document. Throws a RangeError for an unknown part, and if there is none. */
export const fillMarked = (document: string, parts: Readonly<Record<string, string>>): string => {
  let filled = 0;
  const text = document.replaceAll(MARKED, (_, name: string) => {
    const part = parts[name];
    if (part === undefined) throw new RangeError(`The marked part "${name}" is unknown.`);
    filled += 1;
    return `<!-- bench:${name} -->\n\n${part}\n\n<!-- /bench:${name} -->`;
  });
  if (filled === 0) throw new RangeError('The document has no marked part.');
  return text;
};
