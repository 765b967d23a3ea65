import { describe, expect, it } from '@jest/globals';
import {
  DailyBudget,
  rateLimitedUntilError,
  readUse,
} from '../../../../shared/collect/state/daily-budget.ts';
import { budgetKey } from '../../../../shared/contract/object-keys.ts';
import type { Purpose } from '../../../../shared/collect/plan.ts';
import { writeJson } from '../../../../shared/collect/state/state-file.ts';
import { BudgetSpentError, RateLimitedError, reasonOf } from '../../../../shared/errors.ts';
import { dayOf } from '../../../../shared/model/day.ts';
import { DEFAULT_REQUESTS_PER_DAY } from '../../../../shared/model/source-config.ts';
import type { ObjectStore } from '../../../../shared/collect/ports.ts';
import { FolderStore } from '../../../../shared/local/folder-store.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { RecordingStore } from '../../../support/doubles/recording-store.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const LATER = new Date('2026-06-01T18:00:00Z');
const TOMORROW = new Date('2026-06-02T00:00:00Z');

const opened = (store: ObjectStore, now = NOW, perDay = 1000, expected?: number) =>
  DailyBudget.open({
    store,
    source: 'acme',
    perDay,
    clock: { now: () => now },
    quota: () => undefined,
    ...(expected !== undefined && { expected }),
  });

/** Makes requests until there are none left. Gives how many they were. */
const spendAll = async (budget: DailyBudget, purpose: Purpose = 'tip'): Promise<number> => {
  for (let made = 0; ; made += 1) {
    try {
      await budget.spend(purpose);
    } catch (error) {
      if (error instanceof BudgetSpentError) return made;
      throw error;
    }
  }
};

const usedToday = async (store: ObjectStore): Promise<number> =>
  (await readUse(store, 'acme', NOW)).requestsToday;

const spend = async (budget: DailyBudget, times: number, purpose: Purpose = 'tip'): Promise<void> => {
  for (let time = 0; time < times; time += 1) await budget.spend(purpose);
};

/** A store in which other runs have used some of the day. */
const used = async (count: number, at = NOW): Promise<MemoryStore> => {
  const store = new MemoryStore();
  await writeJson(store, budgetKey('acme'), { day: dayOf(at), used: count });
  return store;
};

