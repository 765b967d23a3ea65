import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { findPython } from '../emulator/python.ts';
import { virtualEnvironment } from '../emulator/virtual-environment.ts';
import { lint } from './cfn-lint.ts';
import { catalogStack, Synthesized } from './synthesized.ts';

const CFN_LINT = join(import.meta.dirname, 'cfn-lint-requirements.txt');

/** The first run on a machine installs it. */
const INSTALL_LIMIT_MS = 180_000;

/** Some seconds a template, and many on a busy machine. */
const LINT_LIMIT_MS = 300_000;

const python = findPython();

describe('cfn-lint', () => {
  if (python.missing !== undefined) {
    it(`NOT RUN. ${python.missing}`, () => {
      process.stderr.write(`\nThe templates are NOT LINTED. ${python.missing}\n`);
      expect(process.env['CI']).not.toBe('true');
    });
    return;
  }

  let interpreter: string;
  beforeAll(async () => {
    interpreter = await virtualEnvironment(python, CFN_LINT);
  }, INSTALL_LIMIT_MS);

  it.each([
    ['by default', {}],
    [
      'with all options',
      { compaction: true, xray: true, bucket: { kmsKey: true, objectLock: { mode: 'governance', days: 1 } } },
    ],
  ])(
    'finds nothing in the connector and the catalog: %s',
    async (_, file) => {
      const stacks = [new Synthesized(file), new Synthesized(file, catalogStack())];

      expect(await lint(interpreter, ...stacks.map(({ template }) => template))).toBe('');
    },
    LINT_LIMIT_MS,
  );

  it('finds a planted error', async () => {
    const careless = {
      Resources: { Table: { Type: 'AWS::Glue::Table', Properties: { DatabaseName: 'zoom' } } },
    };

    expect(await lint(interpreter, careless)).toContain("'CatalogId' is a required property");
  });
});
