import { type Html, html } from '../connect/pages/html.ts';
import { ICONS, type Tone } from '../connect/pages/page.ts';
import { formatDuration } from '../health/format.ts';
import { WELL } from '../health/verdict.ts';
import { formatCount, plural } from '../model/format-count.ts';
import { type DayState, DAY_STATES, type StreamCalendar } from './calendar.ts';
import type { Report, ReportStream } from './report.ts';
import { instant, shown, table } from './table.ts';
import { words } from './time-chart.ts';

const MEANINGS: Readonly<Record<DayState, string>> = {
  confirmed: 'complete, confirmed a week later',
  closed: 'complete, not confirmed yet',
  open: 'open, more rows may come',
  gap: 'gap, deleted by Zoom before it was read whole',
  none: 'not collected',
};

const MOST_STREAMS = 40;
const MOST_DAYS = 184;

/** Whether a day of a stream was read whole. */
export const isComplete = (state: DayState): boolean => state === 'confirmed' || state === 'closed';

/** Which days are complete, as a calendar with one row for each stream. */
export const calendarSection = ({ calendar, period }: Pick<Report, 'calendar' | 'period'>): Html => {
  const rows = calendar.slice(0, MOST_STREAMS);
  const hidden = calendar.length - rows.length;
  const days = rows[0]?.days.map(({ day }) => day) ?? [];
  const months = [...Map.groupBy(days.slice(-MOST_DAYS), (day) => day.slice(0, 7)).keys()];
  return html`<section aria-labelledby="calendar">
    <h2 id="calendar">Days complete</h2>
    ${
      rows.length === 0
        ? html`<p>No stream was collected.</p>`
        : html`<ul class="legend">
              ${DAY_STATES.map((state) => html`<li><i class="state ${state}"></i>${MEANINGS[state]}</li>`)}
            </ul>
            ${months.map((month) => monthTable(month, rows))}
            ${days.length > MOST_DAYS && html`<p class="more">Days before ${days.at(-MOST_DAYS)} are not shown.</p>`}
            ${hidden > 0 && html`<p class="more">${plural(hidden, 'more stream')}, not shown.</p>`}`
    }
    <p>Days are those of UTC, from ${period.from} to ${period.to}.</p>
  </section>`;
};

const monthTable = (month: string, rows: readonly StreamCalendar[]): Html => {
  const days = rows[0]?.days.filter(({ day }) => day.startsWith(month)).slice(-MOST_DAYS) ?? [];
  return html`<div class="scroll" role="region" aria-label="Days complete in ${month}" tabindex="0">
    <table class="calendar">
      <caption>
        ${month}
      </caption>
      <thead>
        <tr>
          <th scope="col">Stream</th>
          ${days.map(({ day }) => html`<th scope="col">${Number(day.slice(8))}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ source, stream, days: all }) =>
            html`<tr>
              <th scope="row">${shown(source)} ${words(stream)}</th>
              ${all
                .filter(({ day }) => day.startsWith(month))
                .map(({ state }) => html`<td class="state ${state}"><span>${state}</span></td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};

/** The health of each stream: which are quiet, and how late their rows come. */
export const streamSection = ({ streams, calendar }: Pick<Report, 'streams' | 'calendar'>): Html => {
  const problems = new Map(
    streams.flatMap((stream) => stream.problems.map((problem) => [problem.what, problem] as const)),
  );
  return html`<section aria-labelledby="streams">
    <h2 id="streams">Quiet and late streams</h2>
    ${
      problems.size === 0
        ? html`<p>No stream needs attention.</p>`
        : html`<ul class="problems">
            ${[...problems.values()].map(
              ({ what, error, lost, todo }) =>
                html`<li>
                  <p><b>${shown(what)}</b></p>
                  ${error !== undefined && html`<p>Error: ${shown(error)}</p>`}
                  <p>${shown(lost)}</p>
                  <p>What to do: ${shown(todo)}</p>
                </li>`,
            )}
          </ul>`
    }
    ${table('Streams', columnsFor(calendar), streams.slice(0, MOST_STREAMS), Math.max(0, streams.length - MOST_STREAMS))}
    <p>Late: 99 of 100 rows appear in Zoom’s report within this time after their event; in brackets, all.</p>
  </section>`;
};

const columnsFor = (calendar: readonly StreamCalendar[]) => [
  { title: 'Stream', cell: ({ source, stream }: ReportStream) => `${shown(source)} ${words(stream)}` },
  { title: 'Health', cell: healthBadge },
  {
    title: 'Days complete',
    cell: ({ source, stream }: ReportStream) => {
      const days = calendar.find((one) => one.source === source && one.stream === stream)?.days ?? [];
      return `${formatCount(days.filter(({ state }) => isComplete(state)).length)} of ${formatCount(days.length)}`;
    },
    isNumber: true,
  },
  {
    title: 'Newest event (UTC)',
    cell: ({ newestEvent }: ReportStream) => (newestEvent === undefined ? 'none' : instant(newestEvent)),
  },
  { title: 'Events, all days', cell: ({ events }: ReportStream) => formatCount(events), isNumber: true },
  {
    title: 'Late',
    cell: ({ lateness }: ReportStream) =>
      lateness ? `${durationOf(lateness.p99Ms)} (${durationOf(lateness.maxMs)})` : 'not measured',
  },
  {
    title: 'Last run (UTC)',
    cell: ({ lastRun }: ReportStream) =>
      lastRun ? html`${instant(lastRun.endedAt)} ${lastRun.error === undefined ? 'ok' : 'failed'}` : 'never',
  },
];

const durationOf = (ms: number): string => (Number.isFinite(ms) ? formatDuration(ms) : 'over 30 days');

/** Whether a stream needs no action. */
export const isWell = ({ verdict, problems }: ReportStream): boolean =>
  (verdict === null || WELL.has(verdict)) && problems.length === 0;

const healthBadge = (stream: ReportStream): Html => {
  const tone: Tone = !isWell(stream) ? 'bad' : stream.verdict === 'flowing' ? 'good' : 'calm';
  const name = stream.verdict ?? (isWell(stream) ? 'collected by hand' : 'failed');
  return html`<span class="badge ${tone}">${ICONS[tone]}${words(name)}</span>`;
};
