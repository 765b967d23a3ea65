import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { ObjectStore } from '../../../shared/collect/ports.ts';
import { downloadObjects } from '../../../shared/query/download-objects.ts';
import { day, never } from '../../support/builders/collector.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SELECTION = {
  folders: [{ format: 'flat', stream: 'operation' }],
  sources: ['acme'],
  days: [day('2026-11-18'), day('2026-11-19')],
} as const;

const aStore = async (...keys: readonly string[]): Promise<MemoryStore> => {
  const store = new MemoryStore();
  for (const key of keys) await store.create(key, Buffer.from(key));
  return store;
};

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();

describe('objects downloaded from a store', () => {
  it('are those of the selected folders, sources and days, whole and by their keys', async () => {
    const wanted = [
      'flat/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz',
      'flat/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000001.json.gz',
      'flat/operation/source=acme/dt=2026-11-19/operation_2026-11-19_000000.json.gz',
    ];
    const store = await aStore(
      ...wanted,
      'flat/operation/source=acme/dt=2026-11-17/operation_2026-11-17_000000.json.gz',
      'flat/operation/source=globex/dt=2026-11-18/operation_2026-11-18_000000.json.gz',
      'flat/activity/source=acme/dt=2026-11-18/activity_2026-11-18_000000.json.gz',
      'ocsf/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz',
      'raw/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz',
    );
    const root = temporaryFolder();

    await downloadObjects(store, SELECTION, root, never);

    expect(filesIn(root)).toEqual(wanted);
    for (const key of wanted) expect(readFileSync(join(root, key), 'utf8')).toBe(key);
  });

  it.each([
    ['up and out', '../../../../../victim/authorized_keys'],
    ['up to another day', '../dt=2026-11-19/operation_2026-11-19_000000.json.gz'],
    ['with the ending of ours', '../../../../../operation_2026-11-18_000000.json.gz'],
    ['through an absolute path', '/etc/operation_2026-11-18_000000.json.gz'],
    ['by the separators of Windows', '..\\..\\..\\operation_2026-11-18_000000.json.gz'],
    ['percent-encoded', '%2e%2e%2f%2e%2e%2foperation_2026-11-18_000000.json.gz'],
    ['past a NUL', 'operation_2026-11-18_000000.json.gz\0.txt'],
    ['below an empty part', '/operation_2026-11-18_000000.json.gz'],
    ['below a dot', './operation_2026-11-18_000000.json.gz'],
    ['of a name longer than a file system takes', `${'x'.repeat(900)}_000000.json.gz`],
    ['of a name that is not ours', 'notes.json.gz'],
  ])('do not include a key that leads %s: it is not even read', async (_, name) => {
    const key = `flat/operation/source=acme/dt=2026-11-18/${name}`;
    const ours = 'flat/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz';
    const store = await aStore(key, ours);
    const reads: string[] = [];
    const recording: ObjectStore = {
      list: (prefix) => store.list(prefix),
      create: (created, body) => store.create(created, body),
      replace: (replaced, body) => store.replace(replaced, body),
      update: (updated, change) => store.update(updated, change),
      read: (requested) => {
        reads.push(requested);
        return store.read(requested);
      },
    };
    const outer = temporaryFolder();
    const root = join(outer, '1/2/3/4');
    mkdirSync(root, { recursive: true });

    await downloadObjects(recording, SELECTION, root, never);

    expect(reads).toEqual([ours]);
    expect(filesIn(outer)).toEqual([`1/2/3/4/${ours}`]);
  });

  it('are in folders and files that only their owner can access', async () => {
    const key = 'flat/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz';
    const root = temporaryFolder();

    await downloadObjects(await aStore(key), SELECTION, root, never);

    expect(statSync(join(root, key)).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'flat')).mode & 0o777).toBe(0o700);
  });

  it('are none once they are no longer needed', async () => {
    const store = await aStore(
      'flat/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz',
    );
    const root = temporaryFolder();

    const bringing = downloadObjects(
      store,
      SELECTION,
      root,
      AbortSignal.abort(new Error('no longer wanted')),
    );

    await expect(bringing).rejects.toThrow('no longer wanted');
    expect(filesIn(root)).toEqual([]);
  });
});
