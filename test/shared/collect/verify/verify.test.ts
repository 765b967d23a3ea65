import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { collectSlice } from '../../../../shared/collect/collect-slice.ts';
import { type Kind, ledgerKey, objectKey } from '../../../../shared/contract/object-keys.ts';
import { project } from '../../../../shared/collect/log/projection.ts';
import { SliceLog } from '../../../../shared/collect/log/slice-log.ts';
import { publishEntry } from '../../../../shared/collect/ledger/ledger.ts';
import { jsonBytes } from '../../../../shared/collect/state/state-file.ts';
import { type Difference, isNote } from '../../../../shared/collect/verify/verify-difference.ts';
import { type VerifyOptions, verifyStore } from '../../../../shared/collect/verify/verify-store.ts';
import { writeWatermark } from '../../../../shared/collect/ledger/watermark.ts';
import { eventIdOf } from '../../../../shared/model/event-id.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import type { Slice } from '../../../../shared/model/slice.ts';
import { COLLECTED, collectCompany } from '../../../support/fixtures/collected-company.ts';
import { aCollector, aSlice, day, never } from '../../../support/builders/collector.ts';
import { aLedgerEntry, closeInChain } from '../../../support/builders/ledger-entries.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';
import { bytesOf, editLines, linesOf, pack } from '../../../support/tampering.ts';

const slice = (date: 16 | 17 | 18): Slice => aSlice({ day: day(`2026-11-${date}`) });
const key = (kind: Kind, sequence: number, date: 16 | 17 | 18 = 17): string =>
  objectKey(kind, slice(date), sequence);
const entryKey = (date: 16 | 17 | 18, revision = 0): string => ledgerKey(slice(date), revision);

const verify = (store: MemoryStore, options: Partial<VerifyOptions> = {}) =>
  verifyStore(store, { signal: never, ...options });

/** What was found, short: `kind key:line`. */
const named = (differences: readonly Difference[]): string[] =>
  differences.map(({ kind, key, line }) => `${kind} ${key}${line === undefined ? '' : `:${line}`}`).sort();

const find = async (store: MemoryStore, options: Partial<VerifyOptions> = {}): Promise<string[]> =>
  named((await verify(store, options)).differences);

const BRACKETS = '['.repeat(100_000) + ']'.repeat(100_000);

type Tamper = (store: MemoryStore) => unknown;

const flip = async (store: MemoryStore, at: string, offset: number): Promise<void> => {
  const bytes = Buffer.from(await bytesOf(store, at));
  bytes[offset] = (bytes[offset] ?? 0) ^ 0x10;
  await store.replace(at, bytes);
};

const packBytes = (bytes: readonly number[]): Buffer => gzipSync(Buffer.from(bytes));

const swap = (lines: string[], a: number, b: number): string[] =>
  lines.with(a, lines[b] ?? '').with(b, lines[a] ?? '');

const edited = (line: string | undefined, fields: object): string =>
  JSON.stringify({ ...(JSON.parse(line ?? '') as object), ...fields });

const editEntry = async (store: MemoryStore, at: string, fields: object): Promise<void> =>
  store.replace(
    at,
    jsonBytes({ ...(JSON.parse((await bytesOf(store, at)).toString()) as object), ...fields }),
  );

/** A row that Zoom never had, with the id that it would have. */
const FORGED = anOperation({ time: '2026-11-17T23:59:59Z', operation_detail: 'Nothing to see here' });
const FORGED_ID = eventIdOf({
  ...slice(17),
  digest: identify('operation', FORGED).digest,
  occurrence: 0,
});

let store: MemoryStore;
beforeEach(async () => {
  store = await collectCompany();
});

