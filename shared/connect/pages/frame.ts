import { Html, html } from './html.ts';
import { ICONS, type Page } from './page.ts';
import { STYLE } from './style.ts';

/** Exactly the text whose digest the policy contains. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

/** A whole page. `reference` identifies its line in the log. */
export const pageToHtml = ({ tone, badge, heading, lead, body }: Page, reference: string): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${heading} · zoom-log-source</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <header>${ICONS.mark}<span>zoom-log-source</span></header>
        <main>
          <p class="badge ${tone}">${ICONS[tone]}${badge}</p>
          <h1>${heading}</h1>
          <p class="lead">${lead}</p>
          ${body}
        </main>
        <footer>
          <p>Reference for support: <code>${reference}</code></p>
        </footer>
      </body>
    </html> `.markup;
