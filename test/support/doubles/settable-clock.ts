import type { Clock } from '../../../shared/collect/ports.ts';

/** A clock that stops until it is set; `sleep` returns at once. */
export class SettableClock implements Clock {
  time = new Date('2026-11-18T12:00:00.400Z');

  now(): Date {
    return this.time;
  }

  sleep(ms: number): Promise<void> {
    this.time = new Date(this.time.getTime() + ms);
    return Promise.resolve();
  }
}
