import { readFileSync } from 'node:fs';
import { matchesGlob, relative } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';

/** Accepted survivors: by reason and file, as `mutator: code => replacement`. */
export type Reasons = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export const readReasons = (): Reasons =>
  JSON.parse(readFileSync(new URL('./survivors.json', import.meta.url), 'utf8')) as Reasons;

/** The name of a mutant without its line, which changes with each edit above it. */
const format = ({ mutatorName, fileName, location: { start, end }, replacement }: MutantResult): string => {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines.at(-1)?.slice(0, end.column - 1) ?? '';
  lines[0] = lines[0]?.slice(start.column - 1) ?? '';
  const short = (text: string) => text.replaceAll(/\s+/g, ' ').slice(0, 160);
  return `${mutatorName}: ${short(lines.join('\n'))} => ${short(replacement)}`;
};

/** The survivors without a reason, the reasons without a survivor, and the number of survivors of each reason. */
export const reviewSurvivors = (
  results: readonly MutantResult[],
  reasons: Reasons,
  mutated: readonly string[],
): { unexplained: string[]; superfluous: string[]; tally: [string, number][] } => {
  const open = Object.entries(reasons).flatMap(([why, files]) =>
    Object.entries(files)
      .filter(([file]) => mutated.some((pattern) => matchesGlob(file, pattern)))
      .flatMap(([file, mutants]) => mutants.map((mutant) => ({ why, key: `${file} ${mutant}` }))),
  );
  const unexplained: string[] = [];
  const tally = new Map<string, number>();
  for (const result of results) {
    if (result.status !== 'Survived' && result.status !== 'NoCoverage') continue;
    const file = relative('.', result.fileName);
    const key = `${file} ${format(result)}`;
    const index = open.findIndex((reason) => reason.key === key);
    const [reason] = index < 0 ? [] : open.splice(index, 1);
    if (reason) tally.set(reason.why, (tally.get(reason.why) ?? 0) + 1);
    else unexplained.push(`${file}:${result.location.start.line} ${format(result)}`);
  }
  return { unexplained, superfluous: open.map(({ key }) => key), tally: [...tally] };
};
