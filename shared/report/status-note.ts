import { type Html, html } from '../connect/pages/html.ts';

/** A note at text that has several possible readings: its author may have chosen its words. */
export const statusNote = (status: string): Html | false =>
  status !== 'full' && html` <span class="note">not certain (${status === '' ? 'not read' : status})</span>`;
