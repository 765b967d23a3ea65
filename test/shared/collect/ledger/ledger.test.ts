import { describe, expect, it } from '@jest/globals';
import {
  digestOfIds,
  type LedgerEntry,
  LedgerEntrySchema,
  publishEntry,
  readLedger,
} from '../../../../shared/collect/ledger/ledger.ts';
import { ledgerKey } from '../../../../shared/contract/object-keys.ts';
import { CorruptObjectError } from '../../../../shared/errors.ts';
import { aSlice } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';

const SLICE = aSlice();
const SHA = '0f'.repeat(32);

const anEntry = (fields: Partial<LedgerEntry> = {}): LedgerEntry => ({
  ...SLICE,
  revision: 2,
  verdict: 'complete',
  rows: 12,
  distinct: 11,
  rejected: 3,
  mapping: 4,
  digest: SHA,
  first_event: '2026-11-18T00:00:00.000Z',
  last_event: '2026-11-18T23:59:59.000Z',
  pages: 5,
  requests: 6,
  objects: [{ key: 'raw/x', sha256: SHA }],
  opened_at: '2026-11-18T00:05:00.000Z',
  listed_at: '2026-11-22T00:05:00.000Z',
  closed_at: '2026-11-22T00:05:00.000Z',
  confirmed_at: '2026-11-29T00:05:00.000Z',
  late_after_close: 7,
  vanished: 8,
  previous: null,
  ...fields,
});

const CONTENT = {
  units: 2,
  held: 3,
  same_as: 4,
  failed: 5,
  skipped: 6,
  gone: 7,
  bytes: 8,
  files_digest: SHA,
};

describe('an entry of the ledger', () => {
  it('has the figures of the files of a day of content', async () => {
    const store = new MemoryStore();
    await publishEntry(store, anEntry({ content: CONTENT }));

    expect((await readLedger(store, SLICE))[0]?.entry.content).toEqual(CONTENT);
    for (const name of Object.keys(CONTENT)) {
      const wrong = anEntry({ content: { ...CONTENT, [name]: -1 } });
      expect(LedgerEntrySchema.safeParse(wrong).success).toBe(false);
    }
  });

  it('is read back as it was published, and its revision is taken from then on', async () => {
    const store = new MemoryStore();

    const published = await publishEntry(store, anEntry());

    expect(await readLedger(store, SLICE)).toEqual([published]);
    expect(published?.entry).toEqual(anEntry());
    expect(await publishEntry(store, anEntry({ rows: 99 }))).toBeUndefined();
  });

  it.each<Partial<LedgerEntry>>([
    { revision: -1 },
    { verdict: 'lost' as 'gap' },
    { rows: -1 },
    { distinct: -1 },
    { rejected: -1 },
    { mapping: 0 },
    { digest: `${SHA}0` },
    { digest: `0${SHA}` },
    { pages: -1 },
    { requests: -1 },
    { objects: [{ key: 'raw/x', sha256: '' }] },
    { late_after_close: -1 },
    { vanished: -1 },
    { previous: `${SHA}0` },
    { closed_at: 'yesterday' },
    { note: 'mine' } as object,
  ])('is none with %j', (fields) => {
    expect(LedgerEntrySchema.safeParse(anEntry(fields)).success).toBe(false);
  });

  it.each(['', 'x', '{}'])('that reads %j is named as damaged', async (text) => {
    const store = new MemoryStore();
    const key = ledgerKey(SLICE, 0);
    await store.replace(key, Buffer.from(text));

    const error: unknown = await readLedger(store, SLICE).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(CorruptObjectError);
    expect(error).toMatchObject({ key, message: expect.stringContaining('it is not a ledger entry. ') });
    expect((error as Error).cause).toBeDefined();
  });
});

it('the digest of a day is the SHA-256 of its ids in order, each followed by LF', () => {
  // printf 'a\nb\nb\n' | sha256sum
  expect(digestOfIds(['b', 'a', 'b'])).toBe(
    'c74f9ee7d42d4d6d89e9ff9f7d1593011198a6099029569fed65c1ab6bded3df',
  );
});
