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
    } else if (typeof next === 'object' && next !== null) {
      for (const name in next) {
        if (!name.isWellFormed()) return false;
        left.push((next as Record<string, unknown>)[name]);
      }
    }
  }
  return true;
};

const replaced = (value: unknown): unknown => {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? replacedItems(value) : replacedFields(value as Record<string, unknown>);
};

const replacedItems = (items: readonly unknown[]): readonly unknown[] => {
  const after = items.map(replaced);
  return after.some((item, index) => item !== items[index]) ? after : items;
};

const replacedFields = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  let isChanged = false;
  const after: [string, unknown][] = [];
  for (const [name, value] of Object.entries(fields)) {
    const item = replaced(value);
    isChanged ||= item !== value || !name.isWellFormed();
    after.push([name, item]);
  }
  // fromEntries defines a field called __proto__, where an assignment would change the object's prototype.
  return isChanged ? Object.fromEntries(withFreeNames(after)) : fields;
};

const withFreeNames = (entries: readonly (readonly [string, unknown])[]): (readonly [string, unknown])[] => {
  const taken = new Set(entries.map(([name]) => name).filter((name) => name.isWellFormed()));
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

/** Each escape of a JSON text: surrogate pairs and other escapes are kept; the group is half a pair. */
const ESCAPES =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g;

/** The beginning of a text, without half a surrogate pair at its end. */
export const cutText = (text: string, longest: number): string =>
  (text.length > longest ? text.slice(0, longest).replace(CUT_PAIR, '') : text).toWellFormed();

const CUT_PAIR = /[\ud800-\udbff]$/;
