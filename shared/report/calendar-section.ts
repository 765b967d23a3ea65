import { type Html, html } from '../connect/pages/html.ts';
import type { Day } from '../model/day.ts';
import { formatCount, plural } from '../model/format-count.ts';
import { type DayState, DAY_STATES, type StreamCalendar } from './calendar.ts';
import { streamTitle } from './text.ts';
import { isOneSource, type Report } from './report.ts';

const MEANINGS: Readonly<Record<DayState, string>> = {
  confirmed: 'complete, confirmed a week later',
  closed: 'complete, not confirmed yet',
  open: 'open, more rows may come',
  gap: 'gap, deleted by Zoom before it was read whole',
  none: 'not collected',
};

const MOST_STREAMS = 40;
const MOST_DAYS = 184;
/** A table as wide as a page. */
const DAYS_OF_TABLE = 31;

/** Which days are complete, as a calendar with one row for each stream. */
export const calendarSection = ({
  calendar,
  period,
  streams,
}: Pick<Report, 'calendar' | 'period' | 'streams'>): Html => {
  const rows = calendar.slice(0, MOST_STREAMS);
  const hidden = calendar.length - rows.length;
  const days = rows[0]?.days.map(({ day }) => day) ?? [];
  const shownDays = days.slice(-MOST_DAYS);
  return html`<section aria-labelledby="calendar">
    <h2 id="calendar">Days complete</h2>
    <p>Each log and each stream of content, by UTC day, from ${period.from} to ${period.to}.</p>
    <ul class="legend">
      ${DAY_STATES.map((state) => html`<li><i class="state ${state}"></i>${MEANINGS[state]}</li>`)}
    </ul>
    ${tablesOf(shownDays).map((ofTable) => calendarTable(ofTable, rows, isOneSource({ streams })))}
    ${
      days.length > MOST_DAYS &&
      html`<p class="more">${formatCount(days.length - MOST_DAYS)} earlier days, not shown.</p>`
    }
    ${hidden > 0 && html`<p class="more">${plural(hidden, 'more stream')}, not shown.</p>`}
  </section>`;
};

/** The days of each table: of a month each if they do not fit into one. */
const tablesOf = (days: readonly Day[]): (readonly Day[])[] =>
  days.length <= DAYS_OF_TABLE ? [days] : [...byMonth(days).values()];

const byMonth = (days: readonly Day[]): Map<string, Day[]> => Map.groupBy(days, (day) => day.slice(0, 7));

const calendarTable = (days: readonly Day[], rows: readonly StreamCalendar[], oneSource: boolean): Html => {
  const inTable = new Set(days);
  return html`<div class="scroll" role="region" aria-label="Days complete from ${days[0]}" tabindex="0">
    <table class="calendar">
      <thead>
        <tr>
          <td></td>
          ${[...byMonth(days)].map(
            ([month, { length }]) =>
              html`<th scope="colgroup" colspan="${length}">${length > 3 ? month : month.slice(5)}</th>`,
          )}
        </tr>
        <tr>
          <th scope="col">Stream</th>
          ${days.map((day) => html`<th scope="col">${Number(day.slice(8))}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${streamTitle(row, oneSource)}</th>
              ${row.days.map(
                ({ day, state }) =>
                  inTable.has(day) && html`<td class="state ${state}"><span>${state}</span></td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};
