import { type Html, html } from '../connect/pages/html.ts';

/** A note at text that has several possible readings: its author may have chosen its words. */
export const uncertainNote = (reading: string): Html | false =>
  reading !== 'full' &&
  html` <span class="note">not certain (${reading === '' ? 'not read' : reading})</span>`;
