import { hash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LoggedObject } from '../../../../shared/collect/log/logged-object.ts';
import { readManifest, writeManifest } from '../../../../shared/collect/log/manifest.ts';
import { manifestKey } from '../../../../shared/contract/object-keys.ts';
import { aSlice } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';

const slice = aSlice();
const KEY = manifestKey(slice);

const digests = (...names: string[]): Buffer =>
  Buffer.concat(names.map((name) => hash('sha256', name, 'buffer')));

const OBJECTS: readonly LoggedObject[] = [
  {
    sequence: 0,
    version: '"e1"',
    rows: 2,
    digests: digests('a', 'b'),
    rejected: 1,
    newest: '2026-11-18T09:00:00.000Z',
  },
  { sequence: 1, version: '"e2"', rows: 1, digests: digests('a'), rejected: 0, newest: '' },
];

const HEADER =
  '{"objects":[{"version":"\\"e1\\"","rejected":1,"newest":"2026-11-18T09:00:00.000Z","rows":2},' +
  '{"version":"\\"e2\\"","rejected":0,"newest":"","rows":1}]}\n';

const sealed = (...parts: (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from(`${hash('sha256', body, 'hex')}\n`), body]);
};

describe('a manifest', () => {
  let store: MemoryStore;

  beforeEach(() => {
    store = new MemoryStore();
  });

  it('is a seal, a line with the facts about each object, and the digests of their rows', async () => {
    await writeManifest(store, slice, OBJECTS);

    expect(await store.read(KEY)).toEqual(sealed(HEADER, digests('a', 'b', 'a')));
  });

  it.each([
    ['two objects', OBJECTS],
    ['none', []],
  ])('of %s is read back as it was written', async (_, objects) => {
    await writeManifest(store, slice, objects);

    expect(
      (await readManifest(store, slice)).map((one) => ({ ...one, digests: Buffer.from(one.digests) })),
    ).toEqual(objects);
  });

  it('is empty if there is none', async () => {
    expect(await readManifest(store, slice)).toEqual([]);
  });

  const whole = sealed(HEADER, digests('a', 'b', 'a'));
  it.each([
    ['empty', Buffer.alloc(0)],
    ['a line end', Buffer.from('\n')],
    ['a seal alone', whole.subarray(0, 64)],
    ['cut within its digests', whole.subarray(0, whole.length - 1)],
    ['longer than it was', Buffer.concat([whole, Buffer.of(0)])],
    ['of another seal', Buffer.concat([Buffer.from('0'), whole.subarray(1)])],
    [
      'of a seal in capitals',
      Buffer.from(
        whole.toString('latin1').replace(/^\w+/, (seal) => seal.toUpperCase()),
        'latin1',
      ),
    ],
    ['sealed, and no JSON', sealed('objects\n')],
    ['sealed, without a line end', sealed('{"objects":[]}')],
    ['sealed, of another form', sealed('{"rows":[]}\n')],
    [
      'sealed, with fewer rejected rows than none',
      sealed(HEADER.replace('"rejected":1', '"rejected":-1'), digests('a', 'b', 'a')),
    ],
    [
      'sealed, with fewer rows than none',
      sealed(HEADER.replace('"rows":2', '"rows":-2'), digests('a', 'b', 'a')),
    ],
    ['sealed, with half a row', sealed(HEADER.replace('"rows":2', '"rows":1.5'), digests('a', 'b', 'a'))],
  ])('is nothing if it is %s', async (_, bytes) => {
    await store.replace(KEY, bytes);

    expect(await readManifest(store, slice)).toEqual([]);
  });
});
