import { describe, expect, it } from '@jest/globals';
import { collectSlice } from '../../../shared/collect/collect-slice.ts';
import { objectKey, sourceKey } from '../../../shared/contract/object-keys.ts';
import { pinAccount } from '../../../shared/collect/state/pinned-account.ts';
import { type EventFilter, readEvents, type StoredEvent } from '../../../shared/collect/read-events.ts';
import type { Slice } from '../../../shared/model/slice.ts';
import { aCollector, aSlice, day, never } from '../../support/builders/collector.ts';
import { linesUnder } from '../../support/delivered.ts';
import { ListedReports } from '../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { anOperation, aSignIn } from '../../support/builders/rows.ts';

const FIRST = aSlice({ day: day('2026-11-10') });

const collected = async (): Promise<MemoryStore> => {
  const store = new MemoryStore();
  await pinAccount(store, 'quillmere', 'Sim-Account-000000000001');
  const collect = (slice: Slice, ...rows: unknown[]) =>
    collectSlice(aCollector(store, new ListedReports(rows, 300)), slice, 'whole', never);
  await collect(
    aSlice(),
    anOperation({ time: '2026-11-18T09:00:00Z' }),
    anOperation({ time: '2026-11-18T08:00:00Z' }),
    'no row',
  );
  await collect(FIRST, anOperation({ time: '2026-11-10T23:00:00Z' }));
  await collect(aSlice({ stream: 'activity' }), aSignIn({ time: '2026-11-18T08:30:00Z' }));
  await collect(
    aSlice({ stream: 'activity', day: day('2026-11-17') }),
    aSignIn({ time: '2026-11-17T12:00:00Z' }),
  );
  await store.replace('raw/operation/source=quillmere/notes.txt', Buffer.from('mine'));
  return store;
};

const read = async (store: MemoryStore, filter: EventFilter = {}): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const event of readEvents(store, filter)) events.push(event);
  return events;
};

const timesOf = async (store: MemoryStore, filter?: EventFilter): Promise<string[]> =>
  (await read(store, filter)).map(({ parsedRow }) => `${String(parsedRow.row['time'])} ${parsedRow.stream}`);

const ALL = [
  '2026-11-10T23:00:00Z operation',
  '2026-11-17T12:00:00Z activity',
  '2026-11-18T08:00:00Z operation',
  '2026-11-18T08:30:00Z activity',
  '2026-11-18T09:00:00Z operation',
];

describe('the events of a store', () => {
  it('are read in the order of their days and times', async () => {
    expect(await timesOf(await collected())).toEqual(ALL);
  });

  it('have the ids, the account and the time of their delivery', async () => {
    const store = await collected();

    const events = await read(store);

    expect(new Set(events.map(({ source }) => source))).toEqual(new Set(['quillmere']));
    const recorded = events.map(({ provenance: { eventId, accountId, ingestTime } }) => ({
      event_id: eventId,
      account_id: accountId,
      ingest_time: ingestTime.text,
    }));
    const delivered = (await linesUnder(store, 'flat/')) as { event_id: string }[];
    const byId = new Map(delivered.map((event) => [event.event_id, event]));
    expect(recorded.map(({ event_id }) => byId.get(event_id))).toMatchObject(recorded);
    expect(byId.size).toBe(recorded.length);
  });

  it('are those of the requested sources, streams and times', async () => {
    const store = await collected();

    expect(await timesOf(store, { streams: ['activity'] })).toEqual([ALL[1], ALL[3]]);
    expect(await timesOf(store, { sources: ['acme'] })).toEqual([]);
    expect(await timesOf(store, { since: new Date('2026-11-18T08:30:00Z') })).toEqual(ALL.slice(3));
    expect(await timesOf(store, { since: new Date('2026-11-10T12:00:00Z') })).toEqual(ALL);
  });

  it('are read even if a day before the requested ones is damaged', async () => {
    const store = await collected();
    await store.replace(objectKey('raw', FIRST, 0), Buffer.from('x'));

    expect(await timesOf(store, { since: new Date('2026-11-17T00:00:00Z') })).toEqual(ALL.slice(1));
    await expect(timesOf(store)).rejects.toThrow(/is damaged/);
  });

  it('name no account if it is not known', async () => {
    const store = await collected();
    store.remove(sourceKey('quillmere'));

    const [event] = await read(store, { sources: ['quillmere'] });

    expect(event?.provenance.accountId).toBe('');
  });
});