describe('a budget', () => {
  it.each([
    ['tip', 999, 1, true],
    ['tip', 999, 2, false],
    ['close', 990, 10, true],
    ['confirm', 690, 10, true],
    ['confirm', 690, 11, false],
    ['catch-up', 700, 1, false],
  ] as const)(
    'of 1,000 requests, for %s after %d, allows %d: %s',
    async (purpose, before, requests, allows) => {
      const budget = await opened(await used(before - 5));
      await spend(budget, 5);

      expect(budget.used).toBe(before);
      expect(budget.allows({ purpose, requests })).toBe(allows);
    },
  );

  it.each([
    ['catch-up', 199, false],
    ['catch-up', 200, true],
    ['tip', 0, true],
  ] as const)(
    'leaves a fifth of the quota to other apps: %s, with %d of 1,000 left: %s',
    async (purpose, remaining, allows) => {
      const budget = await DailyBudget.open({
        store: new MemoryStore(),
        source: 'acme',
        perDay: 1000,
        clock: { now: () => NOW },
        quota: () => ({ limit: 1000, remaining }),
      });

      expect(budget.allows({ purpose, requests: 1 })).toBe(allows);
    },
  );

  it.each([
    ['tip', 10],
    ['catch-up', 7],
  ] as const)('admits no request of a listing beyond its part: %s, %d of 10', async (purpose, share) => {
    const budget = await opened(new MemoryStore(), NOW, 10);
    await spend(budget, share, purpose);

    const failure: unknown = await budget.spend(purpose).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(BudgetSpentError);
    expect(reasonOf(failure)).toBe('share-used');
    expect(budget.used).toBe(share);
  });

  it('reports the source and the number of used requests', async () => {
    const budget = await opened(await used(7), NOW, 10);

    await expect(budget.spend('catch-up')).rejects.toThrow(
      'acme has no requests left today (UTC): 7 of "requestsPerDay" 10 are used, and earlier days may use 7.',
    );
  });

  it('names no smaller part for the live days, which may use all of it', async () => {
    const budget = await opened(await used(10), NOW, 10);

    await expect(budget.spend('tip')).rejects.toThrow(
      /^acme has no requests left today \(UTC\): 10 of "requestsPerDay" 10 are used\.$/,
    );
  });

  it('reserves only what is left of the expected requests, also in later steps', async () => {
    const store = new MemoryStore();
    const budget = await opened(store, NOW, 1000, 52);

    await spend(budget, 50);
    expect(await usedToday(store)).toBe(50);
    await spend(budget, 1);
    expect(await usedToday(store)).toBe(52);
  });

  it('gives nothing back, and writes nothing, once its day is over', async () => {
    const store = new RecordingStore();
    let now = NOW;
    const budget = await DailyBudget.open({
      store,
      source: 'acme',
      perDay: 1000,
      clock: { now: () => now },
      quota: () => undefined,
    });
    await spend(budget, 1);
    store.forget();
    now = TOMORROW;

    await budget.record();

    expect(store.replaces).toEqual([]);
  });

  it('gives nothing back to the day that a run with a faster clock has begun', async () => {
    const store = new MemoryStore();
    const beforeMidnight = new Date('2026-06-01T23:30:00Z');
    const budget = await opened(store, beforeMidnight);
    await spend(budget, 1);
    await writeJson(store, budgetKey('acme'), { day: dayOf(TOMORROW), used: 5 });

    await budget.record();

    expect((await readUse(store, 'acme', TOMORROW)).requestsToday).toBe(5);
  });

  it('keeps until when Zoom accepts no request, as stored or as recorded at its end', async () => {
    const store = new MemoryStore();
    const parkedUntil = TOMORROW.toISOString();
    await writeJson(store, budgetKey('acme'), { day: dayOf(NOW), used: 5, parkedUntil });
    const stored = await opened(store);
    const recorded = await opened(new MemoryStore());

    await stored.record();
    await recorded.record(LATER);

    expect(stored.parkedUntil).toEqual(TOMORROW);
    expect(recorded.parkedUntil).toEqual(LATER);
  });

  it('admits concurrent requests one by one', async () => {
    const budget = await opened(new MemoryStore(), NOW, 10);

    const spent = await Promise.allSettled(Array.from({ length: 30 }, () => budget.spend('tip')));

    expect(spent.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });

  it('continues where the previous run stopped, and starts again each day', async () => {
    const store = new MemoryStore();
    const first = await opened(store);
    await spend(first, 40);
    await first.record();

    expect((await opened(store, LATER)).used).toBe(40);
    expect((await opened(store, TOMORROW)).used).toBe(0);
    expect((await opened(new MemoryStore())).used).toBe(0);
    expect(await readUse(store, 'acme', LATER)).toEqual({ requestsToday: 40, parkedUntil: undefined });
    expect(await readUse(store, 'acme', TOMORROW)).toEqual({ requestsToday: 0, parkedUntil: undefined });
    expect(await readUse(store, 'globex', NOW)).toEqual({ requestsToday: 0, parkedUntil: undefined });
  });

  it('counts the requests of runs at the same time together', async () => {
    const store = new MemoryStore();
    const runs = await Promise.all([opened(store), opened(store)]);
    for (const run of runs) await spend(run, 8);

    await Promise.all(runs.map((run) => run.record()));

    expect(await usedToday(store)).toBe(16);
  });

  it('reads in a long run what another run uses meanwhile', async () => {
    const store = new MemoryStore();
    const [long, other] = await Promise.all([opened(store), opened(store)]);
    await spend(other, 900);
    await other.record();

    await expect(spend(long, 200)).rejects.toThrow(BudgetSpentError);

    await long.record();
    expect((await readUse(store, 'acme', NOW)).requestsToday).toBe(1000);
  });

  it.each([1, 2, 12, 60, 1000])(
    'of %d requests is never exceeded by runs at the same time, and none of it is lost',
    async (perDay) => {
      const store = await FolderStore.open(temporaryFolder(), NOW);
      const runs = await Promise.all([1, 2, 3].map(() => opened(store, NOW, perDay)));

      const made = await Promise.all(
        runs.map(async (run) => {
          const spent = await spendAll(run);
          await run.record();
          return spent;
        }),
      );

      const sum = made.reduce((a, b) => a + b, 0);
      expect(sum).toBe(perDay);
      expect(await usedToday(store)).toBe(sum);
    },
  );

  it('limits back-fills at the same time to their part together', async () => {
    const store = new MemoryStore();
    const runs = await Promise.all([1, 2, 3].map(() => opened(store, NOW, 30)));

    const made = await Promise.all(runs.map((run) => spendAll(run, 'catch-up')));

    expect(made.reduce((a, b) => a + b, 0)).toBe(21);
    expect(await spendAll(await opened(store, NOW, 30))).toBe(9);
  });

  it('has every request recorded before it is made', async () => {
    const store = new MemoryStore();
    const budget = await opened(store, NOW, 700);

    for (let made = 1; made <= 700; made += 1) {
      await budget.spend('tip');
      expect(await usedToday(store)).toBeGreaterThanOrEqual(made);
    }
  });

  it('gets back what a run reserved and did not make', async () => {
    const store = new MemoryStore();
    const budget = await opened(store);

    await spend(budget, 3);
    const during = await usedToday(store);
    await budget.record();

    expect(during).toBe(50);
    expect(await usedToday(store)).toBe(3);
  });

  it.each([
    [10_000, 50],
    [300, 30],
    [12, 2],
  ])('of %d loses no more than %d to a run that is killed', async (perDay, most) => {
    const store = new MemoryStore();

    await spend(await opened(store, NOW, perDay), 1);

    expect(await usedToday(store)).toBe(most);
    expect(await spendAll(await opened(store, NOW, perDay))).toBe(perDay - most);
  });

  it('is written once by a run that makes the requests it expected, as most polls do', async () => {
    const store = new RecordingStore();
    const budget = await opened(store, NOW, 1000, 2);

    await spend(budget, 2);
    await budget.record();

    expect(store.replaces).toHaveLength(1);
    expect(await usedToday(store)).toBe(2);
  });

  it('is not written by a run that makes no request', async () => {
    const store = new RecordingStore();

    await (await opened(store, NOW, 1000, 2)).record();

    expect(store.replaces).toEqual([]);
  });

  it('of ten thousand takes few writes to use up', async () => {
    const store = new RecordingStore();

    await spendAll(await opened(store, NOW, 10_000));

    expect(store.replaces.length).toBeLessThan(250);
  });

  it('does not count a request that is no longer needed once it could be made', async () => {
    const store = new MemoryStore();
    const budget = await opened(store);
    let checks = 0;
    const assertWanted = () => {
      checks += 1;
      if (checks > 1) throw new Error('The run was stopped.');
    };

    await expect(budget.spend('tip', assertWanted)).rejects.toThrow('The run was stopped.');

    await budget.record();
    expect(await usedToday(store)).toBe(0);
  });

  it('gets nothing back twice if the response to a write was lost', async () => {
    /** As a bucket: the SDK repeats a put that had succeeded, and it is refused; by then another run has written. */
    class LosingStore extends MemoryStore {
      override async update(
        key: string,
        change: (before: Buffer | undefined, mayBeWritten: boolean) => Uint8Array,
      ) {
        await super.update(key, change);
        if (isLosing) await this.replace(key, change(await this.read(key), true));
      }
    }
    let isLosing = false;
    const store = new LosingStore();
    await spend(await opened(store), 50); // another run's
    const budget = await opened(store);
    await spend(budget, 3);

    isLosing = true;
    await budget.record();

    expect(await usedToday(store)).toBe(53);
  });

  it('that others have begun for the next day is kept by a run whose clock is behind', async () => {
    const store = await used(40, TOMORROW);
    const behind = await opened(store, new Date('2026-06-01T23:58:00Z'));

    await spend(behind, 3);
    await behind.record();

    expect(behind.used).toBe(43);
    expect((await readUse(store, 'acme', TOMORROW)).requestsToday).toBe(43);
  });

  it('of a distant day, from a wrong clock, is started again', async () => {
    const store = await used(1000, new Date('2027-01-01T00:00:00Z'));

    expect(await spendAll(await opened(store))).toBe(1000);
  });

  it('of a run across midnight starts again, and counts earlier requests separately', async () => {
    let now = new Date('2026-06-01T23:59:59Z');
    const clock = { now: () => now };
    const store = await used(990);
    const budget = await DailyBudget.open({
      store,
      source: 'acme',
      perDay: 1000,
      clock,
      quota: () => undefined,
    });
    await spend(budget, 10);

    now = TOMORROW;
    await spend(budget, 20);
    await budget.record();

    expect(budget.used).toBe(20);
    expect((await readUse(store, 'acme', now)).requestsToday).toBe(20);
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
    await writeJson(store, budgetKey('acme'), { day: dayOf(TOMORROW), used: 40 });

    const clock = { now: () => now };
    const budget = await DailyBudget.open({
      store,
      source: 'acme',
      perDay: 1000,
      clock,
      quota: () => undefined,
    });

    expect(budget.used).toBe(40);
  });

  it('is blocked until the time that Zoom named, and stores that time', async () => {
    const store = new MemoryStore();
    const beside = await opened(store);
    await (await opened(store)).record(LATER);
    await spend(beside, 1);
    await beside.record();

    expect((await opened(store)).parkedUntil).toEqual(LATER);
    expect((await readUse(store, 'acme', NOW)).parkedUntil).toBe(LATER.toISOString());
    expect((await opened(store, LATER)).parkedUntil).toBeUndefined();
    expect((await readUse(store, 'acme', LATER)).parkedUntil).toBeUndefined();
  });

  it('is a third of what Zoom grants by default', () => {
    expect(DEFAULT_REQUESTS_PER_DAY).toBe(10_000);
  });

  it('that is blocked reports until when, and that nothing is lost', () => {
    const error = rateLimitedUntilError(LATER);

    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error.message).toBe(
      "Zoom's daily request limit for this account is used up (all its apps share it). The next request is possible at " +
        '2026-06-01T18:00:00.000Z. Data loss: none. Later runs catch up.',
    );
  });
});