describe('verifying a store', () => {
  it('proves a store that is as it was written: days, objects, events, the chain and its head', async () => {
    const sealed = await closeInChain(store, COLLECTED);

    const { streams, differences } = await verify(store);

    expect(differences).toEqual([]);
    expect(streams).toEqual([
      {
        source: 'quillmere',
        stream: 'operation',
        firstDay: '2026-11-16',
        lastDay: '2026-11-18',
        days: 3,
        objects: 20,
        rows: 119,
        events: 116,
        completeDays: 3,
        gapDays: 0,
        chain: [{ from: '2026-11-16', to: '2026-11-18', head: sealed.at(-1)?.sha256 }],
      },
    ]);
  });

  it('writes nothing', async () => {
    await closeInChain(store, COLLECTED);
    const before = await store.list('');

    await verify(store);

    expect(await store.list('')).toEqual(before);
  });

  it.each([
    ['flat alone', { formats: ['flat'], ocsfVersion: '1.8.0' }],
    ['OCSF 1.1.0', { formats: ['flat', 'ocsf'], ocsfVersion: '1.1.0' }],
    ['nothing but raw', { formats: [], ocsfVersion: '1.8.0' }],
  ] as const)('takes %s for what it is, even if the account was never noted', async (_, chosen) => {
    const bare = new MemoryStore();
    const mapping = { ...chosen, accountId: 'Sim-Account-000000000001' };
    const reports = new ListedReports([anOperation(), anOperation({ operation_detail: 'another' })], 300);
    await collectSlice(aCollector(bare, reports, { mapping }), slice(18), 'whole', never);

    expect(await find(bare)).toEqual([]);
  });

  it('accepts another zlib: other bytes with the same lines and time', async () => {
    const at = key('flat', 0);
    const bytes = Buffer.from(await bytesOf(store, at));
    bytes.writeUInt8(0xff, 9); // the system that packed it
    await store.replace(at, bytes);

    expect(await find(store)).toEqual([]);
  });

  it('reports a format as missing if all its objects were removed, by the slice states', async () => {
    for (const { key } of await store.list('ocsf/')) store.remove(key);

    expect(await find(store)).toHaveLength(6);
  });

  it('requires the requested formats', async () => {
    for (const root of ['ocsf/', '_state/slices/', '_state/streams/'])
      for (const { key } of await store.list(root)) store.remove(key);

    expect(await find(store)).toEqual([]);
    expect(await find(store, { formats: ['flat', 'ocsf'] })).toHaveLength(6);
  });

  it('reads only the requested days', async () => {
    store.remove(key('flat', 0, 16));

    const report = await verify(store, { from: day('2026-11-17'), to: day('2026-11-18') });

    expect(report.differences).toEqual([]);
    expect(report.streams[0]).toMatchObject({ firstDay: '2026-11-17', lastDay: '2026-11-18', days: 2 });
  });

  it('names ten lines of an object, and counts the others', async () => {
    await editLines(store, key('flat', 0), (lines) =>
      lines.map((line) => edited(line, { log_type: 'Zoom.Other' })),
    );

    const { differences } = await verify(store);

    const { length } = await linesOf(store, key('flat', 0));
    expect(differences).toHaveLength(11);
    expect(differences.at(-1)?.message).toBe(`There are ${length - 10} more of this kind in this object.`);
  });
});

