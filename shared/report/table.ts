import { type Html, html, type Part } from '../connect/pages/html.ts';
import { formatCount } from '../model/format-count.ts';
import { oneLine } from '../model/one-line.ts';
import { isOneSource, type Report } from './report.ts';

/** A column of a table of the page. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => Part;
  /** `number` is right-aligned, `short` is not wrapped, and `person` has room for an address. */
  readonly kind?: 'number' | 'short' | 'person';
}

const MOST_CHARACTERS = 240;

/** Text of a row as one line: controls and invisible characters are escaped, a long text is cut. */
export const shown = (text: string): string => {
  if (text.length <= MOST_CHARACTERS) return oneLine(text);
  const halfOfPair = /[\ud800-\udbff]$/;
  return `${oneLine(text.slice(0, MOST_CHARACTERS).replace(halfOfPair, ''))}…`;
};

/** An instant (RFC 3339, UTC) for people: `2026-11-24 09:05`. Nothing for an empty text. */
export const instant = (time: string): Html | false =>
  time !== '' && html`<time datetime="${time}">${shown(time).slice(0, 16).replace('T', ' ')}</time>`;

/** The column of the source, which a report of one source does not need. */
export const sourceColumn = ({ streams }: Pick<Report, 'streams'>): Column<{ readonly source: string }>[] =>
  isOneSource({ streams }) ? [] : [{ title: 'Source', cell: ({ source }) => shown(source) }];

/** A table that scrolls on a narrow screen. `more`: how many rows it does not show. */
export const table = <T>(title: string, columns: readonly Column<T>[], rows: readonly T[], more = 0): Html =>
  html`<div class="scroll" role="region" aria-label="${title}, table" tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col" ${classOf(column)}>${column.title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${columns.map((column) => html`<td${classOf(column)}>${column.cell(row)}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${more > 0 && html`<p class="more">${formatCount(more)} more, not shown.</p>`} `;

const classOf = <T>({ kind }: Column<T>): Html | false => kind !== undefined && html` class="${kind}"`;
