import { describe, expect, it } from '@jest/globals';
import {
  accountOf,
  assertAccount,
  listSources,
  pinAccount,
  readSourceFiles,
} from '../../../../shared/collect/state/pinned-account.ts';
import { reasonOf } from '../../../../shared/errors.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { RecordingStore } from '../../../support/doubles/recording-store.ts';

describe('a source', () => {
  it('is pinned to the account it is first collected from, and to no other', async () => {
    const store = new MemoryStore();

    await assertAccount(store, 'acme', 'theirs');
    await pinAccount(store, 'acme', 'ours');
    await pinAccount(store, 'acme', 'ours');
    const refused = await pinAccount(store, 'acme', 'theirs').catch((error: unknown) => error);

    expect(await accountOf(store, 'acme')).toBe('ours');
    expect(reasonOf(refused)).toBe('another-account');
    expect((refused as Error).message).toBe(
      'The source "acme" has events of the Zoom account ours, but the credentials are for theirs. ' +
        'Choose another name for that account with --source, or collect it into another folder.',
    );
  });

  it('is pinned once: later runs write nothing', async () => {
    const store = new RecordingStore();
    await pinAccount(store, 'acme', 'ours');
    store.forget();

    await pinAccount(store, 'acme', 'ours');

    expect(store.creates).toEqual([]);
  });

  it('is listed by its name once it was collected from', async () => {
    const store = new MemoryStore();
    await pinAccount(store, 'globex', 'g');
    await pinAccount(store, 'acme', 'a');
    await store.replace('_state/sources/notes.txt', Buffer.from('mine'));
    await store.replace('_state/sources/acme.json.bak', Buffer.from('mine'));

    expect(await readSourceFiles(store)).toEqual({ names: ['acme', 'globex'], foreign: [] });
    expect(await listSources(store)).toEqual(['acme', 'globex']);
  });

  it.each(['..', '../x', 'x/acme', 'Acme', 'a b', 'x\u001b]0;TITLE\u0007', '', 'a'.repeat(41)])(
    'is ignored under the invalid name %j',
    async (name) => {
      const store = new MemoryStore();
      await store.replace(`_state/sources/${name}.json`, Buffer.from('{}'));

      expect(await listSources(store)).toEqual([]);
    },
  );
  it('never has an invalid name: such a file is reported separately', async () => {
    const store = new MemoryStore();
    await pinAccount(store, 'acme', 'a');
    for (const name of ['x\u001b]0;t\u0007', '..', 'Acme', 'sub/acme', ''])
      await store.replace(`_state/sources/${name}.json`, Buffer.from('{}'));

    const { names, foreign } = await readSourceFiles(store);

    expect(names).toEqual(['acme']);
    expect(foreign).toHaveLength(5);
    expect(foreign).toContain('_state/sources/x\u001b]0;t\u0007.json');
  });
});
