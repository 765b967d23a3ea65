import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../../shared/errors.ts';
import { FolderStore } from '../../../shared/local/folder-store.ts';
import { itKeepsTheObjectStoreContract } from '../../support/object-store-contract.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

describe('a folder as an object store', () => {
  itKeepsTheObjectStoreContract(() => FolderStore.open(join(temporaryFolder(), 'out'), NOW));

  it('leaves no temporary file behind', async () => {
    const folder = temporaryFolder();
    const store = await FolderStore.open(folder, NOW);

    await store.create('raw/one', Buffer.from('one'));
    await store.create('raw/one', Buffer.from('two'));
    await store.replace('_state/three', Buffer.from('three'));

    expect(readdirSync(join(folder, '_state/tmp'))).toEqual([]);
  });

  it('clears away what a killed collector left, but not what another one is writing', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '_state/tmp'), { recursive: true });
    for (const name of ['killed', 'writing']) writeFileSync(join(folder, '_state/tmp', name), 'half');
    const twoHoursAgo = new Date(NOW.getTime() - 7_200_000);
    utimesSync(join(folder, '_state/tmp/killed'), twoHoursAgo, twoHoursAgo);
    utimesSync(join(folder, '_state/tmp/writing'), NOW, NOW);

    await FolderStore.open(folder, NOW);

    expect(readdirSync(join(folder, '_state/tmp'))).toEqual(['writing']);
  });

  it('takes over the lock of a collector that was killed in an update', async () => {
    const folder = temporaryFolder();
    const store = await FolderStore.open(folder, NOW);
    const lock = join(folder, '_state/tmp/_state+count.lock');
    writeFileSync(lock, '');
    utimesSync(lock, NOW, new Date(statSync(folder).mtimeMs - 11_000));

    await store.update('_state/count', () => Buffer.from('1'));

    expect((await store.read('_state/count'))?.toString()).toBe('1');
    expect(readdirSync(join(folder, '_state/tmp'))).toEqual([]);
  });

  it('refuses a folder that holds something else, and leaves it as it was', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.docx'), 'mine');

    await expect(FolderStore.open(folder, NOW)).rejects.toThrow(
      /holds something else \(thesis\.docx\).*--out/,
    );

    expect(readdirSync(folder)).toEqual(['thesis.docx']);
  });

  it('refuses a file', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');

    await expect(FolderStore.open(file, NOW)).rejects.toThrow(/is a file, not a folder.*--out/);
  });

  it('refuses a folder below a file, which nobody could write', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);

    await expect(FolderStore.open(join(file, 'below'), NOW)).rejects.toThrow(/--out/);
  });

  it('does not make a folder that is only to be read', async () => {
    const folder = join(temporaryFolder(), 'none');

    await expect(FolderStore.openExisting(folder)).rejects.toThrow(/holds nothing that was collected/);

    expect(existsSync(folder)).toBe(false);
  });

  it('has no object where a folder or a file is in the way, and says which, if it is to write there', async () => {
    const folder = join(temporaryFolder(), 'out');
    const store = await FolderStore.open(folder, NOW);
    mkdirSync(join(folder, 'raw/taken.gz'), { recursive: true });
    writeFileSync(join(folder, 'ledger'), '');

    expect(await store.read('raw/taken.gz')).toBeUndefined();
    expect(await store.list('ledger/operation/')).toEqual([]);
    await expect(store.create('raw/taken.gz', Buffer.of(1))).rejects.toThrow(
      /raw\/taken\.gz can't be written/,
    );
    await expect(store.replace('raw/taken.gz', Buffer.of(1))).rejects.toThrow(
      /raw\/taken\.gz can't be written/,
    );
    await expect(store.replace('ledger/entry', Buffer.of(1))).rejects.toThrow(ConfigurationError);
    expect(readdirSync(join(folder, '_state/tmp'))).toEqual([]);
  });
});
