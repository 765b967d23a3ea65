import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Grant, GrantStore } from '../../../shared/zoom/authorized-grant.ts';

/** A grant with the fields that the test needs. */
export const aStoredGrant = (fields: Partial<Grant> = {}): Grant => ({
  refreshToken: 'refresh',
  accessToken: 'access',
  expiresAt: '2026-11-20T13:00:00.000Z',
  apiUrl: 'https://api.zoom.us',
  scopes: ['report:read:operation_logs:admin'],
  ...fields,
});

const numbered = (number: number): Grant => aStoredGrant({ refreshToken: `refresh ${number}` });

const versionOf = async (store: GrantStore): Promise<string | undefined> => (await store.read())?.version;

/**
 * The contract of every grant store. `open` gives an empty one; with `another`, a further view of
 * the same one, as a second process has it.
 */
export const itKeepsTheGrantStoreContract = (
  open: () => Promise<GrantStore>,
  another: (store: GrantStore) => Promise<GrantStore> = (store) => Promise.resolve(store),
): void => {
  it('holds nothing at first', async () => {
    const store = await open();

    expect(await store.read()).toBeUndefined();
  });

  it('gives back the first grant exactly', async () => {
    const store = await open();

    expect(await store.replace(aStoredGrant(), undefined)).toBe(true);

    expect((await store.read())?.grant).toEqual(aStoredGrant());
  });

  it('gives back a grant without the fields that Zoom may leave out', async () => {
    const store = await open();
    const { refreshToken, accessToken, expiresAt } = aStoredGrant();

    await store.replace({ refreshToken, accessToken, expiresAt, scopes: [] }, undefined);

    expect((await store.read())?.grant).toEqual({ refreshToken, accessToken, expiresAt, scopes: [] });
  });

  it('replaces the version that is named, by another version', async () => {
    const store = await open();
    await store.replace(numbered(1), undefined);
    const version = await versionOf(store);

    expect(await store.replace(numbered(2), version)).toBe(true);

    expect((await store.read())?.grant).toEqual(numbered(2));
    expect(await versionOf(store)).not.toBe(version);
  });

  it('returns the same version as long as nothing is written', async () => {
    const store = await open();
    await store.replace(numbered(1), undefined);

    expect(await versionOf(store)).toBe(await versionOf(store));
  });

  it('refuses to replace a version that is no longer the newest, and stores nothing', async () => {
    const store = await open();
    await store.replace(numbered(1), undefined);
    const stale = await versionOf(store);
    await store.replace(numbered(2), stale);

    expect(await store.replace(numbered(3), stale)).toBe(false);

    expect((await store.read())?.grant).toEqual(numbered(2));
  });

  it('refuses a version that was replaced long ago', async () => {
    const store = await open();
    await store.replace(numbered(0), undefined);
    const stale = await versionOf(store);
    for (let number = 1; number < 6; number += 1) {
      await store.replace(numbered(number), await versionOf(store));
    }

    expect(await store.replace(numbered(9), stale)).toBe(false);

    expect((await store.read())?.grant).toEqual(numbered(5));
  });

  it('refuses a first grant if there is one', async () => {
    const store = await open();
    await store.replace(numbered(1), undefined);

    expect(await store.replace(numbered(2), undefined)).toBe(false);

    expect((await store.read())?.grant).toEqual(numbered(1));
  });

  it('refuses to replace what is not there', async () => {
    const store = await open();

    expect(await store.replace(numbered(1), '7')).toBe(false);

    expect(await store.read()).toBeUndefined();
  });

  it.each([
    ['the first grant', undefined],
    ['one version', numbered(0)],
  ])('lets exactly one of twenty racing writers replace %s', async (_, before) => {
    const store = await open();
    if (before) await store.replace(before, undefined);
    const version = await versionOf(store);
    const writers = await Promise.all(Array.from({ length: 20 }, () => another(store)));

    const won = await Promise.all(writers.map((writer, index) => writer.replace(numbered(index), version)));

    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await store.read())?.grant).toEqual(numbered(won.indexOf(true)));
  });

  it('is never read partly written, with any concurrent writers', async () => {
    const store = await open();
    await store.replace(numbered(0), undefined);
    const reader = await another(store);
    const seen: (string | undefined)[] = [];
    const done = new AbortController();

    const readText = (async () => {
      while (!done.signal.aborted) seen.push((await reader.read())?.grant.refreshToken);
    })();
    for (let number = 1; number <= 30; number += 1) {
      await store.replace(numbered(number), await versionOf(store));
    }
    done.abort();
    await readText;

    expect(seen.every((token) => token?.startsWith('refresh '))).toBe(true);
    const numbers = seen.map((token) => Number(token?.slice('refresh '.length)));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it('loses no write of concurrent read-and-replace cycles, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const store = await open();
        await store.replace(aStoredGrant({ scopes: [] }), undefined);
        const add = async (name: string): Promise<void> => {
          const view = await another(store);
          for (;;) {
            const stored = await scheduler.schedule(view.read());
            const scopes = [...(stored?.grant.scopes ?? []), name];
            const written = await scheduler.schedule(view.replace(aStoredGrant({ scopes }), stored?.version));
            if (written) return;
          }
        };

        const adding = Promise.all(['a', 'b', 'c'].map(add));
        await scheduler.waitFor(adding);

        expect(((await store.read())?.grant.scopes ?? []).toSorted()).toEqual(['a', 'b', 'c']);
      }),
      { numRuns: 20 },
    );
  });

  it('gives back any texts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }),
        fc.string({ minLength: 1 }),
        async (refreshToken, accessToken) => {
          const store = await open();
          const grant = aStoredGrant({ refreshToken, accessToken });

          await store.replace(grant, undefined);

          expect((await store.read())?.grant).toEqual(grant);
        },
      ),
      { numRuns: 20 },
    );
  });
};
