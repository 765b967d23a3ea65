import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { formatParts, readParts } from '../parts.ts';
import { CONTENT_WORLDS } from './content-worlds.ts';

/** Enough for every kind of fault and change; `npm run simulate -- --content` runs any number. */
const WORLDS = 20;

const simulate = async (...args: string[]): Promise<string> => {
  const command = [`${import.meta.dirname}/../simulate.ts`, '--content', ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command).catch(
    (error: unknown) => error as { stdout: string },
  );
  return stdout;
};

const { draw, run, partsOf, withOnly } = CONTENT_WORLDS;

describe('simulated worlds of content', () => {
  it(`keep every invariant under all faults (${WORLDS} seeds)`, async () => {
    expect(await simulate('--worlds', String(WORLDS), '--jobs', '2')).toMatch(
      new RegExp(`^${WORLDS} worlds from seed 1 on, .* every invariant was kept\\.\n$`),
    );
  }, 300_000);

  it('are reproducible, to the last effect', async () => {
    const first = (await run(draw(7))).trace;

    expect((await run(draw(7))).trace).toBe(first);
    expect((await run(draw(8))).trace).not.toBe(first);
  }, 120_000);

  it('can be reduced to some of their parts, by names for the command line', () => {
    const plan = draw(3);
    const parts = partsOf(plan).filter((part) => part !== 'p1' && part !== 'c0');

    const typed = readParts(formatParts(parts));

    expect(typed).toEqual(parts);
    const smaller = withOnly(plan, new Set(typed), 0);
    expect(smaller.runs).toHaveLength(plan.runs.length - 1);
    expect(smaller.meetings).toEqual(plan.meetings);
  });
});
