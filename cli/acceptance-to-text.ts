import type { RunRecord, Scenario, ScenarioScore } from '../simulator/acceptance/index.ts';
import type { Column } from './output/column.ts';
import { fitProse } from './output/prose.ts';
import { recordsToTable, tableToText } from './output/table.ts';
import { WITHOUT_COLOR } from './colorize.ts';
import { formatCount, plural } from './text.ts';

/** The columns of a scenario. */
export const SCENARIO_COLUMNS: readonly Column<Scenario>[] = [
  { name: 'scenario', title: 'SCENARIO', text: ({ name }) => name },
  {
    name: 'runs',
    title: 'RUNS',
    text: ({ runs }) => String(runs.length),
    value: ({ runs }) => runs.length,
    align: 'right',
    keep: 1,
  },
  { name: 'about', title: 'DESCRIPTION', text: ({ about }) => about, least: 20, lines: 3 },
];

export const scenariosToJson = (scenarios: readonly Scenario[]): string => {
  const listed = scenarios.map(({ name, about, runs }) => ({ name, about, runs: runs.length }));
  return `${JSON.stringify(listed)}\n`;
};

const figure = (
  name: string,
  of: (score: ScenarioScore) => number,
  keep?: number,
): Column<ScenarioScore> => ({
  name,
  title: name.toUpperCase(),
  text: (score) => String(of(score)),
  value: of,
  align: 'right',
  ...(keep !== undefined && { keep }),
});

/** The columns of a score. */
export const SCORE_COLUMNS: readonly Column<ScenarioScore>[] = [
  { name: 'scenario', title: 'SCENARIO', text: ({ name }) => name },
  figure('reported', ({ reported }) => reported),
  figure('delivered', ({ delivered }) => delivered),
  figure('lost', ({ lost }) => lost),
  figure('repeated', ({ repeated }) => repeated),
  figure('requests', ({ requests }) => requests, 3),
  {
    ...figure('seconds', ({ seconds }) => seconds, 2),
    text: ({ seconds }) => seconds.toFixed(1),
  },
  figure('runs', ({ runs }) => runs.length, 1),
];

/** As JSON: every figure, and the end of each run. */
export const scoresToJson = (scores: readonly ScenarioScore[], seed: number): string =>
  `${JSON.stringify({ passed: scores.every(({ passed }) => passed), seed, scenarios: scores })}\n`;

/** The table, the problems by scenario, and the total. Output of the collector is not repeated. */
export const scoresToText = (
  scores: readonly ScenarioScore[],
  { keep, timeout }: { readonly keep?: string; readonly timeout: number },
  columns: number | undefined,
): string => {
  const failed = scores.filter(({ passed }) => !passed);
  const notes = failed.flatMap((score) => {
    const problems = problemsOf(score, timeout);
    return problems.length === 0 ? [] : [`${score.name}:`, ...problems.map((problem) => `  ${problem}`)];
  });
  const table = recordsToTable(SCORE_COLUMNS, scores, { columns, colorize: WITHOUT_COLOR });
  const lines = [
    tableToText(table).trimEnd(),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    verdictOf(scores, failed),
    ...(failed.length > 0 ? [whereToLook(keep)] : []),
  ];
  return fitProse(lines.map((line) => `${line}\n`).join(''), columns);
};

const sumOf = (scores: readonly ScenarioScore[], figure: 'lost' | 'repeated' | 'invented'): number =>
  scores.reduce((sum, score) => sum + score[figure], 0);

const verdictOf = (scores: readonly ScenarioScore[], failed: readonly ScenarioScore[]): string => {
  const scenarios = plural(scores.length, 'scenario');
  if (failed.length === 0) return `Passed: ${scenarios}, nothing lost, nothing repeated.`;
  const invented = sumOf(failed, 'invented');
  return (
    `FAILED: ${formatCount(failed.length)} of ${scenarios}; ${plural(sumOf(failed, 'lost'), 'row')} lost, ` +
    `${formatCount(sumOf(failed, 'repeated'))} repeated${invented > 0 ? `, ${formatCount(invented)} invented` : ''}.`
  );
};

const whereToLook = (keep: string | undefined): string =>
  keep === undefined
    ? 'To see the output of each run and the differing rows, add --keep FOLDER.'
    : `In ${keep}/SCENARIO/: the output of each run (runs/), lost.jsonl, repeated.jsonl and invented.jsonl.`;

/** Problems that the figures do not show. A run under a fault may end with an error: this alone is not a failure. */
const problemsOf = (score: ScenarioScore, timeoutSeconds: number): string[] => {
  const { runs, runsNotMade, invented, otherLines, delivered, damagedFiles } = score;
  const endedBy = (how: RunRecord['end']['how']): number => runs.filter(({ end }) => end.how === how).length;
  const codes = [
    ...new Set(runs.flatMap(({ end }) => (end.how === 'exited' && end.code !== 0 ? [end.code] : []))),
  ];
  const withError = runs.filter(({ end }) => end.how === 'exited' && end.code !== 0).length;
  const count = (number: number): string => `${formatCount(number)} of ${plural(runs.length, 'run')}`;
  return [
    withError > 0 && `${count(withError)} ended with an error (exit code ${codes.join(', ')})`,
    endedBy('signalled') > 0 && `${count(endedBy('signalled'))} were killed by a signal`,
    endedBy('too-long') > 0 &&
      `${count(endedBy('too-long'))} did not end within ${timeoutSeconds} s (--timeout)`,
    endedBy('too-much') > 0 && `${count(endedBy('too-much'))} printed too much`,
    runsNotMade > 0 && `${plural(runsNotMade, 'later run')} skipped`,
    invented > 0 && `${plural(invented, 'line')} with a row that Zoom did not have`,
    delivered === 0 && otherLines === 0 && 'nothing was delivered, on stdout or in $ACCEPTANCE_OUTPUT',
    otherLines > 0 && `${plural(otherLines, 'line')} without a row`,
    damagedFiles.length > 0 &&
      `${plural(damagedFiles.length, 'file')} in $ACCEPTANCE_OUTPUT can't be decompressed`,
  ].filter((problem) => problem !== false);
};
