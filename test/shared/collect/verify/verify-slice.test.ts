import { hash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { collectSlice } from '../../../../shared/collect/collect-slice.ts';
import { type LedgerEntry, publishEntry } from '../../../../shared/collect/ledger/ledger.ts';
import { ledgerKey, objectKey } from '../../../../shared/contract/object-keys.ts';
import type { ExpectedProjections } from '../../../../shared/collect/verify/verify-projections.ts';
import { verifySlice } from '../../../../shared/collect/verify/verify-slice.ts';
import { eventIdOf } from '../../../../shared/model/event-id.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { aCollector, aSlice, day, never } from '../../../support/builders/collector.ts';
import { aLedgerEntry } from '../../../support/builders/ledger-entries.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';
import { bytesOf, editLines } from '../../../support/tampering.ts';

const slice = aSlice();
const [early, noon, late, later] = ['T09:00:00Z', 'T12:00:00Z', 'T15:00:00Z', 'T18:00:00Z'].map((time) =>
  anOperation({ time: `${slice.day}${time}` }),
);
const raw = (sequence: number): string => objectKey('raw', slice, sequence);
const flat = (sequence: number): string => objectKey('flat', slice, sequence);
const ocsf = (sequence: number): string => objectKey('ocsf', slice, sequence);
const rejected = (sequence: number): string => objectKey('rejected', slice, sequence);
const ledger = ledgerKey(slice, 0);
const idOf = (row: unknown): string =>
  eventIdOf({ ...slice, digest: identify(slice.stream, row).digest, occurrence: 0 });

const EXPECTED: ExpectedProjections = { formats: ['flat', 'ocsf'], accountId: 'Sim-Account-000000000001' };

let store: MemoryStore;
const collect = async (...rows: unknown[]): Promise<void> => {
  await collectSlice(aCollector(store, new ListedReports(rows, 300)), slice, 'tip', never);
};
const close = async (fields: Partial<LedgerEntry> = {}): Promise<void> => {
  await publishEntry(store, await aLedgerEntry(store, slice, fields));
};
const shaOf = async (key: string): Promise<string> => hash('sha256', await bytesOf(store, key), 'hex');

/** Two raw objects, the first with a row without a readable time. */
beforeEach(async () => {
  store = new MemoryStore();
  await collect(null, early, noon);
  await collect(late, later);
});

const verify = () => verifySlice(store, slice, EXPECTED);

/** The differences of the slice: `kind key[:line]: message`. */
const recorded = async (): Promise<string[]> =>
  (await verify()).differences.map(
    ({ kind, key, line, message }) => `${kind} ${key}${line === undefined ? '' : `:${line}`}: ${message}`,
  );

/** The differences when some objects are removed. */
const differencesWithout = async (...keys: string[]): Promise<string[]> => {
  for (const key of keys) store.remove(key);
  return recorded();
};

const gap = `sequence-gap ${raw(0)}: It is missing, although ${raw(1)} exists: it was removed, or the later one was added by hand.`;
const lacking = (key: string): string =>
  `missing-projection ${key}: This object is missing, although the raw object of the same name has rows for it. Collect its day again to create it.`;
const lost = (key: string): string =>
  `missing-object ${key}: The ledger names it, but it is missing: it was removed.`;
const orphaned = (sequence: number): string =>
  `missing-object ${raw(sequence)}: It is missing, although ${flat(sequence)} and ${ocsf(sequence)} were made from it: it was removed.`;
const misdatedRow = (key: string): string =>
  `foreign-object ${key}: There is no raw object of the same name: it was added by hand.`;

describe('a slice', () => {
  it('is counted: its objects, rows and events', async () => {
    expect(await verify()).toEqual({
      slice,
      objects: 7,
      rows: 5,
      events: 4,
      otherMappings: new Map(),
      misdated: [],
      entries: [],
      differences: [],
    });
  });

  it('without objects has no difference', async () => {
    store = new MemoryStore();

    expect(await verify()).toMatchObject({ objects: 0, rows: 0, events: 0, differences: [] });
  });

  it('counts objects that cannot be checked, but not missing ones', async () => {
    store.remove(raw(0));
    await store.replace(raw(1), Buffer.from('x'));

    expect(await verify()).toMatchObject({ objects: 6, rows: 0, events: 0 });
  });

  it.each<[string, string[], string[]]>([
    ['a raw object before the last', [raw(0)], [gap]],
    ['a raw object before the last, and a projection of it', [raw(0), ocsf(0)], [gap]],
    ['the last raw object', [raw(1)], [orphaned(1)]],
    ['the last raw object, and a projection of it', [raw(1), ocsf(1)], [misdatedRow(flat(1))]],
    [
      'all raw objects',
      [raw(0), raw(1)],
      [
        `missing-object ${raw(0)}: It is missing, although ${flat(0)} and ${ocsf(0)} and ${rejected(0)} were made from it: it was removed.`,
        orphaned(1),
      ],
    ],
    [
      'projections',
      [flat(0), ocsf(1), rejected(0)],
      [lacking(flat(0)), lacking(rejected(0)), lacking(ocsf(1))],
    ],
  ])('misses %s', async (_, keys, expected) => {
    expect(await differencesWithout(...keys)).toEqual(expected);
  });

  it('names a row of another day as misdated, by its line', async () => {
    const row = anOperation({ time: '2026-11-17T23:59:59Z' });
    await collect(row, row, anOperation({ action: 'Add' }));

    const { digest } = identify(slice.stream, row);
    const common = { key: raw(2), day: day('2026-11-17'), digest };
    expect((await verify()).misdated).toEqual([
      { ...common, line: 1, occurrence: 0 },
      { ...common, line: 2, occurrence: 1 },
    ]);
  });

  it('compares no totals after an object with a line that cannot be read', async () => {
    await close();
    await editLines(store, raw(0), ([first = '', ...others]) => [...others, first.slice(1)]);
    const kinds = (await verify()).differences.filter(({ message }) => message.includes('but the log has'));

    expect(kinds).toEqual([]);
  });

  it('reports a projection that was removed during the reading as damaged', async () => {
    const read = (key: string) => (key === flat(0) ? Promise.resolve(undefined) : bytesOf(store, key));
    const forgetful = { list: store.list.bind(store), read } as unknown as MemoryStore;

    const { differences } = await verifySlice(forgetful, slice, EXPECTED);

    expect(differences.map(({ kind, key }) => [kind, key])).toEqual([['damaged-object', flat(0)]]);
  });

  it('names ten lines of an object, and counts the others', async () => {
    const rows = Array.from({ length: 12 }, (_, second) =>
      anOperation({ time: `2026-11-18T20:00:${second + 10}Z` }),
    );
    await collect(...rows);
    await editLines(store, flat(2), (lines) => lines.map((line) => line.replace('"area":', '"place":')));

    const messages = await recorded();

    expect(messages).toHaveLength(11);
    expect(messages.at(-1)).toBe(`line-changed ${flat(2)}: There are 2 more of this kind in this object.`);
  });
});

describe('a slice that has closed', () => {
  it('matches its entry', async () => {
    await close();

    const { entries, differences } = await verify();

    expect(entries.map(({ key }) => key)).toEqual([ledger]);
    expect(differences).toEqual([]);
  });

  it('without objects matches its entry, too', async () => {
    store = new MemoryStore();
    await close();
    expect(await recorded()).toEqual([]);

    await publishEntry(store, { ...(await aLedgerEntry(store, slice)), revision: 1, rows: 7 });
    expect(await recorded()).toEqual([
      `ledger-mismatch ${ledgerKey(slice, 1)}: Its rows is 7, but the log has 0.`,
    ]);
  });

  it.each<[string, string[], string[]]>([
    ['a raw object before the last', [raw(0)], [gap]],
    ['the last raw object', [raw(1)], [orphaned(1)]],
    ['a projection', [flat(0)], [lacking(flat(0))]],
    [
      'an object with all that was made of it',
      [raw(1), flat(1), ocsf(1)],
      [raw(1), flat(1), ocsf(1)].map(lost),
    ],
  ])('misses %s once, though its entry misses it, too', async (_, keys, expected) => {
    await close();

    expect(await differencesWithout(...keys)).toEqual(expected);
  });

  it('does not compare figures if a part of the log cannot be read', async () => {
    await close();
    const before = await shaOf(raw(0));
    await store.replace(raw(0), Buffer.from('x'));

    expect(await recorded()).toEqual([
      `damaged-object ${raw(0)}: The raw object is damaged: it is not compressed in the collector's form. Its projections can't be checked.`,
      `object-changed ${raw(0)}: Its SHA-256 is ${await shaOf(raw(0))}, but the ledger has ${before}.`,
    ]);
  });

  it('reports all differences of names, entries, log, projections and figures', async () => {
    await close({ rows: 6 });
    await store.replace(`${raw(0)}.bak`, Buffer.from('x'));
    await store.replace(`${ledger}.bak`, Buffer.from('x'));
    await editLines(store, raw(1), ([first = '', second = '']) => [second, first]);
    await editLines(store, flat(1), ([first = '']) => [first]);
    const [ofRaw, ofFlat] = await Promise.all([raw(1), flat(1)].map(shaOf));

    expect(
      (await recorded()).map((line) =>
        line.replaceAll(/the ledger has [0-9a-f]+/g, 'the ledger has another'),
      ),
    ).toEqual([
      `foreign-object ${raw(0)}.bak: No object of its day has such a name: it was added by hand.`,
      `foreign-object ${ledger}.bak: No ledger entry has such a name: it was added by hand.`,
      `line-moved ${raw(1)}:2: Rows must be in order of time, but this one is after a later one: lines were swapped.`,
      `line-missing ${flat(1)}:2: The event ${idOf(later)} is missing here.`,
      `object-changed ${raw(1)}: Its SHA-256 is ${ofRaw}, but the ledger has another.`,
      `object-changed ${flat(1)}: Its SHA-256 is ${ofFlat}, but the ledger has another.`,
      `ledger-mismatch ${ledger}: Its rows is 6, but the log has 5.`,
    ]);
  });

  it('compares an earlier entry with the log at that time', async () => {
    store = new MemoryStore();
    await collect(early);
    await close({ distinct: 2 });
    await collect(noon);
    await close({ revision: 1 });

    expect(await recorded()).toEqual([`ledger-mismatch ${ledger}: Its distinct is 2, but the log has 1.`]);
  });

  it('counts and names the objects that came after it had closed', async () => {
    await close();
    await collect(anOperation({ action: 'Add' }));

    expect(await recorded()).toEqual([
      `unclosed ${ledger}: 3 of its day's objects were written later and await the next revision: ${raw(2)}, ${flat(2)}, ${ocsf(2)}.`,
    ]);
  });

  it('continues after an entry that cannot be read', async () => {
    await store.replace(ledger, Buffer.from('{'));

    expect(await recorded()).toEqual([
      `damaged-object ${ledger}: The ledger entry is damaged: it is not an entry, or not in the collector's form. It proves nothing.`,
    ]);
  });
});
