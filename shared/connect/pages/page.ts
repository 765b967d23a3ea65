import { Html, html } from './html.ts';

/** A page without its frame. */
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

const icon = (paths: string): Html =>
  new Html(
    `<svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" ` +
      `stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`,
  );

/** Shown beside text with the same meaning, never instead of it. */
export const ICONS = {
  good: icon('<circle cx="10" cy="10" r="8"/><path d="M6.3 10.4l2.5 2.5 4.9-5.3"/>'),
  fix: icon('<path d="M10 2.6 18.2 17H1.8z"/><path d="M10 8v3.6M10 14.2v.1"/>'),
  bad: icon('<circle cx="10" cy="10" r="8"/><path d="M7.2 7.2l5.6 5.6M12.8 7.2l-5.6 5.6"/>'),
  calm: icon('<circle cx="10" cy="10" r="8"/><path d="M10 9.4V14M10 6.3v.1"/>'),
  mark: icon('<rect x="2" y="2.5" width="16" height="15" rx="3"/><path d="M6 7h8M6 10.5h8M6 14h4.5"/>'),
} as const;

/** The tone of a page or a line. */
export type Tone = 'good' | 'fix' | 'bad' | 'calm';

/** The command to start again. */
export const connectAgain = (source: string): Html =>
  html`<pre><code>bin/zoom-log-source connect ${source}</code></pre>`;
