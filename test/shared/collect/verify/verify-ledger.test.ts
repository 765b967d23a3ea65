import { hash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '../../../../shared/collect/ledger/ledger.ts';
import { ledgerKey, objectKey } from '../../../../shared/contract/object-keys.ts';
import { jsonBytes } from '../../../../shared/collect/state/state-file.ts';
import {
  type FoundEntry,
  objectsOfLogIn,
  readEntriesStrictly,
  verifyEntries,
} from '../../../../shared/collect/verify/verify-ledger.ts';
import type { Totals } from '../../../../shared/collect/verify/verify-totals.ts';
import { aSlice, day } from '../../../support/builders/collector.ts';
import { aLedgerEntry } from '../../../support/builders/ledger-entries.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';

const slice = aSlice();
const keyOf = (revision: number): string => ledgerKey(slice, revision);
const entry = await aLedgerEntry(new MemoryStore(), slice);

describe('reading the entries of a slice strictly', () => {
  let store: MemoryStore;
  beforeEach(() => {
    store = new MemoryStore();
  });

  const put = async (revision: number, bytes: Buffer | string): Promise<void> =>
    store.replace(keyOf(revision), Buffer.from(bytes));

  it('gives each with its revision and the SHA-256 of its bytes, oldest first', async () => {
    const entries = [entry, { ...entry, revision: 1, confirmed_at: '2026-11-29T00:00:00.000Z' }];
    for (const [revision, one] of entries.entries()) await put(revision, jsonBytes(one));

    expect(await readEntriesStrictly(store, slice)).toEqual({
      entries: entries.map((one, revision) => ({
        key: keyOf(revision),
        slice,
        revision,
        sha256: hash('sha256', jsonBytes(one), 'hex'),
        entry: one,
      })),
      differences: [],
    });
  });

  const spelled = "it is not an entry, or not in the collector's form";

  it.each<[string, Buffer | string, string]>([
    ['nothing', '', spelled],
    ['no JSON', '{', spelled],
    ['JSON of another form', jsonBytes({ ...entry, rows: -1 }), spelled],
    ['a field too many', jsonBytes({ ...entry, note: 'x' }), spelled],
    ['an entry on one line', JSON.stringify(entry), spelled],
    [
      'the entry of another day',
      jsonBytes({ ...entry, day: day('2026-11-17') }),
      'it is about quillmere operation 2026-11-17, revision 0',
    ],
    [
      'the entry of another source',
      jsonBytes({ ...entry, source: 'acme' }),
      'it is about acme operation 2026-11-18, revision 0',
    ],
    [
      'another revision',
      jsonBytes({ ...entry, revision: 1 }),
      'it is about quillmere operation 2026-11-18, revision 1',
    ],
  ])('describes the problem of one that holds %s', async (_, bytes, problem) => {
    await put(0, bytes);

    const { entries, differences } = await readEntriesStrictly(store, slice);

    const message = `The ledger entry is damaged: ${problem}. It proves nothing.`;
    expect(differences).toEqual([{ kind: 'damaged-object', key: keyOf(0), message }]);
    expect(entries).toEqual([
      { key: keyOf(0), slice, revision: 0, sha256: hash('sha256', bytes, 'hex'), entry: undefined },
    ]);
  });

  it('treats one that was removed during the reading as damaged', async () => {
    await put(0, jsonBytes(entry));
    const forgetful = Object.assign(store, { read: () => Promise.resolve(undefined) });

    expect(await readEntriesStrictly(forgetful, slice)).toMatchObject({
      entries: [{ sha256: hash('sha256', '', 'hex'), entry: undefined }],
      differences: [{ kind: 'damaged-object' }],
    });
  });

  it.each([
    ['a number short of six digits', keyOf(0).replace('_000000', '_00000')],
    [
      'another day',
      ledgerKey(aSlice({ day: day('2026-11-17') }), 0).replace('dt=2026-11-17', 'dt=2026-11-18'),
    ],
    ['another ending', `${keyOf(0)}.bak`],
    ['no number', keyOf(0).replace('_000000', '_undefined')],
    ['something before the number', keyOf(0).replace('.json', '.json_000000.json')],
    ['no dot', keyOf(0).replace('.json', '-json')],
  ])('names a file among them with %s in its name', async (_, key) => {
    await store.replace(key, jsonBytes(entry));

    expect(await readEntriesStrictly(store, slice)).toEqual({
      entries: [],
      differences: [
        { kind: 'foreign-object', key, message: 'No ledger entry has such a name: it was added by hand.' },
      ],
    });
  });

  it('names the first of the revisions that are missing in a gap', async () => {
    for (const revision of [1, 2, 5]) await put(revision, jsonBytes({ ...entry, revision }));

    const { entries, differences } = await readEntriesStrictly(store, slice);

    expect(entries.map(({ revision }) => revision)).toEqual([1, 2, 5]);
    expect(differences).toEqual([
      {
        kind: 'sequence-gap',
        key: keyOf(0),
        message: `It is missing, although ${keyOf(1)} exists: it was removed, or the later one was added by hand.`,
      },
      {
        kind: 'sequence-gap',
        key: keyOf(3),
        message: `It is missing, and so is the next one, although ${keyOf(5)} exists: it was removed, or the later one was added by hand.`,
      },
    ]);
  });
});

describe('comparing entries with the stored objects', () => {
  const raw = (sequence: number): string => objectKey('raw', slice, sequence);
  const flat = (sequence: number): string => objectKey('flat', slice, sequence);
  const sha256 = (key: string): string => hash('sha256', key, 'hex');
  const withHashes = (...keys: string[]) => keys.map((key) => ({ key, sha256: sha256(key) }));

  const totals: Totals = {
    rows: 9,
    distinct: 8,
    rejected: 1,
    digest: 'd'.repeat(64),
    first_event: '2026-11-18T09:00:00.000Z',
    last_event: '2026-11-18T10:00:00.000Z',
  };
  /** An entry that is right about two raw objects and what was made of them. */
  const right: LedgerEntry = { ...entry, ...totals, objects: withHashes(raw(0), raw(1), flat(0), flat(1)) };

  const found = (revision: number, of: LedgerEntry | undefined): FoundEntry => ({
    key: keyOf(revision),
    slice,
    revision,
    sha256: '',
    entry: of,
  });

  /** The differences of entries, in a store with some objects: `kind key: message`. */
  const recorded = (
    entries: readonly (LedgerEntry | undefined)[],
    objects: readonly string[] = [raw(0), raw(1), flat(0), flat(1)],
    known: Readonly<Record<number, Totals>> = { 2: totals },
  ): string[] =>
    verifyEntries(
      slice,
      entries.map((one, revision) => found(revision, one)),
      {
        objects: new Map(objects.map((key) => [key, sha256(key)])),
        totalsAfter: (count) => known[count],
      },
    ).map(({ kind, key, message }) => `${kind} ${key}: ${message}`);

  it('finds no difference for a correct one, and for none', () => {
    expect(recorded([right])).toEqual([]);
    expect(recorded([])).toEqual([]);
  });

  it('reports nothing about one that cannot be read', () => {
    expect(recorded([undefined])).toEqual([]);
    expect(recorded([right, undefined])).toEqual([]);
  });

  it.each<[string, Partial<LedgerEntry>, string[]]>([
    [
      'names an object that is not there',
      { objects: [...right.objects, ...withHashes(flat(2))] },
      [`missing-object ${flat(2)}: The ledger names it, but it is missing: it was removed.`],
    ],
    [
      'names other bytes',
      { objects: right.objects.with(3, { key: flat(1), sha256: 'f'.repeat(64) }) },
      [`object-changed ${flat(1)}: Its SHA-256 is ${sha256(flat(1))}, but the ledger has ${'f'.repeat(64)}.`],
    ],
    [
      'knows fewer objects than are there',
      { objects: withHashes(raw(0), raw(1)) },
      [
        `unclosed ${keyOf(0)}: 2 of its day's objects were written later and await the next revision: ${flat(0)}, ${flat(1)}.`,
      ],
    ],
    [
      'names raw objects out of their order',
      { objects: withHashes(raw(1), raw(0), flat(0), flat(1)) },
      [`ledger-mismatch ${keyOf(0)}: The raw objects that it names are not the first of its day, in order.`],
    ],
    ['names other rows', { rows: 10 }, [`ledger-mismatch ${keyOf(0)}: Its rows is 10, but the log has 9.`]],
    [
      'names another first event, and none as the last',
      { first_event: '2026-11-18T08:00:00.000Z', last_event: undefined },
      [
        `ledger-mismatch ${keyOf(0)}: Its first_event is 2026-11-18T08:00:00.000Z, but the log has 2026-11-18T09:00:00.000Z; its last_event is undefined, but the log has 2026-11-18T10:00:00.000Z.`,
      ],
    ],
    [
      'is wrong in three figures',
      { distinct: 1, rejected: 0, digest: 'e'.repeat(64) },
      [
        `ledger-mismatch ${keyOf(0)}: Its distinct is 1, but the log has 8; its rejected is 0, but the log has 1; its digest is ${'e'.repeat(64)}, but the log has ${'d'.repeat(64)}.`,
      ],
    ],
  ])('reports one that %s', (_, fields, expected) => {
    expect(recorded([{ ...right, ...fields }])).toEqual(expected);
  });

  it('reports the times of events in one of a day without events', () => {
    const { rows, distinct, rejected, digest } = totals;

    expect(recorded([right], undefined, { 2: { rows, distinct, rejected, digest } })).toEqual([
      `ledger-mismatch ${keyOf(0)}: Its first_event is ${totals.first_event}, but the log has undefined; its last_event is ${totals.last_event}, but the log has undefined.`,
    ]);
  });

  describe('of content', () => {
    const custody = (sequence: number): string => objectKey('custody', slice, sequence);
    const files = {
      held: 1,
      same_as: 2,
      failed: 3,
      skipped: 4,
      gone: 5,
      bytes: 6,
      files_digest: 'c'.repeat(64),
    };
    const ofContent = (content: LedgerEntry['content'], ...keys: string[]): string[] =>
      verifyEntries(slice, [found(0, { ...right, objects: withHashes(...keys), content })], {
        objects: new Map(keys.map((key) => [key, sha256(key)])),
        totalsAfter: () => totals,
        filesAfter: (raws, custodies) => ({ ...files, held: raws, same_as: custodies }),
      }).map(({ message }) => message);

    it('compares the figures of its files with both logs at that time', () => {
      const keys = [raw(0), custody(0), custody(1)];

      expect(ofContent({ ...files, units: 9 }, ...keys)).toEqual([]);
      expect(ofContent({ ...files, units: 9, gone: 0, bytes: 7 }, ...keys)).toEqual([
        'Its gone is 0, but both logs give 5; its bytes is 7, but both logs give 6.',
      ]);
    });

    it('reports one without the figures of its files', () => {
      const [message] = ofContent(undefined, raw(0), custody(0));

      expect(message).toMatch(/^Its held is undefined, but both logs give 1; its same_as is undefined, /);
    });

    it('reports custody objects that are not the first of its day, in order', () => {
      expect(ofContent({ ...files, units: 9 }, raw(0), custody(1), custody(0))).toEqual([
        'The custody objects that it names are not the first of its day, in order.',
      ]);
    });
  });

  it('does not compare figures if some of the log cannot be read', () => {
    expect(recorded([{ ...right, rows: 10 }], undefined, {})).toEqual([]);
  });

  const older = { ...right, ...totals, rows: 5, objects: withHashes(raw(0), flat(0)) };
  const known = { 1: { ...totals, rows: 5 }, 2: totals };

  it('compares an older revision with the newest, and its figures with the log at that time', () => {
    expect(recorded([older, { ...right, revision: 1 }], undefined, known)).toEqual([]);
    expect(recorded([{ ...older, rows: 4 }, right], undefined, known)).toEqual([
      `ledger-mismatch ${keyOf(0)}: Its rows is 4, but the log has 5.`,
    ]);
  });

  it('names the objects that differ between an older revision and the newest', () => {
    const objects = older.objects.map(({ key }) => ({ key, sha256: 'f'.repeat(64) }));

    expect(recorded([{ ...older, objects }, right], undefined, known)).toEqual([
      `ledger-mismatch ${keyOf(0)}: It differs from the newest revision in ${raw(0)}, ${flat(0)}.`,
    ]);
  });

  it('counts the raw objects of an entry', () => {
    expect(objectsOfLogIn(right, 'raw')).toBe(2);
  });
});