describe('tampering that the objects reveal', () => {
  it.each<[string, Tamper, string[]]>([
    ['a raw object removed', (s) => s.remove(key('raw', 0)), [`sequence-gap ${key('raw', 0)}`]],
    ['the last raw object removed', (s) => s.remove(key('raw', 1)), [`missing-object ${key('raw', 1)}`]],
    ['a projection removed', (s) => s.remove(key('ocsf', 1)), [`missing-projection ${key('ocsf', 1)}`]],
    [
      'the rejected rows removed',
      (s) => s.remove(key('rejected', 0)),
      [`missing-projection ${key('rejected', 0)}`],
    ],
    ['a changed byte in raw', (s) => flip(s, key('raw', 0), 40), [`damaged-object ${key('raw', 0)}`]],
    ['a changed byte in flat', (s) => flip(s, key('flat', 1), 40), [`damaged-object ${key('flat', 1)}`]],
    [
      'a hidden flag in a gzip header',
      (s) => flip(s, key('flat', 1), 3),
      [`damaged-object ${key('flat', 1)}`],
    ],
    [
      'a flag in a gzip header that unpacks all the same',
      async (s) => s.replace(key('flat', 1), Buffer.from((await bytesOf(s, key('flat', 1))).with(3, 1))),
      [`damaged-object ${key('flat', 1)}`],
    ],
    [
      'bytes that are no UTF-8',
      (s) => s.replace(key('flat', 1), packBytes([0x22, 0xff, 0x22, 0x0a])),
      [`damaged-object ${key('flat', 1)}`],
    ],
    [
      'a last line without an end',
      (s) => s.replace(key('raw', 1), packBytes([0x7b, 0x7d, 0x0a, 0x7b, 0x7d])),
      [`damaged-object ${key('raw', 1)}`],
    ],
    [
      'an object emptied',
      (s) => s.replace(key('raw', 1), packBytes([])),
      [`damaged-object ${key('raw', 1)}`],
    ],
    [
      'a raw object and a projection of it removed',
      (s) => [key('raw', 0), key('ocsf', 0)].forEach((at) => s.remove(at)),
      [`sequence-gap ${key('raw', 0)}`],
    ],
    [
      'bytes added behind the end',
      async (s) =>
        s.replace(key('flat', 0), Buffer.concat([await bytesOf(s, key('flat', 0)), Buffer.from('x')])),
      [`damaged-object ${key('flat', 0)}`],
    ],
    [
      'a second gzip member',
      async (s) =>
        s.replace(
          key('flat', 0),
          Buffer.concat([await bytesOf(s, key('flat', 0)), await pack([], new Date(0))]),
        ),
      [`damaged-object ${key('flat', 0)}`],
    ],
    [
      'a changed field in a flat line',
      (s) => editLines(s, key('flat', 0), (lines) => lines.with(2, edited(lines[2], { area: 'sso' }))),
      [`line-changed ${key('flat', 0)}:3`],
    ],
    [
      'a flat line that is no event',
      (s) => editLines(s, key('flat', 0), (lines) => lines.with(2, 'gone')),
      [`line-changed ${key('flat', 0)}:3`],
    ],
    [
      'a field added to a raw row',
      (s) => editLines(s, key('raw', 1, 16), (lines) => lines.with(4, edited(lines[4], { note: 'x' }))),
      [`line-changed ${key('flat', 1, 16)}:5`, `line-changed ${key('ocsf', 1, 16)}:5`],
    ],
    [
      'a raw row under another name',
      (s) =>
        editLines(s, key('raw', 1, 16), (lines) => lines.with(4, edited(lines[4], { operator: 'x@y.zz' }))),
      [`line-forged ${key('flat', 1, 16)}:5`, `line-forged ${key('ocsf', 1, 16)}:5`],
    ],
    [
      'a raw row in another notation',
      (s) => editLines(s, key('raw', 0), (lines) => lines.with(2, (lines[2] ?? '').replace(':', ': '))),
      [`line-changed ${key('raw', 0)}:3`],
    ],
    [
      'a raw row that is no JSON',
      (s) => editLines(s, key('raw', 0), (lines) => lines.with(2, '{')),
      [`damaged-object ${key('raw', 0)}:3`],
    ],
    [
      'a raw line of 100,000 brackets',
      (s) => editLines(s, key('raw', 0), (lines) => lines.toSpliced(2, 0, BRACKETS)),
      [`damaged-object ${key('raw', 0)}:3`],
    ],
    [
      'a raw line of 100,000 brackets, and a row behind it under another name',
      (s) =>
        editLines(s, key('raw', 1, 16), (lines) =>
          lines.with(4, edited(lines[4], { operator: 'x@y.zz' })).toSpliced(0, 0, BRACKETS),
        ),
      [
        `damaged-object ${key('raw', 1, 16)}:1`,
        ...(['flat', 'ocsf'] as const).map((kind) => `line-forged ${key(kind, 1, 16)}:5`),
      ],
    ],
    [
      'a line of 100,000 brackets in a projection',
      (s) => editLines(s, key('flat', 0), (lines) => lines.with(2, BRACKETS)),
      [`line-changed ${key('flat', 0)}:3`],
    ],
    [
      'two swapped lines of a projection',
      (s) => editLines(s, key('ocsf', 0), (lines) => swap(lines, 1, 4)),
      [2, 5].map((line) => `line-moved ${key('ocsf', 0)}:${line}`),
    ],
    [
      'two swapped neighbours',
      (s) => editLines(s, key('flat', 0), (lines) => swap(lines, 1, 2)),
      [`line-moved ${key('flat', 0)}:2`, `line-moved ${key('flat', 0)}:3`],
    ],
    [
      'two swapped rows of raw',
      (s) => editLines(s, key('raw', 0, 16), (lines) => swap(lines, 1, 2)),
      [`line-moved ${key('raw', 0, 16)}:3`],
    ],
    [
      'a line removed from a projection',
      (s) => editLines(s, key('flat', 0), (lines) => lines.toSpliced(3, 1)),
      [`line-missing ${key('flat', 0)}:4`],
    ],
    [
      'the last line removed from a projection',
      (s) => editLines(s, key('flat', 0, 16), (lines) => lines.slice(0, -1)),
      [`line-missing ${key('flat', 0, 16)}:20`],
    ],
    [
      'a line twice',
      (s) => editLines(s, key('flat', 0), (lines) => lines.toSpliced(3, 0, lines[3] ?? '')),
      [`line-added ${key('flat', 0)}:5`],
    ],
    [
      'a line of another object',
      async (s) => {
        const [line = ''] = await linesOf(s, key('flat', 1, 16));
        await editLines(s, key('flat', 0, 16), (lines) => [...lines, line]);
      },
      [`line-forged ${key('flat', 0, 16)}:21`],
    ],
    [
      'a forged line with the id that its row would have',
      (s) =>
        editLines(s, key('flat', 0), (lines) => [
          ...lines,
          edited(lines[0], { event_id: FORGED_ID, event_time: '2026-11-17T23:59:59.000Z', ...FORGED }),
        ]),
      [`line-forged ${key('flat', 0)}:20`],
    ],
    [
      'a forged line in the place of another',
      (s) =>
        editLines(s, key('flat', 0), (lines) => lines.with(3, edited(lines[3], { event_id: FORGED_ID }))),
      [`line-forged ${key('flat', 0)}:4`],
    ],
    [
      'a forged row of raw',
      (s) =>
        editLines(s, key('raw', 0, 18), (lines) => [
          ...lines,
          JSON.stringify({ ...FORGED, time: '2026-11-18T23:59:59Z' }),
        ]),
      [`line-missing ${key('flat', 0, 18)}:21`, `line-missing ${key('ocsf', 0, 18)}:21`],
    ],
    [
      'another time in the header of a projection',
      async (s) => s.replace(key('flat', 0), await pack(await linesOf(s, key('flat', 0)), new Date(0))),
      [`time-changed ${key('flat', 0)}`],
    ],
    [
      'a projection added behind the last',
      async (s) => s.replace(key('flat', 2), await bytesOf(s, key('flat', 1))),
      [`foreign-object ${key('flat', 2)}`],
    ],
    [
      'rejected rows where there are none',
      async (s) => s.replace(key('rejected', 1), await bytesOf(s, key('rejected', 0))),
      [`foreign-object ${key('rejected', 1)}`],
    ],
    [
      'a raw object added behind the last',
      async (s) => s.replace(key('raw', 2), await pack([JSON.stringify(FORGED)], new Date(0))),
      [`missing-projection ${key('flat', 2)}`, `missing-projection ${key('ocsf', 2)}`],
    ],
    [
      'a raw object added far behind the last',
      async (s) => {
        for (const kind of ['raw', 'flat', 'ocsf'] as const) {
          await s.replace(key(kind, 999_999), await bytesOf(s, key(kind, 1)));
        }
      },
      expect.arrayContaining([`sequence-gap ${key('raw', 2)}`]) as unknown as string[],
    ],
    [
      'an object of another name among the others',
      (s) => s.replace(`${key('raw', 0)}.bak`, Buffer.from('x')),
      [`foreign-object ${key('raw', 0)}.bak`],
    ],
    [
      'an object of another day among the others',
      async (s) => {
        const strange = key('flat', 0).replace('operation_2026-11-17', 'operation_2026-11-18');
        await s.replace(strange, await bytesOf(s, key('flat', 0)));
      },
      [`foreign-object ${key('flat', 0).replace('operation_2026-11-17', 'operation_2026-11-18')}`],
    ],
    [
      'an object that is of no day at all',
      (s) => s.replace('flat/operation/notes.txt', Buffer.from('x')),
      ['foreign-object flat/operation/notes.txt'],
    ],
    [
      'an unknown stream',
      (s) => s.replace(key('raw', 0).replaceAll('operation', 'meetings'), Buffer.from('x')),
      [`foreign-object ${key('raw', 0).replaceAll('operation', 'meetings')}`],
    ],
  ])('%s', async (_, tamper, expected) => {
    await tamper(store);

    expect(await find(store)).toEqual(Array.isArray(expected) ? [...expected].sort() : expected);
  });

  it('another commit time in raw: each event has its ingest time', async () => {
    const at = key('raw', 0, 16);
    await store.replace(at, await pack(await linesOf(store, at), new Date('2026-11-17T00:00:00Z')));

    const kinds = new Set((await find(store)).map((difference) => difference.split('.json')[0]));

    expect([...kinds]).toEqual(
      ['line-changed', 'time-changed'].flatMap((kind) =>
        ['flat', 'ocsf'].map((format) => `${kind} ${key(format as Kind, 0, 16).split('.json')[0] ?? ''}`),
      ),
    );
  });

  it('one event under two days, although each day alone is correct', async () => {
    const twoDays = new MemoryStore();
    const row = anOperation({ time: '2026-11-17T23:59:59Z' });
    for (const date of [17, 18] as const) {
      await collectSlice(aCollector(twoDays, new ListedReports([row], 300)), slice(date), 'whole', never);
    }

    expect(await find(twoDays)).toEqual([`repeated-id ${key('raw', 0, 18)}:1`]);
  });
});

