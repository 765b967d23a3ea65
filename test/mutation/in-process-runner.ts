import { globSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import type { InstrumenterContext, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { type CollectedTest, collectTests } from './collected-tests.ts';
import { type ReloadableModules, reloadableModules } from './reloadable-modules.ts';

/** The selection of tests. */
interface InProcessOptions {
  readonly testFiles: readonly string[];
  /** Tests that are skipped, by words of their name. */
  readonly without: readonly string[];
  /** Milliseconds for the covering tests of other files, the nearest and quickest first. Those of its own file always run. */
  readonly mostMs: number;
}

/** A test that takes longer than this, and longer than five times its last duration, hangs. */
const LEAST_TIMEOUT_MS = 2000;
const DEFAULT_TIMEOUT_MS = 10_000;

/** The object through which the instrumented sources read the active mutant and report coverage. */
const instrumenter = (): InstrumenterContext =>
  ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {});

/**
 * Runs tests in this process, with the sources loaded once for all mutants that can be switched while they run. A static
 * mutant, which acts while its module loads, needs new modules for each test file.
 */
class InProcessRunner implements TestRunner {
  static readonly inject: [typeof commonTokens.options] = [commonTokens.options];

  private readonly options: InProcessOptions;
  private readonly folder = process.cwd();
  private readonly modules: ReloadableModules = reloadableModules(this.folder);
  private readonly lastMs = new Map<string, number>();
  private pristine: readonly CollectedTest[] | undefined;
  private generation = 0;

  constructor(options: StrykerOptions) {
    this.options = (options as StrykerOptions & { readonly inProcess: InProcessOptions }).inProcess;
    // A promise without a waiting caller may fail: its test has already ended.
    process.on('unhandledRejection', () => undefined);
  }

  readonly capabilities = () => ({ reloadEnvironment: true });

  async dryRun(): Promise<DryRunResult> {
    const coverage = (instrumenter().mutantCoverage ??= { static: {}, perTest: {} });
    const tests: TestResult[] = [];
    for (const test of await this.loaded()) {
      instrumenter().currentTestId = test.id;
      tests.push(await this.run(test));
    }
    delete instrumenter().currentTestId;
    return { status: DryRunStatus.Complete, tests, mutantCoverage: coverage };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const all = await this.loaded();
    const mutated = relative(this.folder, options.sandboxFileName);
    const context = instrumenter();
    Object.assign(context, { hitCount: options.hitLimit && 0, hitLimit: options.hitLimit });
    context.activeMutant = options.activeMutant.id;
    try {
      if (options.mutantActivation === 'static') {
        return await this.runMutant(options, mutated, this.loadedAnew(mutated, all));
      }
      const result = await this.runMutant(
        options,
        mutated,
        this.inOrder(mutated, all, new Set(options.testFilter)),
      );
      // State of a module from earlier tests may hide a mutant: it counts as a survivor only with new modules.
      if (result.status !== MutantRunStatus.Survived) return result;
      return await this.runMutant(options, mutated, this.loadedAnew(mutated, all));
    } finally {
      delete context.activeMutant;
    }
  }

  private async runMutant(
    { hitLimit, disableBail }: MutantRunOptions,
    mutated: string,
    tests: Iterable<CollectedTest> | AsyncIterable<CollectedTest>,
  ): Promise<MutantRunResult> {
    const results: TestResult[] = [];
    let spentMs = 0;
    for await (const test of tests) {
      const isOwn = test.file === mirrorOf(mutated);
      if (!isOwn && spentMs > this.options.mostMs) break;
      const result = await this.run(test);
      results.push(result);
      spentMs += isOwn ? 0 : result.timeSpentMs;
      const timeout = determineHitLimitReached(instrumenter().hitCount, hitLimit);
      if (timeout) return toMutantRunResult(timeout);
      if (result.status === TestStatus.Failed && !disableBail) break;
    }
    return toMutantRunResult({ status: DryRunStatus.Complete, tests: results });
  }

  /** All tests, with no mutant active. */
  private async loaded(): Promise<readonly CollectedTest[]> {
    if (this.pristine) return this.pristine;
    const all: CollectedTest[] = [];
    for (const file of globSync(this.options.testFiles).sort()) {
      all.push(...(await this.collect(file, 0)));
    }
    return (this.pristine = all);
  }

  private async collect(file: string, generation: number): Promise<CollectedTest[]> {
    const tests = await collectTests(file, () => this.modules.load(file, generation));
    return tests.filter(({ id }) => !this.options.without.some((words) => id.includes(words)));
  }

  /** The tests that cover a mutant: first those of its own file, then those of its folder, then others; quick ones first. */
  private inOrder(
    mutated: string,
    all: readonly CollectedTest[],
    filter: ReadonlySet<string>,
  ): CollectedTest[] {
    const rank = ({ id, file }: CollectedTest) => distance(file, mutated) * 1e6 + (this.lastMs.get(id) ?? 0);
    return all.filter(({ id }) => filter.has(id)).sort((a, b) => rank(a) - rank(b));
  }

  /** The tests that import the mutated file, file by file, each loaded with the mutant active. */
  private async *loadedAnew(mutated: string, all: readonly CollectedTest[]): AsyncGenerator<CollectedTest> {
    this.generation += 1;
    const lastMs = new Map<string, number>();
    for (const { id, file } of all) lastMs.set(file, (lastMs.get(file) ?? 0) + (this.lastMs.get(id) ?? 0));
    const rank = (file: string) => distance(file, mutated) * 1e6 + (lastMs.get(file) ?? 0);
    const files = [...lastMs.keys()]
      .filter((file) => this.modules.reaches(file, mutated))
      .sort((a, b) => rank(a) - rank(b));
    for (const file of files) {
      try {
        yield* await this.collect(file, this.generation);
      } catch (error) {
        const first = all.find((test) => test.file === file);
        if (first) yield { ...first, run: () => Promise.reject(toError(error)) };
      }
    }
  }

  private async run({ id, file, run }: CollectedTest): Promise<TestResult> {
    const startedAt = performance.now();
    const about = { id, name: id, fileName: file };
    try {
      await within(this.gracePeriodMs(id), run());
      return { ...about, status: TestStatus.Success, timeSpentMs: this.spent(id, startedAt) };
    } catch (error) {
      const failureMessage = error instanceof Error ? error.message : String(error);
      return { ...about, status: TestStatus.Failed, timeSpentMs: this.spent(id, startedAt), failureMessage };
    }
  }

  private gracePeriodMs(id: string): number {
    const lastMs = this.lastMs.get(id);
    return lastMs === undefined ? DEFAULT_TIMEOUT_MS : LEAST_TIMEOUT_MS + 5 * lastMs;
  }

  private spent(id: string, startedAt: number): number {
    const ms = performance.now() - startedAt;
    this.lastMs.set(id, ms);
    return ms;
  }
}

const within = async (ms: number, done: Promise<void>): Promise<void> => {
  const { promise, reject } = Promise.withResolvers<never>();
  // eslint-disable-next-line no-restricted-globals -- a mutant may never end, with any clock
  const timer = setTimeout(() => reject(new Error(`It was not done after ${Math.round(ms)} ms.`)), ms);
  try {
    await Promise.race([done, promise]);
  } finally {
    clearTimeout(timer);
  }
};

const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** The path of the tests of a file. */
const mirrorOf = (file: string): string => `test/${file.replace(/\.ts$/, '.test.ts')}`;

/** How far a test file is from a source: its own, of its folder, of another. */
const distance = (testFile: string, mutated: string): number => {
  if (testFile === mirrorOf(mutated)) return 0;
  return dirname(testFile) === dirname(mirrorOf(mutated)) ? 1 : 2;
};

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];

/** The option `inProcess` in Stryker's configuration. */
export const strykerValidationSchema = {
  properties: {
    inProcess: {
      type: 'object',
      properties: {
        testFiles: { type: 'array', items: { type: 'string' } },
        without: { type: 'array', items: { type: 'string' }, default: [] },
        mostMs: { type: 'number', default: 2000 },
      },
      required: ['testFiles'],
    },
  },
};
