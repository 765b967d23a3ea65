import { type Html, html, type Part } from '../connect/pages/html.ts';
import { formatCount } from '../model/format-count.ts';
import { oneLine } from '../model/one-line.ts';

/** A column of a table of the page. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => Part;
  readonly isNumber?: boolean;
}

const MOST_CHARACTERS = 240;

/** Text of a row as one line: controls and invisible characters are escaped, a long text is cut. */
export const shown = (text: string): string => {
  const characters = [...oneLine(text.slice(0, 4 * MOST_CHARACTERS))];
  const isCut = characters.length > MOST_CHARACTERS || text.length > 4 * MOST_CHARACTERS;
  return isCut ? `${characters.slice(0, MOST_CHARACTERS).join('')}…` : characters.join('');
};

/** An instant (RFC 3339, UTC) for people: `2026-11-24 09:05`. */
export const instant = (time: string): Html =>
  html`<time datetime="${time}">${shown(time).slice(0, 16).replace('T', ' ')}</time>`;

/** A table that scrolls on a narrow screen. `more`: how many rows it does not show. */
export const table = <T>(title: string, columns: readonly Column<T>[], rows: readonly T[], more = 0): Html =>
  html`<div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map(({ title: heading, isNumber }) => html`<th scope="col" ${kind(isNumber)}>${heading}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${columns.map(({ cell, isNumber }) => html`<td${kind(isNumber)}>${cell(row)}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${more > 0 && html`<p class="more">${formatCount(more)} more, not shown.</p>`} `;

const kind = (isNumber: boolean | undefined): Html | false => isNumber === true && html` class="number"`;
