import { beforeEach, describe, expect, it } from '@jest/globals';
import { collectSlice } from '../../../../shared/collect/collect-slice.ts';
import { publishEntry } from '../../../../shared/collect/ledger/ledger.ts';
import { ledgerKey, objectKey } from '../../../../shared/contract/object-keys.ts';
import { pinAccount } from '../../../../shared/collect/state/pinned-account.ts';
import type { Mapping } from '../../../../shared/collect/log/projection.ts';
import { type VerifyOptions, verifyStore } from '../../../../shared/collect/verify/verify-store.ts';
import { writeSliceState } from '../../../../shared/collect/state/slice-state.ts';
import { type StreamWatermark, writeWatermark } from '../../../../shared/collect/ledger/watermark.ts';
import type { Slice } from '../../../../shared/model/slice.ts';
import { aCollector, aSlice, day, never } from '../../../support/builders/collector.ts';
import { aLedgerEntry, closeInChain } from '../../../support/builders/ledger-entries.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation, aSignIn } from '../../../support/builders/rows.ts';
import { aSliceState } from '../../../support/builders/slice-states.ts';
import { editLines } from '../../../support/tampering.ts';

const [the16th, the17th, the18th] = [16, 17, 18].map((date) => aSlice({ day: day(`2026-11-${date}`) })) as [
  Slice,
  Slice,
  Slice,
];
const days = [the16th, the17th, the18th];

let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore();
});

const collect = async (slice: Slice, rows: readonly unknown[], fields: Partial<Mapping> = {}) => {
  const collector = aCollector(store, new ListedReports(rows, 300));
  const mapping = { ...collector.mapping, ...fields };
  await collectSlice({ ...collector, mapping }, slice, 'whole', never);
};

const verify = (options: Partial<VerifyOptions> = {}) => verifyStore(store, { signal: never, ...options });

/** The differences of the store: `kind key[:line]: message`. */
const recorded = async (options: Partial<VerifyOptions> = {}): Promise<string[]> =>
  (await verify(options)).differences.map(
    ({ kind, key, line, message }) => `${kind} ${key}${line === undefined ? '' : `:${line}`}: ${message}`,
  );

