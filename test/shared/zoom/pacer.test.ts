import { describe, expect, it } from '@jest/globals';
import { Pacer, type Turn } from '../../../shared/zoom/pacer.ts';
import { failureMessage, never } from '../../support/zoom.ts';
import { QueueClock } from '../../support/doubles/queue-clock.ts';

/** The milliseconds, from now on, at which `count` turns are given. */
const turnsOf = async (pacer: Pacer, clock: QueueClock, count: number, signal = never): Promise<number[]> => {
  const begun = clock.now().getTime();
  const turns: number[] = [];
  const waiting = Array.from({ length: count }, async () => {
    await pacer.turn(signal);
    turns.push(clock.now().getTime() - begun);
  });
  await clock.run(waiting);
  return turns;
};

describe('a pacer', () => {
  it.each([
    [1, [0, 1000, 2000, 3000]],
    [4, [0, 250, 500, 750]],
    [1000, [0, 1, 2, 3]],
    [0.5, [0, 2000, 4000, 6000]],
  ])('of %d a second spaces concurrent turns evenly', async (perSecond, expected) => {
    const clock = new QueueClock();

    expect(await turnsOf(new Pacer(clock, perSecond), clock, 4)).toEqual(expected);
  });

  it('does not make up for unused turns', async () => {
    const clock = new QueueClock();
    const pacer = new Pacer(clock, 4);
    await turnsOf(pacer, clock, 1);
    clock.advance(10_000);

    expect(await turnsOf(pacer, clock, 3)).toEqual([0, 250, 500]);
  });

  it('delays waiting callers, and then admits them one by one', async () => {
    const clock = new QueueClock();
    const pacer = new Pacer(clock, 10);
    const turns: number[] = [];
    const begun = clock.now().getTime();
    const request = async (): Promise<void> => {
      await pacer.turn(never);
      turns.push(clock.now().getTime() - begun);
      if (turns.length === 1) pacer.throttle(5000);
    };

    await clock.run([request(), request(), request(), request()]);

    expect(turns).toEqual([0, 5000, 5100, 5200]);
  });

  it('holds back for the longest time that was named', async () => {
    const clock = new QueueClock();
    const pacer = new Pacer(clock, 10);
    pacer.throttle(5000);
    pacer.throttle(1000);

    expect(await turnsOf(pacer, clock, 2)).toEqual([5000, 5100]);
  });

  describe('whose requests Zoom refuses for its limit of a second', () => {
    /** Has `count` requests started at once, and those refused that come after the first `granted`. */
    const burst = async (pacer: Pacer, clock: QueueClock, count: number, granted: number): Promise<void> => {
      const turns: Turn[] = [];
      await clock.run(Array.from({ length: count }, async () => void turns.push(await pacer.turn(never))));
      for (const turn of turns.slice(granted)) pacer.refused(turn);
      clock.advance(10_000);
    };

    it('starts fewer a second than it had started when it was refused, once for all of a burst', async () => {
      const clock = new QueueClock();
      const pacer = new Pacer(clock, 100);

      await burst(pacer, clock, 8, 3); // the fourth in a second was one too many: 4 × 0.7 a second

      expect(await turnsOf(pacer, clock, 4)).toEqual([0, 357, 714, 1071]);
    });

    it('comes down further if it is refused again', async () => {
      const clock = new QueueClock();
      const pacer = new Pacer(clock, 100);

      await burst(pacer, clock, 8, 3);
      await burst(pacer, clock, 4, 2);

      expect(await turnsOf(pacer, clock, 2)).toEqual([0, Math.floor(1000 / (2.8 * 0.7))]);
    });

    it.each([
      [100, 1000],
      [0.5, 2000],
    ])('never starts fewer than one a second, unless its share of %d is less', async (share, spacing) => {
      const clock = new QueueClock();
      const pacer = new Pacer(clock, share);

      for (let round = 0; round < 5; round += 1) await burst(pacer, clock, 1, 0);

      expect(await turnsOf(pacer, clock, 3)).toEqual([0, spacing, 2 * spacing]);
    });

    it('comes back to its share slowly, and never above it', async () => {
      const clock = new QueueClock();
      const pacer = new Pacer(clock, 8);
      const spacing = async (): Promise<number> => {
        clock.advance(10_000);
        const [, second = NaN] = await turnsOf(pacer, clock, 2);
        return second;
      };
      const grant = (count: number): void => {
        for (let number = 0; number < count; number += 1) pacer.granted();
      };
      await burst(pacer, clock, 8, 7);

      const lowered = await spacing();
      grant(30);
      const raised = await spacing();
      grant(500);

      expect([lowered, raised, await spacing()]).toEqual([178, 154, 125]);
    });
  });

  it('releases an aborted caller immediately, and leaves its turn unused', async () => {
    const clock = new QueueClock();
    const pacer = new Pacer(clock, 1);
    const stop = new AbortController();
    const first = pacer.turn(never);
    const stopped = failureMessage(pacer.turn(stop.signal));

    stop.abort(new Error('stop it'));

    expect((await stopped).message).toBe('stop it');
    await first;
    expect(await turnsOf(pacer, clock, 1)).toEqual([2000]);
  });

  it('gives no turn to a signal that has aborted, even if there is one', async () => {
    const pacer = new Pacer(new QueueClock(), 1);

    await expect(pacer.turn(AbortSignal.abort(new Error('stop it')))).rejects.toThrow('stop it');
  });

  it('is parked until the time named, and no longer', () => {
    const clock = new QueueClock();
    const pacer = new Pacer(clock, 1);
    const retryAt = new Date(clock.now().getTime() + 60_000);

    pacer.blockUntil(retryAt);

    expect(pacer.rateLimitedUntil).toEqual(retryAt);
    clock.advance(60_000);
    expect(pacer.rateLimitedUntil).toBeUndefined();
  });
});
