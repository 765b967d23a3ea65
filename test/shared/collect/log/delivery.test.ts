import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Delivery, type DeliveryParts } from '../../../../shared/collect/log/delivery.ts';
import { countLateness, NO_LATENESS } from '../../../../shared/collect/state/lateness.ts';
import type { FreshRow } from '../../../../shared/collect/listing/listing-tally.ts';
import { manifestKey, objectKey, slicePrefix } from '../../../../shared/contract/object-keys.ts';
import { SliceLog } from '../../../../shared/collect/log/slice-log.ts';
import { MINUTE_MS } from '../../../../shared/model/duration.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { aCollector, aSlice } from '../../../support/builders/collector.ts';
import { SettableClock } from '../../../support/doubles/settable-clock.ts';
import { linesUnder } from '../../../support/delivered.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { RecordingStore } from '../../../support/doubles/recording-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';

const slice = aSlice();

const fresh = (row: unknown, occurrence = 0): FreshRow => ({ ...identify(slice.stream, row), occurrence });
const named = (name: string, fields = {}): FreshRow =>
  fresh(anOperation({ operation_detail: name, ...fields }));
const at = (time: string): FreshRow => named('at', { time });

const LENGTH = named('a').canonical.length;

describe('a delivery', () => {
  let store: RecordingStore;
  let log: SliceLog;
  const clock = new SettableClock();
  const { mapping, limits: usual } = aCollector(new RecordingStore(), new ListedReports([], 1));

  const deliver = async (
    rows: readonly FreshRow[],
    parts: Partial<DeliveryParts> = {},
  ): Promise<Delivery> => {
    const delivery = new Delivery({
      ...{ store, log, mapping, clock, lastRead: undefined, limits: usual },
      ...parts,
    });
    await delivery.add(rows);
    await delivery.finish();
    return delivery;
  };
  const rowsByObject = async (): Promise<string[][]> => {
    const names: string[][] = [];
    for (const { sequence } of log.objects) {
      const { rows } = await log.read(sequence);
      names.push(rows.map(({ row }) => (row as Record<string, string>)['operation_detail'] ?? ''));
    }
    return names;
  };

  beforeEach(async () => {
    store = new RecordingStore();
    log = await SliceLog.open(store, slice);
  });

  it('of nothing writes nothing', async () => {
    expect(await deliver([])).toMatchObject({
      delivered: 0,
      rejected: 0,
      dayMismatch: 0,
      objects: 0,
      bytes: 0,
      details: {},
      categoryUnknown: 0,
      lagsMs: [],
      lateness: NO_LATENESS,
      byHour: Array<number>(24).fill(0),
    });
    expect([...store.creates, ...store.replaces]).toEqual([]);
  });

  it('fills an object up to exactly its most characters', async () => {
    const rows = [named('a'), named('b')];
    const characters = rows.reduce((sum, { json }) => sum + json.length, 0);

    await deliver(rows, { limits: { rows: 10, characters } });

    expect(await rowsByObject()).toEqual([['a', 'b']]);
  });

  it('counts the rows that have a name twice', async () => {
    const twice = (name: string): FreshRow => ({ ...named(name), repeatsName: true });

    expect((await deliver([twice('a'), named('b'), twice('c')])).repeatedNames).toBe(2);
  });

  it('counts an event as one from the future if it is later than any clock can explain', async () => {
    const latest = await deliver([at('2026-11-18T13:00:00Z')]);
    const later = await deliver([at('2026-11-18T13:00:01Z')]);

    expect(latest.future).toBeUndefined();
    const time = '2026-11-18T13:00:01.000Z';
    expect(later.future).toEqual({ rows: 1, first: time, last: time });
  });

  it('counts what it committed, and the objects and bytes that it wrote', async () => {
    const delivery = await deliver([named('a'), named('b', { category_type: 'Weather' }), fresh('no row')]);

    expect(delivery).toMatchObject({ delivered: 2, rejected: 1, objects: 4, categoryUnknown: 1 });
    const keys = store.creates.map(({ key }) => key);
    expect(keys.map((key) => key.split('/')[0]).sort()).toEqual(['flat', 'ocsf', 'raw', 'rejected']);
    const sizes = await Promise.all(keys.map(async (key) => (await store.read(key))?.length ?? 0));
    expect(delivery.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(store.replaces).toEqual([manifestKey(slice)]);
  });

  it('adds up over the objects that it wrote', async () => {
    const rows = [named('Edit Group a  - X: from On to Off'), named('b', { category_type: 'Weather' })];
    const one = await deliver([...rows, fresh('no row')]);
    const [before, store2] = [one.bytes, new RecordingStore()];
    store = store2;
    log = await SliceLog.open(store2, slice);

    const three = await deliver([...rows, fresh('no row')], { limits: { rows: 1, characters: 1e6 } });

    expect(three).toMatchObject({
      delivered: 2,
      rejected: 1,
      objects: 8,
      categoryUnknown: 1,
      details: one.details,
    });
    expect(three.bytes).toBeGreaterThan(before);
  });

  it.each([
    ['rows', { rows: 2, characters: 1e6 }, ['a', 'b', 'c', 'd', 'e'], [['a', 'b'], ['c', 'd'], ['e']]],
    ['characters', { rows: 9, characters: 2.5 * LENGTH }, ['a', 'b', 'c'], [['a', 'b'], ['c']]],
    [
      'characters, to the last',
      { rows: 9, characters: 2 * LENGTH },
      ['a', 'b', 'c', 'd'],
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['characters, but always one row', { rows: 9, characters: 1 }, ['a', 'b'], [['a'], ['b']]],
    ['neither', { rows: 3, characters: 1e6 }, ['a', 'b', 'c'], [['a', 'b', 'c']]],
  ])('cuts objects by %s', async (_, limits, names, expected) => {
    await deliver(
      names.map((name) => named(name)),
      { limits },
    );

    expect(await rowsByObject()).toEqual(expected);
  });

  it('counts events of the day by their hour, and those of another day separately', async () => {
    clock.time = new Date('2026-11-18T14:00:00Z');
    const delivery = await deliver([
      at('2026-11-18T00:00:00Z'),
      at('2026-11-18T13:59:59Z'),
      at('2026-11-18T13:00:00Z'),
      at('2026-11-17T13:00:00Z'),
      fresh(null),
    ]);

    const hours = Array<number>(24).fill(0).with(0, 1).with(13, 2);
    expect(delivery).toMatchObject({ delivered: 4, rejected: 1, dayMismatch: 1, byHour: hours });
  });

  it('measures how late events came, if the slice was listed before', async () => {
    clock.time = new Date('2026-11-18T12:00:00Z');
    const lastRead = new Date('2026-11-18T11:55:00Z');

    const delivery = await deliver([at('2026-11-18T11:50:00Z'), at('2026-11-18T12:00:30Z'), fresh(null)], {
      lastRead,
    });

    const expected = [...NO_LATENESS];
    countLateness(expected, 10 * MINUTE_MS);
    countLateness(expected, 0);
    expect(delivery.lagsMs).toEqual([10 * MINUTE_MS, 0]);
    expect(delivery.lateness).toEqual(expected);
    expect((await deliver([named('first look')])).lagsMs).toEqual([]);
  });

  it('ignores the time of an event that is dated in the future', async () => {
    clock.time = new Date('2026-11-18T12:00:00Z');
    const lastRead = new Date('2026-11-18T11:55:00Z');

    const delivery = await deliver([at('2026-11-18T13:00:01Z'), at('2030-01-01T12:00:00Z')], { lastRead });

    expect(delivery).toMatchObject({ delivered: 2, lagsMs: [], lateness: NO_LATENESS });
    expect(delivery.byHour).toEqual(Array(24).fill(0));
  });

  it('projects an object of another collector, and counts only what it wrote itself', async () => {
    const rival = await SliceLog.open(store, slice);
    await rival.append([named('a'), named('b')], () => clock.now());

    const delivery = await deliver([named('b'), named('c')]);

    expect(delivery).toMatchObject({ delivered: 1, objects: 5 });
    expect((await linesUnder(store, 'flat/')).map((line) => (line as { text: string }).text)).toHaveLength(3);
  });

  it('does not search for missing projections when every object is its own', async () => {
    await deliver([named('a')]);
    store.forget();

    await deliver([named('b')]);

    expect(store.lists).not.toContain(slicePrefix('flat', slice));
  });

  it('repairs missing projections on request, and counts them', async () => {
    await deliver([named('a')]);
    store.remove(objectKey('flat', slice, 0));
    store.remove(objectKey('ocsf', slice, 0));
    const delivery = new Delivery({ store, log, mapping, clock, lastRead: undefined, limits: usual });

    await delivery.repair();

    expect(delivery).toMatchObject({ objects: 2, delivered: 0 });
    expect(await linesUnder(store, 'flat/')).toHaveLength(1);
  });

  it('reports an object that could not be written only when it is awaited', async () => {
    const full = new Error('the disk is full');
    const { promise: tried, resolve: tries } = Promise.withResolvers<undefined>();
    store.create = () => {
      tries(undefined);
      return Promise.reject(full);
    };
    const unhandled: unknown[] = [];
    const hear = (error: unknown): unknown => unhandled.push(error);
    process.on('unhandledRejection', hear);
    const limits = { rows: 1, characters: 1e6 };
    const delivery = new Delivery({ store, log, mapping, clock, lastRead: undefined, limits });

    await delivery.add([named('a'), named('b')]);
    await tried;
    await setImmediate();

    await expect(delivery.finish()).rejects.toBe(full);
    expect(unhandled).toEqual([]);
    process.off('unhandledRejection', hear);
  });
});
