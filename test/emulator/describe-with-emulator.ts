import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type Emulator, startMinistack } from './ministack.ts';
import { findPython } from './python.ts';

/** The first start on a machine installs the emulator. */
const START_LIMIT_MS = 180_000;

/**
 * A suite that needs an AWS: it gets an emulator, started before its tests and stopped after them. Where no emulator can run
 * the suite is one test with the reason as its name: it passes on a laptop, and fails where CI=true.
 */
export const describeWithEmulator = (name: string, suite: (emulator: () => Emulator) => void): void => {
  const { missing } = findPython();
  if (missing !== undefined) {
    describe(name, () => noticeThat(missing));
    return;
  }
  describe(name, () => {
    let emulator: Emulator | undefined;
    beforeAll(async () => {
      emulator = await startMinistack();
    }, START_LIMIT_MS);
    afterAll(() => emulator?.stop());
    suite(() => {
      if (emulator) return emulator;
      throw new Error('The emulator runs only while tests do: ask for it within one.');
    });
  });
};

const noticeThat = (missing: string): void => {
  it(`NOT RUN: the AWS emulator is missing. ${missing}`, () => {
    process.stderr.write(`\nTests against an AWS emulator are NOT RUN. ${missing}\n`);
    if (process.env['CI'] === 'true') throw new Error(missing);
  });
};
