import { beforeEach, describe, expect, it } from '@jest/globals';
import { claimedSlices, missingEntries } from '../../../../shared/collect/verify/verify-claims.ts';
import type { SliceFilter } from '../../../../shared/collect/verify/store-inventory.ts';
import { writeWatermark } from '../../../../shared/collect/ledger/watermark.ts';
import { labelOf } from '../../../../shared/model/slice.ts';
import { aSlice, day } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { bytesOf } from '../../../support/tampering.ts';

const [the17th, the18th] = [day('2026-11-17'), day('2026-11-18')];

describe('the claims of watermarks', () => {
  let store: MemoryStore;
  beforeEach(async () => {
    store = new MemoryStore();
    const both = { complete_from: the17th, closed_up_to: the18th, gaps: [] };
    const one = { complete_from: the18th, closed_up_to: the18th, gaps: [] };
    await writeWatermark(store, 'acme', { operation: one }, new Date(0));
    await writeWatermark(store, 'quillmere', { operation: both, activity: one }, new Date(0));
  });

  it.each<[string, SliceFilter, string[]]>([
    [
      'all',
      {},
      [
        'acme operation 2026-11-18',
        'quillmere activity 2026-11-18',
        'quillmere operation 2026-11-17',
        'quillmere operation 2026-11-18',
      ],
    ],
    ['a source', { sources: ['acme'] }, ['acme operation 2026-11-18']],
    ['a stream', { streams: ['activity'] }, ['quillmere activity 2026-11-18']],
    ['days', { to: the17th }, ['quillmere operation 2026-11-17']],
  ])('is every day that has closed, of what is meant: %s', async (_, filter, expected) => {
    const claimed = await claimedSlices(store, filter);

    expect(claimed.map(labelOf).sort()).toEqual(expected);
  });

  it('are those of watermarks in their place, and not of copies', async () => {
    const copied = new MemoryStore();
    for (const { key } of await store.list('watermark/')) {
      await copied.replace(`copies/${key}`, await bytesOf(store, key));
    }

    expect(await claimedSlices(copied, {})).toEqual([]);
  });

  it('are empty if no day has closed, and if a watermark cannot be read', async () => {
    const none = { complete_from: the17th, gaps: [] };
    await writeWatermark(store, 'quillmere', { operation: none, activity: { gaps: [] } }, new Date(0));
    await store.replace('watermark/source=acme.json', Buffer.from('{'));
    const closed = { complete_from: the17th, closed_up_to: the17th, gaps: [] };
    await writeWatermark(store, '../../../../etc', { operation: closed }, new Date(0));

    expect(await claimedSlices(store, {})).toEqual([]);
  });
});

it('a claimed entry is reported as missing, unless its day has one', () => {
  const claimed = [aSlice({ day: the17th }), aSlice({ day: the18th })];
  const link = { key: 'entry', day: the17th, sha256: 'a', previous: null, closedAt: undefined };

  expect(missingEntries(claimed, [link])).toEqual([
    {
      kind: 'missing-object',
      key: 'ledger/operation/source=quillmere/dt=2026-11-18/operation_2026-11-18_000000.json',
      message: 'The watermark says that the day has closed, but its ledger entry is missing: it was removed.',
    },
  ]);
});
