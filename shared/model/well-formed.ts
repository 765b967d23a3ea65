/**
 * A JSON value in which every text and every name is well-formed UTF-16: half a surrogate pair becomes U+FFFD, because
 * strict readers reject the whole line otherwise. Returns the value itself if nothing has to be replaced. If a name then
 * equals another one, a number is appended to it, so that no field is lost.
 */
export const wellFormed = <T>(value: T): T => (isAllWellFormed(value) ? value : (replaced(value) as T));

/** Traverses a value of any depth without recursion. */
const isAllWellFormed = (value: unknown): boolean => {
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string') {
      if (!next.isWellFormed()) return false;
      continue;
    }
    const fields = next as Record<string, unknown>;
    // A number, a boolean or null has no fields.
    for (const name in fields) {
      if (!name.isWellFormed()) return false;
      left.push(fields[name]);
    }
  }
  return true;
};

const replaced = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(replaced);
  const fields = Object.entries(value).map(([name, item]): [string, unknown] => [name, replaced(item)]);
  // fromEntries defines a field called __proto__, where an assignment would change the object's prototype.
  return Object.fromEntries(withFreeNames(fields));
};

const withFreeNames = (entries: readonly (readonly [string, unknown])[]): (readonly [string, unknown])[] => {
  const taken = new Set(entries.map(([name]) => name));
  const copies = new Map<string, number>();
  return entries.map(([name, value]) => {
    if (name.isWellFormed()) return [name, value];
    const replacement = name.toWellFormed();
    let free = replacement;
    for (let copy = copies.get(replacement) ?? 1; taken.has(free);) {
      copy += 1;
      copies.set(replacement, copy);
      free = `${replacement}${copy}`;
    }
    taken.add(free);
    return [free, value];
  });
};

/** JSON text with the same replacement in it, for text that must not be parsed and serialized again. */
export const wellFormedJson = (json: string): string =>
  json.toWellFormed().replaceAll(ESCAPES, (escape, half: string | undefined) => (half ? '\ufffd' : escape));

/** The beginning of each escape of a JSON text: surrogate pairs and other escapes are kept; the group is half a pair. */
const ESCAPES = /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F]|(u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g;

/** The beginning of a text, without half a surrogate pair at its end. */
export const cutText = (text: string, longest: number): string =>
  (text.length > longest ? text.slice(0, longest).replace(CUT_PAIR, '') : text).toWellFormed();

const CUT_PAIR = /[\ud800-\udbff]$/;
