import type {
  ContentScenario,
  ContentScore,
  RunRecord,
  Scenario,
  ScenarioScore,
} from '../simulator/acceptance/index.ts';
import type { Column } from './output/column.ts';
import { fitProse } from './output/prose.ts';
import { recordsToTable, tableToText } from './output/table.ts';
import { WITHOUT_COLOR } from './colorize.ts';
import { formatCount, plural } from './text.ts';

/** A scenario of the logs or of content, and the score of one. */
export type AnyScenario = Scenario | ContentScenario;
export type AnyScore = ScenarioScore | ContentScore;

/** The columns of a scenario. */
export const SCENARIO_COLUMNS: readonly Column<AnyScenario>[] = [
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

export const scenariosToJson = (scenarios: readonly AnyScenario[]): string => {
  const listed = scenarios.map(({ name, about, runs }) => ({ name, about, runs: runs.length }));
  return `${JSON.stringify(listed)}\n`;
};

const figure = <Score extends AnyScore>(
  name: string,
  of: (score: Score) => number,
  keep?: number,
): Column<Score> => ({
  name,
  title: name.toUpperCase(),
  text: (score) => String(of(score)),
  value: of,
  align: 'right',
  ...(keep !== undefined && { keep }),
});

const COST_COLUMNS: readonly Column<AnyScore>[] = [
  figure('requests', ({ requests }) => requests, 3),
  {
    ...figure<AnyScore>('seconds', ({ seconds }) => seconds, 2),
    text: ({ seconds }) => seconds.toFixed(1),
  },
  figure('runs', ({ runs }) => runs.length, 1),
];

const SCENARIO_COLUMN: Column<AnyScore> = { name: 'scenario', title: 'SCENARIO', text: ({ name }) => name };

/** How scores of one kind are printed. */
export interface ScoreForm<Score> {
  readonly columns: readonly Column<Score>[];
  /** What is counted, in the singular. */
  readonly noun: string;
  /** Further figures for the total, as parts of a sentence that begin with a comma; empty if there are none. */
  readonly more: (failed: readonly Score[]) => string;
  /** Problems that the figures do not show, beside those of the runs. */
  readonly problemsOf: (score: Score) => readonly (string | false)[];
  /** The files with the differences, of a scenario. */
  readonly differences: string;
  /** The end of the sentence about a scenario that passed. */
  readonly passed: string;
}

/** Scores of collectors of the logs. */
export const LOG_SCORES: ScoreForm<ScenarioScore> = {
  columns: [
    SCENARIO_COLUMN,
    figure('reported', ({ reported }) => reported),
    figure('delivered', ({ delivered }) => delivered),
    figure('lost', ({ lost }) => lost),
    figure('repeated', ({ repeated }) => repeated),
    ...COST_COLUMNS,
  ],
  noun: 'row',
  more: () => '',
  problemsOf: ({ invented, otherLines, delivered, damagedFiles }) => [
    invented > 0 && `${plural(invented, 'line')} with a row that Zoom did not have`,
    delivered === 0 && otherLines === 0 && 'nothing was delivered, on stdout or in $ACCEPTANCE_OUTPUT',
    otherLines > 0 && `${plural(otherLines, 'line')} without a row`,
    damagedFiles.length > 0 &&
      `${plural(damagedFiles.length, 'file')} in $ACCEPTANCE_OUTPUT can't be decompressed`,
  ],
  differences: 'lost.jsonl, repeated.jsonl and invented.jsonl',
  passed: 'nothing lost, nothing repeated',
};

/** Scores of downloaders of recordings. */
export const CONTENT_SCORES: ScoreForm<ContentScore> = {
  columns: [
    SCENARIO_COLUMN,
    figure('offered', ({ offered }) => offered),
    figure('held', ({ held }) => held),
    figure('lost', ({ lost }) => lost),
    figure('repeated', ({ repeated }) => repeated),
    figure('invented', ({ invented }) => invented),
    figure('again', ({ again }) => again),
    ...COST_COLUMNS,
  ],
  noun: 'file',
  more: (failed) => {
    const again = failed.reduce((sum, score) => sum + score.again, 0);
    return again > 0 ? `, ${formatCount(again)} fetched again` : '';
  },
  problemsOf: ({ held, invented, again }) => [
    held === 0 && invented === 0 && 'nothing is in $ACCEPTANCE_OUTPUT',
    invented > 0 && `${plural(invented, 'file')} with bytes that Zoom did not have`,
    again > 0 && `${plural(again, 'file')} fetched whole more than once`,
  ],
  differences: 'lost.txt, repeated.txt and invented.txt',
  passed: 'nothing lost, nothing repeated, nothing fetched again',
};

/** As JSON: every figure, and the end of each run. */
export const scoresToJson = (scores: readonly AnyScore[], seed: number): string =>
  `${JSON.stringify({ passed: scores.every(({ passed }) => passed), seed, scenarios: scores })}\n`;

/** The table, the problems by scenario, and the total. Output of the collector is not repeated. */
export const scoresToText = <Score extends AnyScore>(
  scores: readonly Score[],
  form: ScoreForm<Score>,
  { keep, timeout }: { readonly keep?: string; readonly timeout: number },
  columns: number | undefined,
): string => {
  const failed = scores.filter(({ passed }) => !passed);
  const notes = failed.flatMap((score) => {
    const problems = problemsOf(score, form, timeout);
    return problems.length === 0 ? [] : [`${score.name}:`, ...problems.map((problem) => `  ${problem}`)];
  });
  const table = recordsToTable(form.columns, scores, { columns, colorize: WITHOUT_COLOR });
  const lines = [
    tableToText(table).trimEnd(),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    verdictOf(scores, failed, form),
    ...(failed.length > 0 ? [whereToLook(form, keep)] : []),
  ];
  return fitProse(lines.map((line) => `${line}\n`).join(''), columns);
};

const sumOf = (scores: readonly AnyScore[], figure: 'lost' | 'repeated' | 'invented'): number =>
  scores.reduce((sum, score) => sum + score[figure], 0);

const verdictOf = <Score extends AnyScore>(
  scores: readonly Score[],
  failed: readonly Score[],
  { noun, more, passed }: ScoreForm<Score>,
): string => {
  const scenarios = plural(scores.length, 'scenario');
  if (failed.length === 0) return `Passed: ${scenarios}, ${passed}.`;
  const invented = sumOf(failed, 'invented');
  return (
    `FAILED: ${formatCount(failed.length)} of ${scenarios}; ${plural(sumOf(failed, 'lost'), noun)} lost, ` +
    `${formatCount(sumOf(failed, 'repeated'))} repeated${invented > 0 ? `, ${formatCount(invented)} invented` : ''}${more(failed)}.`
  );
};

const whereToLook = <Score>({ noun, differences }: ScoreForm<Score>, keep: string | undefined): string =>
  keep === undefined
    ? `To see the output of each run and the differing ${noun}s, add --keep FOLDER.`
    : `In ${keep}/SCENARIO/: the output of each run (runs/), ${differences}.`;

/** Problems that the figures do not show. A run under a fault may end with an error: this alone is not a failure. */
const problemsOf = <Score extends AnyScore>(
  score: Score,
  form: ScoreForm<Score>,
  timeoutSeconds: number,
): string[] => {
  const { runs, runsNotMade } = score;
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
    ...form.problemsOf(score),
  ].filter((problem) => problem !== false);
};
