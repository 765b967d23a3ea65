import type { Html } from './html.ts';
import type { Tone } from './icons.ts';

/** A page, before it is put into its frame. */
export interface Page {
  readonly status: number;
  readonly tone: Tone;
  /** Two or three words in the badge above the heading. */
  readonly badge: string;
  readonly heading: string;
  /** What happened and what did not, in a sentence or two. */
  readonly lead: string;
  readonly body?: Html;
}
