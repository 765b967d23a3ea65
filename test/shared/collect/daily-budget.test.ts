import { describe, expect, it } from '@jest/globals';
import {
  DailyBudget,
  openBudget,
  parked,
  readUse,
  saveBudget,
} from '../../../shared/collect/daily-budget.ts';
import { RateLimitedError } from '../../../shared/errors.ts';
import { DEFAULT_REQUESTS_PER_DAY } from '../../../shared/model/source-config.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const LATER = new Date('2026-06-01T18:00:00Z');
const TOMORROW = new Date('2026-06-02T00:00:00Z');

const none = () => undefined;

const opened = (store: MemoryStore, now = NOW, usedNow = 0) =>
  openBudget(store, 'acme', 1000, { now: () => now }, () => usedNow, none);

describe('a budget', () => {
  it.each([
    ['tip', 999, 1, true],
    ['tip', 999, 2, false],
    ['close', 990, 10, true],
    ['confirm', 690, 10, true],
    ['confirm', 690, 11, false],
    ['catch-up', 700, 1, false],
  ] as const)('of 1,000 requests, for %s after %d, allows %d: %s', (purpose, used, requests, allows) => {
    const budget = new DailyBudget(1000, { used: used - 5 }, () => 5, none);

    expect(budget.used).toBe(used);
    expect(budget.allows({ purpose, requests })).toBe(allows);
  });

  it.each([
    ['catch-up', 199, false],
    ['catch-up', 200, true],
    ['tip', 0, true],
  ] as const)(
    'leaves a fifth of the quota to other apps: %s, with %d of 1,000 left: %s',
    (purpose, remaining, allows) => {
      const budget = new DailyBudget(
        1000,
        { used: 0 },
        () => 0,
        () => ({ limit: 1000, remaining }),
      );

      expect(budget.allows({ purpose, requests: 1 })).toBe(allows);
    },
  );

  it('goes on where the run before it stopped, and begins anew each day', async () => {
    const store = new MemoryStore();
    await saveBudget(store, 'acme', await opened(store, NOW, 40), undefined, NOW);

    expect((await opened(store, LATER, 2)).used).toBe(42);
    expect((await opened(store, TOMORROW, 2)).used).toBe(2);
    expect((await opened(new MemoryStore())).used).toBe(0);
    expect(await readUse(store, 'acme', LATER)).toEqual({ requestsToday: 40, parkedUntil: undefined });
    expect(await readUse(store, 'acme', TOMORROW)).toEqual({ requestsToday: 0, parkedUntil: undefined });
    expect(await readUse(store, 'globex', NOW)).toEqual({ requestsToday: 0, parkedUntil: undefined });
  });

  it('is of the day that has begun by the time it is read', async () => {
    class SlowStore extends MemoryStore {
      override read(key: string) {
        now = TOMORROW;
        return super.read(key);
      }
    }
    let now = NOW;
    const store = new SlowStore();
    await saveBudget(store, 'acme', await opened(store, TOMORROW, 40), undefined, TOMORROW);
    now = NOW;

    const { used } = await openBudget(store, 'acme', 1000, { now: () => now }, () => 0, none);

    expect(used).toBe(40);
  });

  it('is parked until the moment that Zoom named, and remembers it meanwhile', async () => {
    const store = new MemoryStore();
    await saveBudget(store, 'acme', await opened(store), LATER, NOW);
    await saveBudget(store, 'acme', await opened(store), undefined, NOW);

    expect((await opened(store)).parkedUntil).toEqual(LATER);
    expect((await readUse(store, 'acme', NOW)).parkedUntil).toBe(LATER.toISOString());
    expect((await opened(store, LATER)).parkedUntil).toBeUndefined();
    expect((await readUse(store, 'acme', LATER)).parkedUntil).toBeUndefined();
  });

  it('is a third of what Zoom grants, unless said otherwise', () => {
    expect(DEFAULT_REQUESTS_PER_DAY).toBe(10_000);
  });

  it('that is parked says until when, and that nothing is lost', () => {
    const error = parked(LATER);

    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error.message).toBe(
      "Zoom's daily request limit for this account was used up (all its apps share it); it can be asked again from " +
        '2026-06-01T18:00:00.000Z. Nothing is lost: the runs after that bring what is missing.',
    );
  });
});
