import { type Html, html, type Part } from '../connect/pages/html.ts';
import { formatCount } from '../model/format-count.ts';
import { isOneSource, type Report } from './report.ts';
import { shown } from './text.ts';

/** A column of a table of the page. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => Part;
  /** `number` is right-aligned, `short` is not wrapped, and `wide` has room for an address or a title. */
  readonly kind?: 'number' | 'short' | 'wide';
}

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
