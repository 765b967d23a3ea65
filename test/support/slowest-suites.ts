import { relative } from 'node:path';

/** The part of Jest's result of a run that is read here. */
export interface SuiteResults {
  readonly testResults: readonly {
    readonly testFilePath: string;
    /** In milliseconds. */
    readonly perfStats: { readonly runtime: number };
  }[];
}

const SHOWN = 5;

/** The slowest suites, one per line, with their seconds; nothing for five suites or fewer, which Jest's own lines show. */
export const slowestSuites = ({ testResults }: SuiteResults, root: string): string => {
  if (testResults.length <= SHOWN) return '';
  const lines = testResults
    .toSorted((a, b) => b.perfStats.runtime - a.perfStats.runtime)
    .slice(0, SHOWN)
    .map(
      ({ testFilePath, perfStats }) =>
        `${(perfStats.runtime / 1000).toFixed(1).padStart(7)} s  ${relative(root, testFilePath)}\n`,
    );
  return `\nSlowest test suites:\n${lines.join('')}`;
};

/** The reporter that Jest loads: prints the slowest suites at the end of a run. */
export default class SlowestSuites {
  private readonly root: string;

  constructor({ rootDir }: { readonly rootDir: string }) {
    this.root = rootDir;
  }

  onRunComplete(_: unknown, results: SuiteResults): void {
    process.stderr.write(slowestSuites(results, this.root));
  }
}