describe('tampering that the ledger reveals', () => {
  beforeEach(() => closeInChain(store, COLLECTED));

  it.each<[string, Tamper, string[]]>([
    [
      'a raw object removed, reported once',
      (s) => s.remove(key('raw', 0)),
      [`sequence-gap ${key('raw', 0)}`],
    ],
    [
      'an entry once more as the next revision',
      async (s) => s.replace(entryKey(18, 1), await bytesOf(s, entryKey(18))),
      [`damaged-object ${entryKey(18, 1)}`],
    ],
    [
      'an object removed with all that was made of it',
      (s) => ['raw', 'flat', 'ocsf'].forEach((kind) => s.remove(key(kind as Kind, 1))),
      [
        `missing-object ${key('flat', 1)}`,
        `missing-object ${key('ocsf', 1)}`,
        `missing-object ${key('raw', 1)}`,
      ],
    ],
    [
      'a whole day removed but for its ledger',
      async (s) => {
        for (const { key: at } of await s.list('')) {
          if (at.includes('dt=2026-11-16') && !at.startsWith('ledger/')) s.remove(at);
        }
      },
      [0, 1].flatMap((sequence) =>
        (['raw', 'flat', 'ocsf'] as const).map((kind) => `missing-object ${key(kind, sequence, 16)}`),
      ),
    ],
    ['a byte that carries nothing', (s) => flip(s, key('flat', 0), 9), [`object-changed ${key('flat', 0)}`]],
    [
      'a row forged everywhere, its projections made of it',
      async (s) => {
        await editLines(s, key('raw', 1), (lines) => [...lines, JSON.stringify(FORGED)]);
        const log = await SliceLog.open(s, slice(17));
        for (const kind of ['flat', 'ocsf'] as const) s.remove(key(kind, 1));
        await project(s, slice(17), await log.read(1), aCollector(s, new ListedReports([], 1)).mapping);
      },
      [
        `ledger-mismatch ${entryKey(17)}`,
        ...(['flat', 'ocsf', 'raw'] as const).map((kind) => `object-changed ${key(kind, 1)}`),
      ],
    ],
    [
      'figures changed in an entry',
      (s) => editEntry(s, entryKey(17), { rows: 1000 }),
      [`chain-broken ${entryKey(18)}`, `ledger-mismatch ${entryKey(17)}`],
    ],
    [
      'the figures of the newest entry changed, which no other names',
      (s) => editEntry(s, entryKey(18), { digest: '0'.repeat(64) }),
      [`ledger-mismatch ${entryKey(18)}`],
    ],
    [
      'a figure that only Zoom could confirm changed in an entry',
      (s) => editEntry(s, entryKey(16), { pages: 7 }),
      [`chain-broken ${entryKey(17)}`],
    ],
    [
      'raw objects out of their order in an entry',
      async (s) => {
        const { objects } = await aLedgerEntry(s, slice(18));
        await editEntry(s, entryKey(18), { objects: objects.toReversed() });
      },
      [`ledger-mismatch ${entryKey(18)}`],
    ],
    ['an entry removed from the middle', (s) => s.remove(entryKey(17)), [`chain-broken ${entryKey(18)}`]],
    [
      'the last entry removed, though the day was said to have closed',
      async (s) => {
        const claim = { complete_from: day('2026-11-16'), closed_up_to: day('2026-11-18'), gaps: [] };
        await writeWatermark(s, 'quillmere', { operation: claim }, new Date(0));
        s.remove(entryKey(18));
      },
      [`missing-object ${entryKey(18)}`],
    ],
    [
      'a chain restarted in its middle',
      (s) => editEntry(s, entryKey(18), { previous: null }),
      [`chain-broken ${entryKey(18)}`],
    ],
    [
      'an entry in another notation',
      async (s) =>
        s.replace(entryKey(18), Buffer.concat([await bytesOf(s, entryKey(18)), Buffer.from('\n')])),
      [`damaged-object ${entryKey(18)}`],
    ],
    [
      'the entry of another day',
      async (s) => s.replace(entryKey(18), await bytesOf(s, entryKey(17))),
      [`damaged-object ${entryKey(18)}`],
    ],
    [
      'a file among the entries',
      (s) => s.replace(`${entryKey(18)}.bak`, Buffer.from('x')),
      [`foreign-object ${entryKey(18)}.bak`],
    ],
  ])('%s', async (_, tamper, expected) => {
    await tamper(store);

    expect(await find(store)).toEqual([...expected].sort());
  });

  it('finds an edited entry also when only its day is verified: the next day names it', async () => {
    await editEntry(store, entryKey(17), { pages: 7 });

    const found = await find(store, { from: day('2026-11-17'), to: day('2026-11-17') });

    expect(found).toEqual([`chain-broken ${entryKey(18)}`]);
  });

  it('finds no difference at the edges of a range whose other days are unchanged', async () => {
    const { streams, differences } = await verify(store, { from: day('2026-11-17'), to: day('2026-11-17') });

    expect(differences).toEqual([]);
    expect(streams[0]?.chain).toMatchObject([{ from: '2026-11-17', to: '2026-11-17' }]);
  });
});

