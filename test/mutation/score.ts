import type { MutantResult } from '@stryker-mutator/api/core';

/** The folders whose mutants are run. */
export const ROOMS = ['model', 'normalize', 'collect', 'health'];

interface Score {
  readonly name: string;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly uncovered: number;
}

/** The score of each folder, and of all together. Mutants that are ignored or do not compile are not counted. */
export const scoresOf = (results: readonly MutantResult[]): Score[] => {
  const score = (name: string, of: readonly MutantResult[]): Score => {
    const count = (status: MutantResult['status']) => of.filter((result) => result.status === status).length;
    return {
      name,
      killed: count('Killed'),
      timedOut: count('Timeout'),
      survived: count('Survived'),
      uncovered: count('NoCoverage'),
    };
  };
  const rooms = Object.entries(Object.groupBy(results, ({ fileName }) => roomOf(fileName)));
  return [...rooms.map(([name, of = []]) => score(name, of)), score('all', results)];
};

export const tableOf = (scores: readonly Score[]): string =>
  [
    '| room | mutants | killed | timed out | survived | not covered | score |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...scores.map(({ name, killed, timedOut, survived, uncovered }) => {
      const all = killed + timedOut + survived + uncovered;
      const percent = ((100 * (killed + timedOut)) / all).toFixed(1);
      return `| ${[name, all, killed, timedOut, survived, uncovered, `${percent} %`].join(' | ')} |`;
    }),
  ].join('\n');

const roomOf = (fileName: string): string => /shared\/[^/]+/.exec(fileName)?.[0] ?? fileName;
