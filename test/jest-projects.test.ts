import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { slowestSuites } from './support/slowest-suites.ts';

const ROOT = join(import.meta.dirname, '..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The projects that `npm run test:<project>` runs. */
const projects = Object.entries(scripts).flatMap(([name, script]) =>
  script.includes(`--selectProjects ${name.replace('test:', '')} `) ? [name.replace('test:', '')] : [],
);

/** The test files that Jest finds, sorted: in one project, or in all. */
const listedTests = async (...options: readonly string[]): Promise<string[]> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [JEST, '--listTests', '--json', ...options],
    {
      cwd: ROOT,
      env: {},
    },
  );
  return (JSON.parse(stdout) as string[]).sort();
};

describe("Jest's projects", () => {
  it('have every test file once', async () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => join(import.meta.dirname, file))
      .sort();

    const byProject = await Promise.all(projects.map((project) => listedTests('--selectProjects', project)));

    expect(projects).toEqual(['unit', 'cli', 'aws', 'worlds', 'infra']);
    expect(byProject.flat().sort()).toEqual(files);
    expect(await listedTests()).toEqual(files);
  });

  it('are all searched for a path, also by the script of one project', async () => {
    const one = join(import.meta.dirname, 'architecture.test.ts');
    const [, script = ''] = /(--selectProjects .*)/.exec(scripts['test:unit'] ?? '') ?? [];

    expect(await listedTests('test/architecture')).toEqual([one]);
    expect(await listedTests(...script.split(' '), 'test/architecture')).toEqual([one]);
  });
});

describe('the slowest suites', () => {
  const suites = (...seconds: readonly number[]) => ({
    testResults: seconds.map((runtime, index) => ({
      testFilePath: `/checkout/test/suite-${index}.test.ts`,
      perfStats: { runtime: runtime * 1000 },
    })),
  });

  it('are five, the slowest first', () => {
    expect(slowestSuites(suites(1, 20.26, 3, 0, 5, 4), '/checkout')).toBe(
      [
        '\nSlowest test suites:\n',
        '   20.3 s  test/suite-1.test.ts\n',
        '    5.0 s  test/suite-4.test.ts\n',
        '    4.0 s  test/suite-5.test.ts\n',
        '    3.0 s  test/suite-2.test.ts\n',
        '    1.0 s  test/suite-0.test.ts\n',
      ].join(''),
    );
  });

  it('are not printed for five suites or fewer', () => {
    expect(slowestSuites(suites(1, 2, 3, 4, 5), '/checkout')).toBe('');
  });
});
