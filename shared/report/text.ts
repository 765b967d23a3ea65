import { type Html, html } from '../connect/pages/html.ts';
import { oneLine } from '../model/one-line.ts';
import { STREAMS } from '../model/stream.ts';
import type { StreamCalendar } from './calendar.ts';

const MOST_CHARACTERS = 240;

/** Text of a row as one line: controls and invisible characters are escaped, a long text is cut. */
export const shown = (text: string): string => {
  if (text.length <= MOST_CHARACTERS) return oneLine(text);
  const halfOfPair = /[\ud800-\udbff]$/;
  return `${oneLine(text.slice(0, MOST_CHARACTERS).replace(halfOfPair, ''))}…`;
};

/** An instant (RFC 3339, UTC) for people: `2026-11-24 09:05`. Nothing for an empty text. */
export const instant = (time: string): Html | false =>
  time !== '' && html`<time datetime="${shown(time)}">${shown(time).slice(0, 16).replace('T', ' ')}</time>`;

/** A word of a line for people: `sign_in_method` is `sign in method`. */
export const words = (name: string): string => name.replaceAll('_', ' ');

/** The name of a stream for people, with its source unless there is only one. */
export const streamTitle = (
  { source, stream }: Pick<StreamCalendar, 'source' | 'stream'>,
  oneSource: boolean,
): string => {
  const title = stream === 'operation' || stream === 'activity' ? STREAMS[stream].title : words(stream);
  return oneSource ? title : `${source}: ${title}`;
};
