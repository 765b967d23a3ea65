import { type Html, html } from '../connect/pages/html.ts';
import { dayIn } from '../model/day.ts';
import { formatCount, plural } from '../model/format-count.ts';
import { type Level, LEVELS } from '../query/detection.ts';
import type { Report, ReportFinding } from './report.ts';
import { TABLE_ROWS } from './rows.ts';
import { sourceColumn, table } from './table.ts';
import { instant, shown } from './text.ts';
import { timeChart } from './time-chart.ts';

const COLORS: Readonly<Record<Level, string>> = {
  critical: '--critical',
  high: '--high',
  medium: '--medium',
  low: '--low',
  informational: '--informational',
};

/** Whether findings of a level need immediate attention. */
export const isSevere = (level: Level): boolean => level === 'critical' || level === 'high';

/** The detections that had findings, and the findings: the most severe first, then the newest. */
export const findingSection = ({
  findings,
  detections,
  period,
  streams,
}: Pick<Report, 'findings' | 'detections' | 'period' | 'streams'>): Html => {
  const fired = [...Map.groupBy(findings, ({ detection }) => detection).values()].sort(
    ([a], [b]) => severity(b) - severity(a) || compare(a?.title, b?.title),
  );
  const sorted = findings.toSorted((a, b) => severity(b) - severity(a) || compare(b.time, a.time));
  const first = sorted.slice(0, TABLE_ROWS);
  return html`<section aria-labelledby="detections">
    <h2 id="detections">Detections that fired</h2>
    ${
      findings.length === 0
        ? html`<p>${plural(detections, 'detection')} ran. None had findings in this period.</p>`
        : html`<p>
              ${formatCount(fired.length)} of ${plural(detections, 'detection')} had findings.
              <code>detections/README.md</code> has the remedy of each.
            </p>
            ${timeChart({
              title: 'Findings by severity over time',
              counts: findings.map(({ time, level }) => ({ day: dayIn(time), kind: level, count: 1 })),
              period,
              colors: COLORS,
            })}
            ${table(
              'Detections that fired',
              [
                { title: 'Severity', cell: ([one]) => one && levelBadge(one.level) },
                { title: 'Detection', cell: ([one]) => shown(one?.title ?? ''), kind: 'wide' },
                { title: 'Findings', cell: ({ length }) => formatCount(length), kind: 'number' },
                {
                  title: 'Latest (UTC)',
                  cell: (found) =>
                    instant(
                      found
                        .map(({ time }) => time)
                        .sort()
                        .at(-1) ?? '',
                    ),
                },
              ],
              fired,
            )}
            <h3>Findings, the most severe first</h3>
            ${table(
              'Findings',
              [
                { title: 'Severity', cell: ({ level }) => levelBadge(level) },
                { title: 'When (UTC)', cell: ({ time }) => instant(time) },
                { title: 'Who', cell: ({ who }) => shown(who), kind: 'wide' },
                {
                  title: 'What',
                  cell: ({ title, what }) => html`<b>${shown(title)}</b><br />${shown(what)}`,
                },
                ...sourceColumn({ streams }),
              ],
              first,
              sorted.length - first.length,
            )}`
    }
  </section>`;
};

const severity = (finding: ReportFinding | undefined): number =>
  finding ? LEVELS.indexOf(finding.level) : -1;

const compare = (a = '', b = ''): number => (a === b ? 0 : a < b ? -1 : 1);

const levelBadge = (level: Level): Html => html`<span class="level ${level}">${level}</span>`;
