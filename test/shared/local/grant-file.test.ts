import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { GrantFile } from '../../../shared/local/grant-file.ts';
import type { GrantStore } from '../../../shared/zoom/authorized-grant.ts';
import { aStoredGrant, itKeepsTheGrantStoreContract } from '../../support/grant-store-contract.ts';
import { MemoryGrantStore } from '../../support/memory-grant-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

const folders = new WeakMap<GrantStore, string>();

const openIn = async (folder: string): Promise<GrantStore> => {
  const store = await GrantFile.open(folder, NOW);
  folders.set(store, folder);
  return store;
};

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** The file of a store that has had one grant. */
const aFile = async (): Promise<{ folder: string; path: string; store: GrantStore }> => {
  const folder = join(temporaryFolder(), 'grant');
  const store = await openIn(folder);
  await store.replace(aStoredGrant(), undefined);
  return { folder, path: join(folder, 'grant-000001.json'), store };
};

describe('a grant in a folder', () => {
  itKeepsTheGrantStoreContract(
    () => openIn(join(temporaryFolder(), 'grant')),
    (store) => openIn(folders.get(store) ?? ''),
  );

  it('is for the eyes of its owner alone', async () => {
    const { folder, path } = await aFile();

    expect([modeOf(folder), modeOf(path)]).toEqual(['700', '600']);
  });

  it('is never readable by others, not even while it is written', async () => {
    const umask = process.umask(0);
    const modes = new Set<string>();
    try {
      const folder = join(temporaryFolder(), 'grant');
      const store = await openIn(folder);
      const done = new AbortController();
      const watching = (async () => {
        while (!done.signal.aborted) {
          for (const name of readdirSync(folder)) {
            const mode = statSync(join(folder, name), { throwIfNoEntry: false })?.mode;
            if (mode !== undefined) modes.add((mode & 0o777).toString(8));
          }
          await new Promise(setImmediate);
        }
      })();

      for (let count = 0; count < 30; count += 1) {
        await store.replace(aStoredGrant(), (await store.read())?.version);
      }
      done.abort();
      await watching;
    } finally {
      process.umask(umask);
    }

    expect([...modes]).toEqual(['600']);
  });

  it('leaves neither an older grant nor a temporary file behind', async () => {
    const { folder, store } = await aFile();

    for (let count = 0; count < 3; count += 1) {
      await store.replace(aStoredGrant(), (await store.read())?.version);
    }

    expect(readdirSync(folder)).toEqual(['grant-000004.json']);
  });

  it('is the newest, if a kill left an older one behind', async () => {
    const { folder, store } = await aFile();
    const newest = aStoredGrant({ refreshToken: 'newest' });
    for (const number of ['000009', '000010']) {
      writeFileSync(join(folder, `grant-${number}.json`), JSON.stringify(newest), { mode: 0o600 });
    }

    expect((await store.read())?.version).toBe('10');
    await store.replace(aStoredGrant({ refreshToken: 'after' }), '10');

    expect((await store.read())?.grant.refreshToken).toBe('after');
    expect(readdirSync(folder)).toEqual(['grant-000011.json']);
  });

  it('clears away what a killed process left half written, but not what another one is writing', async () => {
    const folder = join(temporaryFolder(), 'grant');
    mkdirSync(folder, { mode: 0o700 });
    for (const name of ['writing-killed', 'writing-now']) writeFileSync(join(folder, name), 'half');
    const twoHoursAgo = new Date(NOW.getTime() - 7_200_000);
    utimesSync(join(folder, 'writing-killed'), twoHoursAgo, twoHoursAgo);
    utimesSync(join(folder, 'writing-now'), NOW, NOW);

    await GrantFile.open(folder, NOW);

    expect(readdirSync(folder)).toEqual(['writing-now']);
  });

  it.each([
    ['empty', ''],
    ['cut', '{"refreshToken":"secret-refresh","acc'],
    ['no grant', '{"refreshToken":"secret-refresh"}'],
    ['without a date', JSON.stringify(aStoredGrant({ refreshToken: 'secret-refresh', expiresAt: 'soon' }))],
    ['a list', '[]'],
  ])('that is %s is named as damaged, and left as it is', async (_, text) => {
    const { path, store } = await aFile();
    writeFileSync(path, text);

    const reading = store.read();

    await expect(reading).rejects.toMatchObject({
      name: 'ConfigurationError',
      reason: 'grant-damaged',
      message: expect.stringContaining(`${path} is damaged`),
    });
    await expect(reading).rejects.not.toThrow('secret-refresh');
    expect(existsSync(path)).toBe(true);
  });

  it('may be replaced although it is damaged, by whoever looks at the newest version', async () => {
    const { folder, path, store } = await aFile();
    writeFileSync(path, '');

    expect(await store.replace(aStoredGrant(), '1')).toBe(true);

    expect(readdirSync(folder)).toEqual(['grant-000002.json']);
  });

  it.each([0o755, 0o770, 0o701])('is not put where others may look: mode %o', async (mode) => {
    const folder = join(temporaryFolder(), 'open');
    mkdirSync(folder);
    chmodSync(folder, mode);

    await expect(GrantFile.open(folder, NOW)).rejects.toMatchObject({
      reason: 'grant-folder-open',
      message: expect.stringContaining(`chmod 700 "${folder}"`),
    });
  });

  it('is not put where there is no folder', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');

    await expect(GrantFile.open(file, NOW)).rejects.toMatchObject({ reason: 'grant-folder-unusable' });
    await expect(GrantFile.open(join(file, 'below'), NOW)).rejects.toMatchObject({
      reason: 'grant-folder-unusable',
      message: expect.stringContaining('ENOTDIR'),
    });
  });

  it('that cannot be opened is named, with its folder', async () => {
    const { folder, path, store } = await aFile();
    spawnSync('rm', [path]);
    symlinkSync(path, path); // leads nowhere, whoever asks: root too

    await expect(store.read()).rejects.toMatchObject({
      reason: 'grant-folder-unusable',
      message: expect.stringContaining(folder),
    });
  });
});

describe('a grant in memory', () => {
  itKeepsTheGrantStoreContract(() => Promise.resolve(new MemoryGrantStore()));
});
