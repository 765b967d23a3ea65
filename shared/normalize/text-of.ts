/** A field's text as the mapping sees it: trimmed; undefined if there is nothing in it, or if it is no text at all. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim() || undefined : undefined;
