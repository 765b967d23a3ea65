import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bringObjects } from '../../../shared/query/bring-objects.ts';
import { day, never } from '../../support/collector.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const WANTED = {
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

describe('objects brought out of a store', () => {
  it('are those of the wanted folders, sources and days, whole and by their keys', async () => {
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

    await bringObjects(store, WANTED, root, never);

    expect(filesIn(root)).toEqual(wanted);
    for (const key of wanted) expect(readFileSync(join(root, key), 'utf8')).toBe(key);
  });

  it('are none once they are no longer wanted', async () => {
    const store = await aStore(
      'flat/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz',
    );
    const root = temporaryFolder();

    const bringing = bringObjects(store, WANTED, root, AbortSignal.abort(new Error('no longer wanted')));

    await expect(bringing).rejects.toThrow('no longer wanted');
    expect(filesIn(root)).toEqual([]);
  });
});
