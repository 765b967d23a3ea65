/** A field's text for the mapping: trimmed; undefined if it is empty or not a string. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim() || undefined : undefined;

const GAPS = /[^\p{L}\p{N}]+/gu;

/** A display name in snake case: `Zoom Rooms` is `zoom_rooms`; `unknown` if it has no letter. */
export const snakeCased = (text: string): string =>
  text.toLowerCase().replace(GAPS, ' ').trim().replaceAll(' ', '_') || 'unknown';
