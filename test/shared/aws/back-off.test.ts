import { expect, it } from '@jest/globals';
import { backOff } from '../../../shared/aws/back-off.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';

const waited = async (random: number, failures: number): Promise<number> => {
  const clock = new SettableClock();
  const before = clock.now().getTime();
  await backOff({ clock, random: () => random }, failures);
  return clock.now().getTime() - before;
};

it.each([
  [0, 0, 0],
  [0.5, 0, 25],
  [0.5, 3, 200],
  [0.999, 30, 1998],
])('with the random number %d, waits after %i failures for %i ms', async (random, failures, ms) => {
  expect(await waited(random, failures)).toBe(ms);
});
