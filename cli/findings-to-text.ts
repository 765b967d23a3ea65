import type { Detection } from '../shared/app/query.ts';
import { type Finding, GROUPED_COLUMNS, SEVERITIES } from './finding.ts';
import { recordsToTable, type Screen } from './output/table.ts';
import { formatCount, plural } from './text.ts';

const INDENT = '  ';
const SEVERE: ReadonlySet<string> = new Set(['high', 'critical']);

/** Findings by detection: the most severe detection last, the newest finding last. */
export const findingsToText = (
  findings: readonly Finding[],
  detections: readonly Detection[],
  limit: number,
  screen: Screen,
): string => {
  const groups = [...Map.groupBy(findings, ({ detection }) => detection)].sort(
    ([a], [b]) => SEVERITIES.indexOf(a.level) - SEVERITIES.indexOf(b.level) || (a.name < b.name ? -1 : 1),
  );
  const ran = plural(detections.length, 'detection');
  const sum =
    groups.length === 0
      ? `${ran} ran. No findings.\n`
      : `${ran} ran. ${formatCount(groups.length)} of them had findings: ${formatCount(findings.length)} in total.\nRemedies: detections/README.md\n`;
  return (
    groups.map(([detection, found]) => `${groupToText(detection, found, limit, screen)}\n`).join('') + sum
  );
};

const groupToText = (
  { name, title, level }: Detection,
  found: readonly Finding[],
  limit: number,
  { columns, colorize }: Screen,
): string => {
  const word = SEVERE.has(level) ? colorize('yellow', level.toUpperCase()) : level.toUpperCase();
  const room = columns === undefined ? undefined : columns - INDENT.length;
  const { lines } = recordsToTable(GROUPED_COLUMNS, found.slice(-limit), { columns: room, colorize });
  const shown = lines.length < found.length ? `, the latest ${formatCount(lines.length)}` : '';
  return [
    `${word} ${title}`,
    `${INDENT}${name}: ${plural(found.length, 'finding')}${shown}:`,
    ...lines.map((line) => INDENT + line.replaceAll('\n', `\n${INDENT}`)),
  ]
    .map((line) => `${line}\n`)
    .join('');
};
