import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../../shared/errors.ts';
import { FolderStore } from '../../../shared/local/folder-store.ts';
import { GROUP_READABLE } from '../../../shared/local/own-folders.ts';
import {
  itKeepsTheErasableStoreContract,
  itKeepsTheObjectStoreContract,
} from '../../support/contracts/object-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOW = new Date('2026-11-20T12:00:00Z');

describe('a folder as an object store', () => {
  itKeepsTheObjectStoreContract(() => FolderStore.open(join(temporaryFolder(), 'out'), NOW));
  itKeepsTheErasableStoreContract(() => FolderStore.open(join(temporaryFolder(), 'out'), NOW));

  it('leaves no temporary file behind', async () => {
    const folder = temporaryFolder();
    const store = await FolderStore.open(folder, NOW);

    await store.create('raw/one', Buffer.from('one'));
    await store.create('raw/one', Buffer.from('two'));
    await store.replace('_state/three', Buffer.from('three'));

    expect(readdirSync(join(folder, '_state/tmp'))).toEqual([]);
  });

  it("clears away a killed collector's file, but neither one that is being written nor one of another name", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '_state/tmp'), { recursive: true });
    const [killed, writing] = [
      '0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11',
      '7a1f0c9e-1111-4222-8333-94c0ffee0000',
    ];
    for (const name of [killed, writing, 'precious']) {
      writeFileSync(join(folder, '_state/tmp', name), 'half');
    }
    const twoHoursAgo = new Date(NOW.getTime() - 7_200_000);
    for (const name of [killed, 'precious']) {
      utimesSync(join(folder, '_state/tmp', name), twoHoursAgo, twoHoursAgo);
    }
    utimesSync(join(folder, '_state/tmp', writing), NOW, NOW);

    await FolderStore.open(folder, NOW);

    expect(readdirSync(join(folder, '_state/tmp')).sort()).toEqual([writing, 'precious']);
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
      /contains other files \(thesis\.docx\).*--out/,
    );

    expect(readdirSync(folder)).toEqual(['thesis.docx']);
  });

  it('refuses a file', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');

    await expect(FolderStore.open(file, NOW)).rejects.toThrow(/is a file, not a folder.*--out/);
  });

  it('refuses a folder below a file, which cannot be written', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o400);

    await expect(FolderStore.open(join(file, 'below'), NOW)).rejects.toThrow(/--out/);
  });

  it('does not make a folder that is only to be read', async () => {
    const folder = join(temporaryFolder(), 'none');

    await expect(FolderStore.openExisting(folder)).rejects.toThrow(/contains no collected events/);

    expect(existsSync(folder)).toBe(false);
  });

  it.each(['../victim', 'raw/../../victim', '/victim', 'raw//victim', 'raw\\..\\victim'])(
    'has no object under %j, and writes none there',
    async (key) => {
      const outer = temporaryFolder();
      const folder = join(outer, 'out');
      const store = await FolderStore.open(folder, NOW);
      writeFileSync(join(outer, 'victim'), 'mine');

      expect(await store.read(key)).toBeUndefined();
      expect(await store.list(`${key}/`)).toEqual([]);
      await expect(store.create(key, Buffer.of(1))).rejects.toThrow(/is not a key under/);
      await expect(store.replace(key, Buffer.of(1))).rejects.toThrow(/is not a key under/);
      expect(readdirSync(outer).sort()).toEqual(['out', 'victim']);
      expect(readFileSync(join(outer, 'victim'), 'utf8')).toBe('mine');
      expect(readdirSync(join(folder, '_state/tmp'))).toEqual([]);
    },
  );

  it('has no object at a path that a folder or a file blocks, and names that when writing', async () => {
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

/** The contents of a folder, with modes as in `ls`. */
const modesIn = (folder: string): string[] => {
  const modes = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
    return `${entry.isDirectory() ? 'folder' : 'file'} ${mode.toString(8)}`;
  });
  return [...new Set(modes)].sort();
};

describe('the modes of what a folder store makes', () => {
  const umask = process.umask(0o022);
  process.umask(umask);
  afterEach(() => {
    process.umask(umask);
  });

  it.each([0o000, 0o022, 0o277])('are for the owner only, with any umask (%i)', async (mask) => {
    const folder = join(temporaryFolder(), 'out');
    process.umask(mask);

    const store = await FolderStore.open(folder, NOW);
    await store.create('raw/operation/one', Buffer.from('one'));
    await store.replace('_state/two', Buffer.from('two'));

    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(modesIn(folder)).toEqual(['file 600', 'folder 700']);
  });

  it('allow the group to read if configured', async () => {
    const folder = join(temporaryFolder(), 'out');
    process.umask(0o077);

    const store = await FolderStore.open(folder, NOW, GROUP_READABLE);
    await store.create('raw/operation/one', Buffer.from('one'));

    expect(statSync(folder).mode & 0o777).toBe(0o750);
    expect(modesIn(folder)).toEqual(['file 640', 'folder 750']);
  });

  it('leave a folder that was there as it was', async () => {
    const folder = join(temporaryFolder(), 'out');
    mkdirSync(join(folder, '_state'), { recursive: true });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, '_state'), 0o751);

    await FolderStore.open(folder, NOW);

    expect(statSync(folder).mode & 0o777).toBe(0o755);
    expect(statSync(join(folder, '_state')).mode & 0o777).toBe(0o751);
  });
});

