import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FreshRow } from '../../../../shared/collect/listing/listing-tally.ts';
import { manifestKey, objectKey } from '../../../../shared/contract/object-keys.ts';
import { objectMetadata as describeObject, SliceLog } from '../../../../shared/collect/log/slice-log.ts';
import { CorruptObjectError } from '../../../../shared/errors.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { aSlice } from '../../../support/builders/collector.ts';
import { RecordingStore } from '../../../support/doubles/recording-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';

const slice = aSlice();
const NOON = new Date('2026-11-18T12:00:00.900Z');
const rawKey = (sequence: number): string => objectKey('raw', slice, sequence);

const fresh = (row: unknown, occurrence = 0): FreshRow => ({ ...identify(slice.stream, row), occurrence });
const named = (name: string, occurrence = 0): FreshRow =>
  fresh(anOperation({ operation_detail: name }), occurrence);
const at = (hour: number): FreshRow => fresh(anOperation({ time: `2026-11-18T0${hour}:00:00Z` }));

describe('the log of a slice', () => {
  let store: RecordingStore;
  const open = (): Promise<SliceLog> => SliceLog.open(store, slice);
  /** Commits rows, each call as an object, and remembers them. */
  const committed = async (...objects: FreshRow[][]): Promise<SliceLog> => {
    const log = await open();
    for (const rows of objects) await log.append(rows, () => NOON);
    await log.saveManifest();
    return log;
  };
  const rawReads = (): string[] => store.reads.filter((key) => key.startsWith('raw/'));

  beforeEach(() => {
    store = new RecordingStore();
  });

  it('has as its newest event the last one that its commit time allows', async () => {
    const on = (time: string): FreshRow => fresh(anOperation({ time: `2026-11-18T${time}Z` }));

    const latest = (await committed([on('09:00:00'), on('13:00:00')], [on('13:00:01')])).newest;

    expect(latest).toBe('2026-11-18T13:00:00.000Z');
    expect((await open()).newest).toBe(latest);
  });

  it('is empty at first', async () => {
    const log = await open();

    expect([log.objects, log.rows, log.rejected, log.newest, log.counts.distinct]).toEqual([[], 0, 0, '', 0]);
    expect(log.delivered(named('a').digest)).toBe(0);
  });

  it('counts its contents, the same after writing and after reading', async () => {
    const written = await committed([at(9), at(7), named('a'), named('a', 1)], [at(8), fresh('no row')]);
    const remembered = await open();
    store.remove(manifestKey(slice));
    const read = await open();

    for (const log of [written, remembered, read]) {
      expect([log.rows, log.rejected, log.counts.distinct]).toEqual([6, 1, 5]);
      expect(
        [at(9), named('a'), fresh('no row'), named('b')].map(({ digest }) => log.delivered(digest)),
      ).toEqual([1, 2, 1, 0]);
      expect(log.objects.map(({ sequence, rows, rejected }) => [sequence, rows, rejected])).toEqual([
        [0, 4, 0],
        [1, 2, 1],
      ]);
      expect(log.objects).toEqual(written.objects);
    }
  });

  it('has its newest event, from any object, and none for rows that are not events', async () => {
    expect((await committed([at(9), at(7)], [at(8)])).newest).toBe('2026-11-18T09:00:00.000Z');
    store = new RecordingStore();
    expect((await committed([at(7)], [at(8), at(9)])).newest).toBe('2026-11-18T09:00:00.000Z');
    store = new RecordingStore();
    expect((await committed([fresh('no row')])).newest).toBe('');
  });

  describe('when it is opened', () => {
    it('reads no object that is unchanged in the manifest', async () => {
      await committed([named('a')], [named('b')]);
      store.forget();

      await open();

      expect(rawReads()).toEqual([]);
      expect(store.reads).toEqual([manifestKey(slice)]);
    });

    it('reads objects that were added since', async () => {
      const log = await committed([named('a')]);
      await log.append([named('b')], () => NOON);
      store.forget();

      expect((await open()).rows).toBe(2);
      expect(rawReads()).toEqual([rawKey(1)]);
    });

    it('reads from the first object that has changed', async () => {
      await committed([named('a')], [named('b')], [named('c')]);
      await store.replace(rawKey(1), (await store.read(rawKey(1))) ?? Buffer.alloc(0));
      store.forget();

      expect((await open()).rows).toBe(3);
      expect(rawReads()).toEqual([rawKey(1), rawKey(2)]);
    });

    it('ignores a manifest of more objects than exist', async () => {
      await committed([named('a')], [named('b')]);
      store.remove(rawKey(1));
      store.forget();

      expect((await open()).rows).toBe(1);
      expect(rawReads()).toEqual([rawKey(0)]);
    });

    it('does not list again what the caller has just listed', async () => {
      await committed([named('a')]);
      const listed = await store.list('raw/');
      store.forget();

      expect((await SliceLog.open(store, slice, { listed })).rows).toBe(1);
      expect(store.lists).toEqual([]);
    });

    it('names an object that was removed between the listing and the reading', async () => {
      await committed([named('a')]);
      const listed = await store.list('raw/');
      store.remove(rawKey(0));
      store.remove(manifestKey(slice));

      const opening = SliceLog.open(store, slice, { listed });

      await expect(opening).rejects.toThrow(CorruptObjectError);
      await expect(opening).rejects.toThrow(`${rawKey(0)} is damaged: it was listed, but is missing`);
    });

    it('names objects that are missing in the sequence', async () => {
      await committed([named('a')], [named('b')]);
      store.remove(rawKey(0));

      await expect(open()).rejects.toThrow(`${rawKey(0)} is damaged: it is missing`);
    });
  });

  describe('when rows are appended', () => {
    it('writes them by time and then by canonical form, and describes the object', async () => {
      const log = await open();

      const object = await log.append([at(9), fresh('no row'), at(7)], () => NOON);

      expect(object?.rows.map(({ time }) => time)).toEqual([
        '',
        '2026-11-18T07:00:00.000Z',
        '2026-11-18T09:00:00.000Z',
      ]);
      expect(object).toMatchObject({ sequence: 0, commitTime: new Date('2026-11-18T12:00:00Z') });
      expect(object?.bytes).toBe((await store.read(rawKey(0)))?.length);
      expect(store.creates).toEqual([
        {
          key: rawKey(0),
          description: {
            records: '3',
            format: 'raw',
            'schema-version': '1',
            'first-event': '2026-11-18T07:00:00.000Z',
            'last-event': '2026-11-18T09:00:00.000Z',
          },
        },
      ]);
    });

    it('writes none that the log contains already, and no empty object', async () => {
      const log = await committed([named('a'), named('a', 1)]);
      store.forget();

      expect(await log.append([named('a'), named('a', 1)], () => NOON)).toBeUndefined();
      expect(store.creates).toEqual([]);
      expect((await log.append([named('a', 1), named('a', 2)], () => NOON))?.rows).toMatchObject([
        { occurrence: 2 },
      ]);
    });

    it('reads what another collector committed meanwhile, and omits that from its own object', async () => {
      const [mine, theirs] = [await open(), await open()];
      await theirs.append([named('a')], () => NOON);
      await theirs.append([named('b')], () => NOON);

      const object = await mine.append([named('b'), named('c')], () => NOON);

      expect(object).toMatchObject({ sequence: 2, rows: [{ digest: named('c').digest }] });
      expect(mine.rows).toBe(3);
      expect(await (await open()).append([named('a')], () => NOON)).toBeUndefined();
    });
  });

  it('reads an object back with the number that each copy has in the slice', async () => {
    const log = await committed([named('a'), named('a', 1)], [named('b'), named('a', 2)], [named('b', 1)]);

    const occurrences = async (sequence: number) =>
      (await log.read(sequence)).rows.map(({ row, occurrence }) => [
        (row as Record<string, string>)['operation_detail'],
        occurrence,
      ]);

    expect(await occurrences(0)).toEqual([
      ['a', 0],
      ['a', 1],
    ]);
    expect(await occurrences(1)).toEqual([
      ['a', 2],
      ['b', 0],
    ]);
    expect(await occurrences(2)).toEqual([['b', 1]]);
    expect(await log.read(1)).toMatchObject({
      sequence: 1,
      commitTime: new Date('2026-11-18T12:00:00Z'),
      bytes: (await store.read(rawKey(1)))?.length,
    });
  });

  it('is saved in the manifest once, and again only after it has grown', async () => {
    const log = await committed([named('a')]);
    expect(store.replaces).toEqual([manifestKey(slice)]);

    await log.saveManifest();
    await (await open()).saveManifest();
    expect(store.replaces).toHaveLength(1);

    await log.append([named('b')], () => NOON);
    await log.saveManifest();
    expect(store.replaces).toHaveLength(2);
  });
});

describe('the metadata of an object', () => {
  it.each([
    [[], {}],
    [['', ''], {}],
    [['', 'b', 'c'], { 'first-event': 'b', 'last-event': 'c' }],
    [['b'], { 'first-event': 'b', 'last-event': 'b' }],
  ])('of events at %j', (times, expected) => {
    const always = { records: String(times.length), format: 'flat', 'schema-version': '1' };

    expect(describeObject('flat', times)).toEqual({ ...always, ...expected });
  });
});
