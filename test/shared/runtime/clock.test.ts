import { describe, expect, it } from '@jest/globals';
import { clockFrom, systemClock } from '../../../shared/runtime/clock.ts';
import { QueueClock } from '../../support/doubles/queue-clock.ts';

const never = new AbortController().signal;

describe("this machine's clock", () => {
  it('sleeps', async () => {
    await expect(systemClock.sleep(1, never)).resolves.toBeUndefined();
  });

  it('wakes immediately, with the reason of the signal, when it is aborted', async () => {
    const stop = new AbortController();
    const sleeping = systemClock.sleep(600_000, stop.signal);

    stop.abort(new Error('stop it'));

    await expect(sleeping).rejects.toThrow('stop it');
  });

  it('does not sleep if it was aborted before', async () => {
    const sleeping = systemClock.sleep(600_000, AbortSignal.abort(new Error('stop it')));

    await expect(sleeping).rejects.toThrow('stop it');
  });
});

describe('a clock with a given time', () => {
  it('begins at the given time, and continues from there', () => {
    const real = new QueueClock();
    const clock = clockFrom(new Date('2024-02-28T23:59:59Z'), real);

    expect(clock.now().toISOString()).toBe('2024-02-28T23:59:59.000Z');
    real.advance(2000);
    expect(clock.now().toISOString()).toBe('2024-02-29T00:00:01.000Z');
  });

  it('sleeps as long as the real one', async () => {
    const real = new QueueClock();
    const clock = clockFrom(new Date('2024-02-28T00:00:00Z'), real);

    await real.run([clock.sleep(5000, never)]);

    expect(clock.now().toISOString()).toBe('2024-02-28T00:00:05.000Z');
  });
});
