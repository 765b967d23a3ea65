import { type Html, html } from './html.ts';

/** The command that begins anew. */
export const connectAgain = (source: string): Html =>
  html`<pre><code>bin/zoom-log-source connect ${source}</code></pre>`;
