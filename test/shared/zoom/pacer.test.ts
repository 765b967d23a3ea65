import { describe, expect, it } from '@jest/globals';
import { Pacer } from '../../../shared/zoom/pacer.ts';
import { failureMessage, never } from '../../support/zoom.ts';
import { QueueClock } from '../../support/queue-clock.ts';

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
  ])('of %d a second spaces turns evenly, whoever asks at once', async (perSecond, expected) => {
    const clock = new QueueClock();

    expect(await turnsOf(new Pacer(clock, perSecond), clock, 4)).toEqual(expected);
  });

  it('does not make up for turns that nobody took', async () => {
    const clock = new QueueClock();
    const pacer = new Pacer(clock, 4);
    await turnsOf(pacer, clock, 1);
    clock.advance(10_000);

    expect(await turnsOf(pacer, clock, 3)).toEqual([0, 250, 500]);
  });

  it('holds back those who wait already, and lets them go one by one', async () => {
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

  it('lets go at once whoever is told to stop, and keeps the place empty', async () => {
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