describe('symbolic links in an output folder', () => {
  const LINK = /is a symbolic link.*Remove the link/s;
  /** A folder of another user, with a file that was not changed for days. */
  const elsewhere = (): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11'), 'precious');
    const days = new Date(NOW.getTime() - 3 * 86_400_000);
    utimesSync(join(folder, '0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11'), days, days);
    return folder;
  };

  it.each(['_state', '_state/tmp'])('%s: nothing is cleaned behind it', async (path) => {
    const [folder, other] = [temporaryFolder(), elsewhere()];
    if (path === '_state/tmp') mkdirSync(join(folder, '_state'));
    symlinkSync(other, join(folder, path));

    await expect(FolderStore.open(folder, NOW)).rejects.toThrow(LINK);

    expect(readdirSync(other)).toEqual(['0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11']);
  });

  it.each(['raw', 'raw/operation', 'raw/operation/source=acme'])(
    '%s: nothing is written behind it, not even a folder',
    async (path) => {
      const [folder, other] = [temporaryFolder(), elsewhere()];
      const store = await FolderStore.open(folder, NOW);
      mkdirSync(join(folder, path, '..'), { recursive: true });
      symlinkSync(other, join(folder, path));

      await expect(store.create('raw/operation/source=acme/one', Buffer.of(1))).rejects.toThrow(LINK);
      await expect(store.replace('raw/operation/source=acme/one', Buffer.of(1))).rejects.toThrow(LINK);

      expect(readdirSync(other)).toEqual(['0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11']);
      expect(readdirSync(join(folder, '_state/tmp'))).toEqual([]);
    },
  );

  it('a link that takes the place of a folder during the run is refused by the next write', async () => {
    const [folder, other] = [temporaryFolder(), elsewhere()];
    const store = await FolderStore.open(folder, NOW);
    await store.create('raw/operation/one', Buffer.of(1));
    renameSync(join(folder, 'raw'), join(folder, 'raw.old'));
    symlinkSync(other, join(folder, 'raw'));

    await expect(store.create('raw/operation/two', Buffer.of(1))).rejects.toThrow(LINK);

    expect(readdirSync(other)).toHaveLength(1);
  });

  it.each(['a file elsewhere', 'nothing'])(
    'a link to %s where an object is to be: it is named',
    async (what) => {
      const [folder, other] = [temporaryFolder(), elsewhere()];
      const store = await FolderStore.open(folder, NOW);
      mkdirSync(join(folder, 'raw'));
      const target = what === 'nothing' ? 'none' : '0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11';
      symlinkSync(join(other, target), join(folder, 'raw/one'));

      await expect(store.create('raw/one', Buffer.from('new'))).rejects.toThrow(LINK);

      expect(readFileSync(join(other, '0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11'), 'utf8')).toBe('precious');
      expect(existsSync(join(other, 'none'))).toBe(false);
    },
  );

  it('a link where a state file is to be is replaced, not followed', async () => {
    const [folder, other] = [temporaryFolder(), elsewhere()];
    const store = await FolderStore.open(folder, NOW);
    symlinkSync(join(other, '0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11'), join(folder, '_state/one'));

    await store.replace('_state/one', Buffer.from('new'));

    expect(readFileSync(join(folder, '_state/one'), 'utf8')).toBe('new');
    expect(readFileSync(join(other, '0b0e1c1a-93e5-4f0c-8d0f-3b8f2f0f6a11'), 'utf8')).toBe('precious');
  });

  it('the output folder itself may be a link: it is resolved once', async () => {
    const [folder, other] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(folder, 'disk'));
    symlinkSync(join(folder, 'disk'), join(folder, 'out'));

    const store = await FolderStore.open(join(folder, 'out'), NOW);
    rmSync(join(folder, 'out'));
    symlinkSync(other, join(folder, 'out'));
    await store.create('raw/one', Buffer.of(1));

    expect(readdirSync(join(folder, 'disk/raw'))).toEqual(['one']);
    expect(readdirSync(other)).toEqual([]);
  });

  it('an output folder that is a link to nothing is refused', async () => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, 'none'), join(folder, 'out'));

    await expect(FolderStore.open(join(folder, 'out'), NOW)).rejects.toThrow(
      /symbolic link that points to nothing.*--out/,
    );
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('a folder that vanishes during a run', () => {
  it.each(['removed', 'replaced'])('%s: it is named, and not made again', async (how) => {
    const folder = join(temporaryFolder(), 'out');
    const store = await FolderStore.open(folder, NOW);
    await store.create('raw/one', Buffer.of(1));
    renameSync(folder, `${folder}.moved`);
    if (how === 'replaced') mkdirSync(folder);

    const gone = /The folder .*out was removed, moved or unmounted.*run the command again/s;
    await expect(store.create('raw/two', Buffer.of(1))).rejects.toThrow(gone);
    await expect(store.replace('_state/two', Buffer.of(1))).rejects.toThrow(gone);

    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });
});
