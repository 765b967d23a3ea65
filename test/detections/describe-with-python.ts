import { beforeAll, describe, it } from '@jest/globals';
import { findPython } from '../emulator/python.ts';
import { virtualEnvironment } from '../emulator/virtual-environment.ts';

/** The first run on a machine installs the packages. */
const INSTALL_LIMIT_MS = 300_000;

interface Needs {
  /** A file of requirements, pinned. */
  readonly requirements: string;
  /** The one release of Python that the packages are made for, if it is one: `3.11`. */
  readonly release?: string;
}

/**
 * A suite that needs packages of Python: it gets the interpreter that has them. Where there is none the suite is one test
 * that says so: it passes on a laptop, and fails where CI=true.
 */
export const describeWithPython = (name: string, needs: Needs, suite: (python: () => string) => void): void =>
  describe(name, () => {
    const found = findPython();
    const missing = found.missing ?? misfit(found.version, needs.release);
    if (found.missing !== undefined || missing !== undefined) {
      noticeThat(missing ?? '');
      return;
    }
    let interpreter = '';
    beforeAll(async () => {
      interpreter = await virtualEnvironment(found, needs.requirements);
    }, INSTALL_LIMIT_MS);
    suite(() => interpreter);
  });

const misfit = (version: string, release: string | undefined): string | undefined =>
  release === undefined || version.startsWith(`${release}.`)
    ? undefined
    : `Python ${release} is needed, and this is ${version}.`;

const noticeThat = (missing: string): void => {
  it(`NOT RUN: Python is missing. ${missing}`, () => {
    process.stderr.write(`\nTests with packages of Python are NOT RUN. ${missing}\n`);
    if (process.env['CI'] === 'true') throw new Error(missing);
  });
};
