/** A field's text as the mapping sees it: trimmed; undefined if there is nothing in it, or if it is no text at all. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.trim() || undefined : undefined;

const GAPS = /[^\p{L}\p{N}]+/gu;

/** A display name as part of a name of ours: `Zoom Rooms` is `zoom_rooms`; `unknown` if it has no letter. */
export const snakeCased = (text: string): string =>
  text.toLowerCase().replace(GAPS, ' ').trim().replaceAll(' ', '_') || 'unknown';