describe('verifying a store', () => {
  it('finds nothing in an empty one', async () => {
    expect(await verify()).toEqual({ streams: [], differences: [] });
  });

  it('proves each stream of each source separately', async () => {
    const activity = aSlice({ stream: 'activity' });
    await collect(the16th, [null, anOperation({ time: '2026-11-16T09:00:00Z' })]);
    await collect(the18th, [anOperation()]);
    await collect(activity, [aSignIn()]);
    await collect(aSlice({ source: 'acme' }), [anOperation()]);
    const [, { sha256: head } = { sha256: '' }] = await closeInChain(store, [the16th, the17th]);

    const { streams, differences } = await verify();

    expect(differences).toEqual([]);
    const common = { completeDays: 0, gapDays: 0, chain: [] };
    const oneDay = { firstDay: '2026-11-18', lastDay: '2026-11-18', days: 1, objects: 3, rows: 1, events: 1 };
    expect(streams).toEqual([
      { source: 'acme', stream: 'operation', ...oneDay, ...common },
      { source: 'quillmere', stream: 'activity', ...oneDay, ...common },
      {
        source: 'quillmere',
        stream: 'operation',
        firstDay: '2026-11-16',
        lastDay: '2026-11-18',
        days: 3,
        objects: 7,
        rows: 3,
        events: 2,
        completeDays: 2,
        gapDays: 0,
        chain: [{ from: '2026-11-16', to: '2026-11-17', head }],
      },
    ]);
  });

  it('counts the lines of older mappings over all days, by their mapping', async () => {
    const older = (slice: Slice, mapping: number, from = 0) =>
      editLines(store, objectKey('flat', slice, 0), (lines) =>
        lines.map((line, index) =>
          index < from ? line : line.replace(/"mapping_version":\d+/, `"mapping_version":${mapping}`),
        ),
      );
    await collect(
      the16th,
      ['1', '2', '3'].map((n) => anOperation({ time: `2026-11-16T09:00:0${n}Z` })),
    );
    await collect(the17th, [anOperation({ time: '2026-11-17T09:00:00Z' })]);
    await collect(the18th, [anOperation()]);
    await older(the16th, 1, 1);
    await older(the17th, 1);

    const { streams, differences } = await verify();

    expect(differences).toEqual([]);
    expect(streams[0]?.otherMappings).toEqual([{ mapping: 1, lines: 3 }]);
  });

  it('knows no format from the state of a day that never had a first page', async () => {
    await collect(the17th, [anOperation({ time: '2026-11-17T09:00:00Z' })], { formats: ['flat'] });
    await writeSliceState(store, the18th, aSliceState(), new Date('2026-11-18T12:00:00Z'));

    expect(await recorded()).toEqual([]);
  });

  it('requires each format that a source has anywhere for all of its objects', async () => {
    await collect(the17th, [anOperation()], { formats: ['flat'] });
    await collect(the18th, [anOperation({ action: 'Add' })]);
    await collect(aSlice({ source: 'acme' }), [anOperation()], { formats: ['flat'] });

    const key = objectKey('ocsf', the17th, 0);
    expect(await recorded()).toEqual([
      `missing-projection ${key}: This object is missing, although the raw object of the same name has rows for it. Collect its day again to create it.`,
    ]);
    expect(await recorded({ formats: ['flat'] })).toEqual([]);
  });

  it('reports a missing raw object of which only the rejected rows are left, in a source without formats', async () => {
    await collect(the18th, [null], { formats: [] });
    store.remove(objectKey('raw', the18th, 0));

    expect(await recorded()).toEqual([
      `missing-object ${objectKey('raw', the18th, 0)}: It is missing, although ${objectKey('rejected', the18th, 0)} were made from it: it was removed.`,
    ]);
  });

  it('uses the account that a source is pinned to', async () => {
    await collect(the18th, [anOperation()]);
    expect(await recorded()).toEqual([]);

    await pinAccount(store, 'quillmere', 'another');
    expect(await recorded()).toHaveLength(2);
  });

  it('counts days that Zoom had deleted, and none whose entry cannot be read', async () => {
    await publishEntry(store, await aLedgerEntry(store, the16th, { verdict: 'gap' }));
    await store.replace(ledgerKey(the17th, 0), Buffer.from('{'));
    await publishEntry(store, await aLedgerEntry(store, the18th, { verdict: 'gap' }));
    await publishEntry(store, await aLedgerEntry(store, the18th, { revision: 1 }));

    const { streams } = await verify();

    expect(streams).toMatchObject([{ days: 3, completeDays: 1, gapDays: 1 }]);
  });

  it('names objects that belong to no day, and continues', async () => {
    await store.replace('flat/notes.txt', Buffer.from('x'));
    await collect(the18th, [anOperation()]);
    store.remove(objectKey('flat', the18th, 0));

    const keys = (await verify({ formats: ['flat'] })).differences.map(({ kind, key }) => [kind, key]);
    expect(keys).toEqual([
      ['foreign-object', 'flat/notes.txt'],
      ['missing-projection', objectKey('flat', the18th, 0)],
    ]);
  });

  it('finds one event under two days, although each day alone is correct', async () => {
    const row = anOperation({ time: '2026-11-17T23:59:59Z' });
    await collect(the17th, [row]);
    await collect(the18th, [row]);

    expect(await recorded()).toEqual([
      `repeated-id ${objectKey('raw', the18th, 0)}:1: The row is also in ${objectKey('raw', the17th, 0)}, so one event id is delivered under two days.`,
    ]);
  });

  it('stops when it is aborted', async () => {
    await collect(the18th, [anOperation()]);

    await expect(verify({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('verifying the ledger of a stream', () => {
  beforeEach(() => closeInChain(store, days));

  const the17thAlone = { from: the17th.day, to: the17th.day };
  const remove = (slice: Slice): void => store.remove(ledgerKey(slice, 0));
  const otherwise = async (slice: Slice): Promise<void> => {
    const key = ledgerKey(slice, 0);
    const text = ((await store.read(key)) ?? '').toString();
    await store.replace(key, Buffer.from(text.replace('"pages": 1', '"pages": 7')));
  };
  const named = async (options: Partial<VerifyOptions> = {}): Promise<string[]> =>
    (await verify(options)).differences.map(({ kind, key }) => `${kind} ${key}`);

  it('follows its chain', async () => {
    await otherwise(the16th);

    expect(await named()).toEqual([`chain-broken ${ledgerKey(the17th, 0)}`]);
  });

  it('covers only a range if requested', async () => {
    remove(the16th);

    const { streams, differences } = await verify({ from: the18th.day });

    expect(differences).toEqual([]);
    expect(streams).toMatchObject([{ chain: [{ from: the18th.day, to: the18th.day }] }]);
  });

  it('compares the edges of a range with the days around it', async () => {
    expect(await named(the17thAlone)).toEqual([]);

    await otherwise(the17th);
    expect(await named(the17thAlone)).toEqual([`chain-broken ${ledgerKey(the18th, 0)}`]);
    expect(await named({ from: the17th.day })).toEqual([`chain-broken ${ledgerKey(the18th, 0)}`]);

    remove(the16th);
    expect(await named({ to: the17th.day })).toEqual([
      `chain-broken ${ledgerKey(the17th, 0)}`,
      `chain-broken ${ledgerKey(the18th, 0)}`,
    ]);
  });

  const claim = async (fields: Partial<StreamWatermark>): Promise<void> =>
    writeWatermark(store, 'quillmere', { operation: { gaps: [], ...fields } }, new Date(0));
  const closed = { complete_from: the16th.day, closed_up_to: the18th.day };

  it('reports missing entries of days that are closed in the watermark', async () => {
    await claim(closed);
    expect(await named()).toEqual([]);

    remove(the18th);
    expect(await recorded()).toEqual([
      `missing-object ${ledgerKey(the18th, 0)}: The watermark says that the day has closed, but its ledger entry is missing: it was removed.`,
    ]);
  });

  it('reports only missing entries of the selection', async () => {
    await claim(closed);
    remove(the16th);
    remove(the18th);

    const missed = async (options: Partial<VerifyOptions>): Promise<string[]> =>
      (await named(options)).filter((difference) => difference.startsWith('missing-object'));
    expect(await missed({ from: the17th.day })).toEqual([`missing-object ${ledgerKey(the18th, 0)}`]);
    expect(await missed({ to: the17th.day })).toEqual([`missing-object ${ledgerKey(the16th, 0)}`]);
    expect(await missed(the17thAlone)).toEqual([]);
  });

  it('reports them even if nothing else of the stream is left', async () => {
    await claim(closed);
    for (const { key } of await store.list('ledger/')) store.remove(key);

    const missing = days.map((slice) => `missing-object ${ledgerKey(slice, 0)}`);
    expect(await named()).toEqual(missing);
    expect(await named(the17thAlone)).toEqual(missing.slice(1, 2));
    expect(await named({ sources: ['acme'] })).toEqual([]);
    expect(await named({ streams: ['activity'] })).toEqual([]);
  });

  it('does not report the entry of a day that closes meanwhile', async () => {
    await claim(closed);
    const the19th = aSlice({ day: day('2026-11-19') });
    const list = store.list.bind(store);
    store.list = async (prefix) => {
      const found = await list(prefix);
      if (prefix !== 'ledger/') return found;
      await publishEntry(store, await aLedgerEntry(store, the19th));
      await claim({ ...closed, closed_up_to: the19th.day });
      return found;
    };

    expect(await named()).toEqual([]);
  });

  it.each<[string, Partial<StreamWatermark>]>([
    ['has closed yet', {}],
    ['is said to be the last', { complete_from: the16th.day }],
    ['is said to be the first', { closed_up_to: the18th.day }],
  ])('misses none where no day %s', async (_, fields) => {
    await claim(fields);
    remove(the18th);

    expect(await named()).toEqual([]);
  });
});
