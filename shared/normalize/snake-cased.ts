const GAPS = /[^\p{L}\p{N}]+/gu;

/** A display name as part of a name of ours: `Zoom Rooms` is `zoom_rooms`; `unknown` if it has no letter. */
export const snakeCased = (text: string): string =>
  text.toLowerCase().replace(GAPS, ' ').trim().replaceAll(' ', '_') || 'unknown';
