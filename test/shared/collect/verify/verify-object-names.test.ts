import { describe, expect, it } from '@jest/globals';
import { objectKey, slicePrefix } from '../../../../shared/contract/object-keys.ts';
import {
  listNumbers,
  orphanedDifferences,
  orphanedProjections,
} from '../../../../shared/collect/verify/verify-object-names.ts';
import { aSlice } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';

const slice = aSlice();

const storeWith = async (...keys: string[]): Promise<MemoryStore> => {
  const store = new MemoryStore();
  for (const key of keys) await store.replace(key, Buffer.from('x'));
  return store;
};

describe('the names in the folders of a slice', () => {
  it('are read as numbers, by kind', async () => {
    const store = await storeWith(
      objectKey('raw', slice, 0),
      objectKey('raw', slice, 1),
      objectKey('flat', slice, 1),
      objectKey('ocsf', slice, 2),
      objectKey('rejected', slice, 123_456),
    );

    expect(await listNumbers(store, slice)).toEqual({
      numbers: {
        raw: new Set([0, 1]),
        flat: new Set([1]),
        ocsf: new Set([2]),
        rejected: new Set([123_456]),
      },
      differences: [],
    });
  });

  it.each([
    `${slicePrefix('raw', slice)}notes.txt`,
    `${slicePrefix('raw', slice)}operation_2026-11-18_undefined.json.gz`,
    `${objectKey('flat', slice, 0)}.bak`,
    objectKey('ocsf', slice, 0).replace('operation_2026-11-18', 'operation_2026-11-17'),
    objectKey('rejected', slice, 0).replace('_000000', '_0000000'),
  ])('are reported if they are foreign: %s', async (key) => {
    const { numbers, differences } = await listNumbers(await storeWith(key), slice);

    expect(differences).toEqual([
      { kind: 'foreign-object', key, message: 'No object of its day has such a name: it was added by hand.' },
    ]);
    expect(numbers.raw.size + numbers.flat.size + numbers.ocsf.size + numbers.rejected.size).toBe(0);
  });
});

describe('projections without a raw object', () => {
  it('are found by number', () => {
    const numbers = {
      raw: new Set([0, 1]),
      flat: new Set([0, 1, 2, 3]),
      ocsf: new Set([0, 2]),
      rejected: new Set([2]),
    };

    expect([...orphanedProjections(numbers)]).toEqual([
      [2, ['flat', 'ocsf', 'rejected']],
      [3, ['flat']],
    ]);
  });

  it.each([
    [['flat', 'ocsf'] as const, `${objectKey('flat', slice, 2)} and ${objectKey('ocsf', slice, 2)}`],
    [['flat'] as const, objectKey('flat', slice, 2)],
  ])('show that the raw object was removed, if there is one of every format: %s', (formats, named) => {
    expect(orphanedDifferences(slice, 2, formats, formats)).toEqual([
      {
        kind: 'missing-object',
        key: objectKey('raw', slice, 2),
        message: `It is missing, although ${named} were made from it: it was removed.`,
      },
    ]);
  });

  it('were added, if a format has none', () => {
    const message = 'There is no raw object of the same name: it was added by hand.';

    expect(orphanedDifferences(slice, 2, ['flat', 'rejected'], ['flat', 'ocsf'])).toEqual([
      { kind: 'foreign-object', key: objectKey('flat', slice, 2), message },
      { kind: 'foreign-object', key: objectKey('rejected', slice, 2), message },
    ]);
  });
});
