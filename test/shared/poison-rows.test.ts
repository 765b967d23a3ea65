import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { collectSlice, type SliceOutcome } from '../../shared/collect/collect-slice.ts';
import type { ObjectStore } from '../../shared/collect/ports.ts';
import { readEvents } from '../../shared/collect/read-events.ts';
import { verifyAgainstZoom } from '../../shared/collect/verify/verify-against-zoom.ts';
import { verifyStore } from '../../shared/collect/verify/verify-store.ts';
import type { SimulatedRow, Simulator } from '../../simulator/index.ts';
import { aCollector } from '../support/builders/collector.ts';
import { MemoryStore } from '../support/doubles/memory-store.ts';
import { anExchange, aZoom, never, NOON, operationRows, THE_SLICE, wired } from '../support/zoom.ts';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

/** An operation of the day as text, with more fields than others. */
const operation = (detail: string, more = ''): string =>
  `{"time":"2026-11-20T10:00:00Z","operator":"ines@quillmere.example","category_type":"User","action":"Add","operation_detail":"${detail}"${more}}`;

const aDay = (...texts: string[]): Promise<Simulator> => {
  const odd = texts.map((json): SimulatedRow => ({ stream: 'operation', json, day: THE_SLICE.day }));
  return aZoom({ accounts: [{ rows: [...operationRows(5), ...odd] }] });
};

const collect = (zoom: Simulator, store: ObjectStore): Promise<SliceOutcome> => {
  const { reports, clock } = wired(zoom, { transport: anExchange(20_000) });
  return collectSlice(aCollector(store, reports, { clock }), THE_SLICE, 'whole', never);
};

/** The lines of one kind, as they are. */
const linesOf = async (store: ObjectStore, kind: string): Promise<string[]> => {
  const stored = await store.list(`${kind}/`);
  const texts = await Promise.all(
    stored.map(async ({ key }) => gunzipSync((await store.read(key)) ?? Buffer.alloc(0)).toString()),
  );
  return texts.flatMap((text) => text.split('\n').slice(0, -1));
};

const differencesIn = async (store: ObjectStore) =>
  (await verifyStore(store, { signal: never, formats: ['flat', 'ocsf'] })).differences;

describe('a row that cannot become an event', () => {
  it.each([
    ['nested 5,000 deep', operation('deep', `,"deep":${nested(5000)}`)],
    ['nested 200,000 deep, and no object', nested(200_000)],
    ['of 10 MB', operation('long', `,"x":"${'y'.repeat(10_000_000)}"`)],
  ])('is in rejected/ as text, once, and the others of its day are events: %s', async (_, poison) => {
    const zoom = await aDay(poison);
    const store = new MemoryStore();

    const outcome = await collect(zoom, store);

    expect(outcome).toMatchObject({ complete: true, delivered: 5, rejected: 1, held: 0 });
    const texts = (await linesOf(store, 'rejected')).map((line): unknown => JSON.parse(line));
    expect(texts.length === 1 && texts[0] === poison).toBe(true);
    expect((await linesOf(store, 'raw')).length).toBe(6);
    expect((await linesOf(store, 'flat')).length).toBe(5);
    expect((await linesOf(store, 'ocsf')).length).toBe(5);
    expect(await differencesIn(store)).toEqual([]);

    expect(await collect(zoom, store)).toMatchObject({ delivered: 0, rejected: 0, vanished: 0, objects: 0 });
    const { reports } = wired(zoom, { transport: anExchange(20_000) });
    const options = { source: THE_SLICE.source, streams: ['operation'], now: NOON, signal: never } as const;
    expect((await verifyAgainstZoom(store, reports, options)).differences).toEqual([]);
  });

  it('is distinguished from a copy of it, and from another such row', async () => {
    const poison = operation('deep', `,"deep":${nested(200)}`);
    const store = new MemoryStore();

    const outcome = await collect(await aDay(poison, poison, poison.replace('deep', 'Deep')), store);

    expect(outcome).toMatchObject({ delivered: 5, rejected: 3 });
    expect((await collect(await aDay(poison, poison), store)).rejected).toBe(0);
  });
});

describe('the raw log', () => {
  const ODD = [
    operation('numbers', ',"id":12345678901234567890,"share":1.0,"most":1e400,"debt":-0'),
    operation('twice', ',"seat":"first","seat":"last"'),
    operation('escapes \\u00fc \\/ \\ud83c'),
    operation('breaks \u2028').replaceAll(',', ' ,\n\t'),
  ];

  it('has rows as Zoom wrote them, each on one line', async () => {
    const store = new MemoryStore();

    const outcome = await collect(await aDay(...ODD), store);

    expect(outcome).toMatchObject({ delivered: 9, rejected: 0, repeatedNames: 1 });
    const raw = await linesOf(store, 'raw');
    expect(raw).toEqual(expect.arrayContaining([ODD[0], ODD[1], ODD[2], operation('breaks \\u2028')]));
    expect(await differencesIn(store)).toEqual([]);
  });

  it('gives events without repeated names, with numbers as Zoom wrote them', async () => {
    const store = new MemoryStore();
    await collect(await aDay(...ODD), store);

    const [flat, ocsf] = [await linesOf(store, 'flat'), await linesOf(store, 'ocsf')];

    expect(
      flat.filter((line) => line.includes('"id":12345678901234567890,"share":1.0,"most":1e400,"debt":-0}')),
    ).toHaveLength(1);
    const twice = flat.find((line) => line.includes('twice'));
    expect(twice).toContain('"seat":"last"');
    expect(twice).not.toContain('"seat":"first"');
    const rawData = ocsf.map((line) => (JSON.parse(line) as { raw_data: string }).raw_data);
    expect(rawData).toEqual(expect.arrayContaining([ODD[0], ODD[1]]));
  });

  it('gives back the same rows each time it is read', async () => {
    const store = new MemoryStore();
    const zoom = await aDay(...ODD);
    await collect(zoom, store);
    await store.replace(
      `_state/slices/operation/source=${THE_SLICE.source}/dt=${THE_SLICE.day}/manifest`,
      Buffer.alloc(0),
    );

    expect(await collect(zoom, store)).toMatchObject({ delivered: 0, duplicate: 9, objects: 0 });
    let events = 0;
    for await (const { parsedRow } of readEvents(store, { sources: [THE_SLICE.source] }))
      events += Number(parsedRow.stream === 'operation');
    expect(events).toBe(9);
  });
});
