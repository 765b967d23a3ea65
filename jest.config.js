/** What each project has of test/: folders and files. The project `unit` has what is not named here. */
const PROJECTS = {
  cli: [
    'bench/bench.test.ts',
    'bin',
    'cli',
    'dependencies',
    'jest-projects.test.ts',
    'simulator/command.test.ts',
  ],
  aws: ['deployed', 'detections', 'docs', 'emulator', 'lambdas', 'pages', 'queries', 'readers'],
  worlds: [
    'content',
    'export',
    'fuzz',
    'mutation',
    'shared/collect/exactly-once.test.ts',
    'shared/collect/plan-properties.test.ts',
    'shared/collect/verify/verify-properties.test.ts',
    'shared/compact/compact-days.test.ts',
    'shared/content/verify/tampering.test.ts',
    'shared/health/histories',
    'shared/health/silence-in-a-year.test.ts',
    'shared/local/upload-process.test.ts',
    'shared/normalize/growth.test.ts',
    'shared/normalize/many-rows.test.ts',
    'shared/poison-rows.test.ts',
    'shared/quarter.test.ts',
    'shared/query/content-queries.test.ts',
    'shared/query/database.test.ts',
    'shared/query/poison-rows.test.ts',
    'shared/quiet-stream.test.ts',
    'shared/report/figures.test.ts',
    'shared/report/many-events.test.ts',
    'shared/requests-per-day.test.ts',
    'shared/zoom/download-body.test.ts',
    'shared/zoom/downloads-from-zoom-hosts.test.ts',
    'shared/zoom/zoom-reports.test.ts',
    'simulation',
    'simulator/acceptance',
    'simulator/content-downloads.test.ts',
    'vocabulary.test.ts',
  ],
  infra: ['infra'],
};

const ALL = '**/test/**/*.test.ts';

const globOf = (path) => (path.endsWith('.test.ts') ? `**/test/${path}` : `**/test/${path}/**/*.test.ts`);

const testMatches = {
  unit: [ALL, ...Object.values(PROJECTS).flatMap((paths) => paths.map((path) => `!${globOf(path)}`))],
  ...Object.fromEntries(Object.entries(PROJECTS).map(([name, paths]) => [name, paths.map(globOf)])),
};

const TEST_TIMEOUT_MS = 60_000;

/** @type {import('jest').Config} */
export default {
  projects: Object.entries(testMatches).map(([displayName, testMatch]) => ({
    displayName,
    testMatch,
    testEnvironment: 'node',
    roots: ['<rootDir>/test'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
      ],
    },
    injectGlobals: false,
    testTimeout: TEST_TIMEOUT_MS,
  })),
  maxWorkers: 2,
  testTimeout: TEST_TIMEOUT_MS,
  reporters: ['default', '<rootDir>/test/support/slowest-suites.ts'],
};
