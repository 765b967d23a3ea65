import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: ['./test/mutation/in-process-runner.ts'],
  testRunner: 'in-process',
  coverageAnalysis: 'perTest',
  inProcess: {
    testFiles: [
      'test/shared/model/**/*.test.ts',
      'test/shared/normalize/**/*.test.ts',
      'test/shared/collect/**/*.test.ts',
      'test/shared/health/*.test.ts',
      'test/infra/sources-file.test.ts',
    ],
    // A second and more, each: other tests say the same of less.
    without: [
      'cuts what it commits into objects of at most 10,000 rows',
      'test/shared/collect/verify/verify-properties.test.ts',
      'gives the value back, on one line for every reader',
      'is looked for in linear time',
      'test/shared/health/silence-in-a-year.test.ts',
      'test/shared/normalize/growth.test.ts',
    ],
    mostMs: 1000,
  },
  mutate: ['shared/{model,normalize,collect,health}/**/*.ts'],
  disableTypeChecks: false,
  ignorePatterns: ['/demo', '/coverage', '/cdk.out', '/.artifacts', '/.mutation'],
  // Not in the checkout: other tests walk through that.
  tempDirName: join(tmpdir(), 'zoom-log-source-mutation'),
  incrementalFile: '.mutation/incremental.json',
  jsonReporter: { fileName: '.mutation/report.json' },
  htmlReporter: { fileName: '.mutation/report.html' },
  reporters: ['progress-append-only', 'json', 'html'],
  concurrency: 2,
  // Node forgets no module: a process that has loaded many anew is replaced.
  maxTestRunnerReuse: 200,
  timeoutMS: 3000,
  warnings: { slow: false },
  allowConsoleColors: false,
};