describe('a day with rows after it had closed', () => {
  /** The 18th, closed; then a late row; then, if requested, closed again. */
  const collectLate = async (): Promise<void> => {
    await closeInChain(store, COLLECTED);
    const late = anOperation({ time: '2026-11-18T00:00:01Z', operation_detail: 'late' });
    await collectSlice(aCollector(store, new ListedReports([late], 300)), slice(18), 'tip', never);
  };
  const closeAgain = async (): Promise<void> => {
    const { previous } = JSON.parse((await bytesOf(store, entryKey(18))).toString()) as { previous: string };
    await publishEntry(
      store,
      await aLedgerEntry(store, slice(18), { revision: 1, late_after_close: 1, previous }),
    );
  };

  it('is only noted, because its next entry is due', async () => {
    await collectLate();

    const { differences } = await verify(store);

    expect(named(differences)).toEqual([`unclosed ${entryKey(18)}`]);
    expect(differences.filter((difference) => !isNote(difference))).toEqual([]);
  });

  it('matches its new entry, and the old entry still matches its objects', async () => {
    await collectLate();
    await closeAgain();

    expect(await find(store)).toEqual([]);
  });

  it.each<[string, Tamper, string[]]>([
    [
      'a figure of the older revision changed',
      (s) => editEntry(s, entryKey(18), { distinct: 3 }),
      [`ledger-mismatch ${entryKey(18)}`],
    ],
    [
      'an object that the older revision names otherwise',
      async (s) => {
        const { objects } = JSON.parse((await bytesOf(s, entryKey(18))).toString()) as {
          objects: { key: string; sha256: string }[];
        };
        await editEntry(s, entryKey(18), {
          objects: objects.map((object) =>
            object.key === key('flat', 0, 18) ? { ...object, sha256: '0'.repeat(64) } : object,
          ),
        });
      },
      [`ledger-mismatch ${entryKey(18)}`],
    ],
    ['the older revision removed', (s) => s.remove(entryKey(18)), [`sequence-gap ${entryKey(18)}`]],
  ])('finds %s', async (_, tamper, expected) => {
    await collectLate();
    await closeAgain();

    await tamper(store);

    expect(await find(store)).toEqual(expected);
  });

  it('begins a new chain if days closed newest first, and joins the others when closed again', async () => {
    const backwards = await collectCompany();
    const later = await aLedgerEntry(backwards, slice(17), { closed_at: '2026-12-01T00:00:00.000Z' });
    await publishEntry(
      backwards,
      await aLedgerEntry(backwards, slice(18), { closed_at: '2026-11-30T00:00:00.000Z' }),
    );
    const joined = await publishEntry(backwards, later);

    const apart = await verify(backwards);
    const confirmed = {
      ...(await aLedgerEntry(backwards, slice(18))),
      closed_at: '2026-11-30T00:00:00.000Z',
    };
    await publishEntry(backwards, { ...confirmed, revision: 1, previous: joined?.sha256 ?? null });
    const together = await verify(backwards);

    expect([...apart.differences, ...together.differences]).toEqual([]);
    expect(apart.streams[0]?.chain.map(({ from, to }) => `${from} ${to}`)).toEqual([
      '2026-11-17 2026-11-17',
      '2026-11-18 2026-11-18',
    ]);
    expect(together.streams[0]?.chain).toMatchObject([{ from: '2026-11-17', to: '2026-11-18' }]);
  });
});
