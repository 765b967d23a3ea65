import { type Html, html } from '../connect/pages/html.ts';
import { ICONS, type Tone } from '../connect/pages/page.ts';
import { formatDuration } from '../health/format.ts';
import { WELL } from '../health/verdict.ts';
import { formatCount } from '../model/format-count.ts';
import { isComplete, type StreamCalendar } from './calendar.ts';
import { isOneSource, type Report, type ReportStream } from './report.ts';
import { type Column, table } from './table.ts';
import { instant, shown, streamTitle, words } from './text.ts';

const MOST_STREAMS = 40;

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
    ${table('Streams', columnsFor(calendar, isOneSource({ streams })), streams.slice(0, MOST_STREAMS), Math.max(0, streams.length - MOST_STREAMS))}
    <p>Late: 99 of 100 rows appear in Zoom’s report within this time after their event; in brackets, all.</p>
  </section>`;
};

const columnsFor = (calendar: readonly StreamCalendar[], oneSource: boolean): Column<ReportStream>[] => [
  { title: 'Stream', cell: (stream) => streamTitle(stream, oneSource) },
  { title: 'Health', cell: healthBadge },
  {
    title: 'Days complete',
    cell: ({ source, stream }) => {
      const days = calendar.find((one) => one.source === source && one.stream === stream)?.days ?? [];
      return `${formatCount(days.filter(({ state }) => isComplete(state)).length)} of ${formatCount(days.length)}`;
    },
    kind: 'number',
  },
  {
    title: 'Newest event (UTC)',
    cell: ({ newestEvent }) => (newestEvent === undefined ? 'none' : instant(newestEvent)),
  },
  { title: 'Events, all days', cell: ({ events }) => formatCount(events), kind: 'number' },
  {
    title: 'Late',
    cell: ({ lateness }: ReportStream) =>
      lateness ? `${durationOf(lateness.p99Ms)} (${durationOf(lateness.maxMs)})` : 'not measured',
    kind: 'short',
  },
  {
    title: 'Last run (UTC)',
    cell: ({ lastRun }: ReportStream) =>
      lastRun ? html`${instant(lastRun.endedAt)} ${lastRun.error === undefined ? 'ok' : 'failed'}` : 'never',
    kind: 'short',
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
