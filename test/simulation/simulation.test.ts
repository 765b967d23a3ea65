import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { drawPlan } from './draw-plan.ts';
import { partsOf, readParts, formatParts, withOnly } from './parts.ts';
import { runWorld } from './run-world.ts';

/** Enough for every kind of fault; `npm run simulate` runs any number. */
const WORLDS = 150;

const simulate = async (...args: string[]): Promise<string> => {
  const command = [`${import.meta.dirname}/simulate.ts`, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command).catch(
    (error: unknown) => error as { stdout: string },
  );
  return stdout;
};

describe('simulated worlds', () => {
  it(`keep every invariant under all faults (${WORLDS} seeds)`, async () => {
    expect(await simulate('--worlds', String(WORLDS), '--jobs', '2')).toMatch(
      new RegExp(`^${WORLDS} worlds from seed 1 on, .* every invariant was kept\\.\n$`),
    );
  }, 300_000);

  it('are reproducible, to the last effect', async () => {
    const traces = async (): Promise<string[]> => {
      const found: string[] = [];
      for (let seed = 7; seed < 10; seed += 1) found.push((await runWorld(drawPlan(seed))).trace);
      return found;
    };

    const first = await traces();

    expect(await traces()).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
  }, 120_000);

  it('can be reduced to some of their parts, by names for the command line', () => {
    const plan = drawPlan(3);
    const parts = partsOf(plan).filter((part) => part !== 'p1');

    const typed = readParts(formatParts(parts));

    expect(typed).toEqual(parts);
    expect(withOnly(plan, new Set(typed), 0).polls).toHaveLength(plan.polls.length - 1);
    expect(() => readParts('x9')).toThrow(RangeError);
  });
});
