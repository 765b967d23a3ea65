import { describe, expect, it } from '@jest/globals';
import {
  closeDays,
  type ClosingContext,
  type ClosingNotice,
} from '../../../../shared/collect/ledger/close-days.ts';
import { collectSlice } from '../../../../shared/collect/collect-slice.ts';
import { readLedger } from '../../../../shared/collect/ledger/ledger.ts';
import { ledgerKey, objectKey, slicePrefix } from '../../../../shared/contract/object-keys.ts';
import { SliceLog } from '../../../../shared/collect/log/slice-log.ts';
import {
  readSliceState,
  type SliceState,
  writeSliceState,
} from '../../../../shared/collect/state/slice-state.ts';
import type { Day } from '../../../../shared/model/day.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import type { Slice } from '../../../../shared/model/slice.ts';
import { aCollector, aSlice, day, never } from '../../../support/builders/collector.ts';
import { SettableClock } from '../../../support/doubles/settable-clock.ts';
import { aLedgerEntry } from '../../../support/builders/ledger-entries.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';

const MONDAY = aSlice({ day: day('2026-11-16') });
const TUESDAY = aSlice({ day: day('2026-11-17') });
const WEDNESDAY = aSlice({ day: day('2026-11-18') });

/** Monday's lookback of three days is over at midnight of the 20th; Tuesday's a day later. */
const SETTLED = new Date('2026-11-21T01:00:00Z');

const rowsOf = ({ day: on }: Slice, count: number) =>
  Array.from({ length: count }, (_, index) =>
    anOperation({ time: `${on}T0${index}:00:00Z`, operation_detail: `Add Group ${index}` }),
  );

/** A store in which slices were read whole at an instant, and the inputs of closing. */
class Closings {
  readonly store: MemoryStore;
  readonly states = new Map<Day, SliceState>();
  readonly recorded: ClosingNotice[] = [];

  constructor(store = new MemoryStore()) {
    this.store = store;
  }

  async read(slice: Slice, rows: readonly unknown[], at = SETTLED): Promise<void> {
    const clock = new SettableClock();
    clock.time = at;
    await collectSlice(
      aCollector(this.store, new ListedReports(rows, 300), { clock }),
      slice,
      'whole',
      never,
    );
    const state = await readSliceState(this.store, slice);
    if (!state) throw new Error('no state');
    this.states.set(slice.day, state);
  }

  /** Has the log grow as a collector leaves it that is killed right after. */
  async commit(slice: Slice, rows: readonly unknown[]): Promise<void> {
    const fresh = rows.map((row) => ({ ...identify(slice.stream, row), occurrence: 0 }));
    await (await SliceLog.open(this.store, slice)).append(fresh, () => SETTLED);
  }

  close(now = SETTLED, fields: Partial<ClosingContext> = {}): Promise<ClosingNotice[]> {
    const { store, states, recorded } = this;
    const { source, stream } = MONDAY;
    return closeDays({
      store,
      source,
      stream,
      now,
      lookbackDays: 3,
      since: undefined,
      states,
      onNotice: (notice) => {
        recorded.push(notice);
        return Promise.resolve();
      },
      ...fields,
    });
  }

  async entriesOf(slice: Slice) {
    return (await readLedger(this.store, slice)).map(({ entry }) => entry);
  }
}

describe('closing days', () => {
  it('publishes the totals of a day, with every object delivered for it', async () => {
    const closings = new Closings();
    const twin = anOperation({ time: `${MONDAY.day}T09:00:00Z` });
    await closings.read(MONDAY, [twin, twin, ...rowsOf(MONDAY, 2), 'no row']);

    expect(await closings.close()).toEqual([]);

    const [entry, ...others] = await closings.entriesOf(MONDAY);
    expect(others).toEqual([]);
    expect(entry).toEqual({
      ...MONDAY,
      revision: 0,
      verdict: 'complete',
      rows: 5,
      distinct: 4,
      rejected: 1,
      mapping: 2,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      first_event: '2026-11-16T00:00:00.000Z',
      last_event: '2026-11-16T09:00:00.000Z',
      pages: 1,
      requests: 1,
      objects: expect.any(Array),
      opened_at: SETTLED.toISOString(),
      listed_at: SETTLED.toISOString(),
      closed_at: SETTLED.toISOString(),
      late_after_close: 0,
      vanished: 0,
      previous: null,
    });
    expect(entry?.objects.map(({ key }) => key.split('/')[0])).toEqual(['raw', 'flat', 'ocsf', 'rejected']);
    expect((await readSliceState(closings.store, MONDAY))?.ledger).toMatchObject({
      revision: 0,
      verdict: 'complete',
      rows: 5,
      closedAt: SETTLED.toISOString(),
    });
  });

  it('waits until a day was read whole after the end of its lookback', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, [], new Date('2026-11-19T23:59:59Z'));

    await closings.close(new Date('2026-11-19T23:59:59Z'));
    await closings.close(SETTLED);
    expect(await closings.entriesOf(MONDAY)).toEqual([]);
    await closings.read(MONDAY, [], new Date('2026-11-20T00:00:00Z'));
    await closings.close(new Date('2026-11-20T00:00:00Z'));

    expect(await closings.entriesOf(MONDAY)).toHaveLength(1);
  });

  it('names in each entry the one of the day before, and closes no day before that', async () => {
    const closings = new Closings();
    await closings.read(TUESDAY, rowsOf(TUESDAY, 1));
    await closings.read(MONDAY, [], new Date('2026-11-17T00:00:00Z'));

    await closings.close();
    expect(await closings.entriesOf(TUESDAY)).toEqual([]);

    await closings.read(MONDAY, []);
    await closings.close();
    const [monday] = await readLedger(closings.store, MONDAY);
    expect((await closings.entriesOf(TUESDAY)).map(({ previous }) => previous)).toEqual([monday?.sha256]);
    expect((await closings.entriesOf(MONDAY))[0]).not.toHaveProperty('first_event');
  });

  it('finds the entry of the day before in the ledger, if its state is lost', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, []);
    await closings.close();
    const [monday] = await readLedger(closings.store, MONDAY);
    closings.states.delete(MONDAY.day);
    await closings.read(TUESDAY, []);

    await closings.close();

    expect((await closings.entriesOf(TUESDAY))[0]?.previous).toBe(monday?.sha256);
  });

  it('waits for a day that polling should collect, but not for one before that', async () => {
    const closings = new Closings();
    await closings.read(TUESDAY, []);

    await closings.close(SETTLED, { since: MONDAY.day });
    expect(await closings.entriesOf(TUESDAY)).toEqual([]);
    await closings.close(SETTLED, { since: TUESDAY.day });

    expect(await closings.entriesOf(TUESDAY)).toHaveLength(1);
  });

  it('confirms a closed day that was read again a week later', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, rowsOf(MONDAY, 1));
    await closings.close();
    const later = new Date('2026-11-27T00:00:00Z');
    await closings.read(MONDAY, rowsOf(MONDAY, 1), later);

    expect(await closings.close(later)).toEqual([]);
    await closings.close(later);

    expect(await closings.entriesOf(MONDAY)).toMatchObject([
      { revision: 0 },
      {
        revision: 1,
        verdict: 'complete',
        closed_at: SETTLED.toISOString(),
        confirmed_at: later.toISOString(),
        late_after_close: 0,
      },
    ]);
  });

  it('closes a day again after late rows, and reports how many', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, rowsOf(MONDAY, 1));
    await closings.close();
    const later = new Date('2026-11-22T00:00:00Z');
    await closings.read(MONDAY, rowsOf(MONDAY, 3), later);

    const notices = await closings.close(later);

    const notice = {
      kind: 'late-after-close',
      slice: MONDAY,
      rows: 2,
      revision: 1,
      at: later.toISOString(),
    };
    expect(notices).toEqual([notice]);
    expect(closings.recorded).toEqual([notice]);
    expect((await closings.entriesOf(MONDAY))[1]).toMatchObject({
      revision: 1,
      rows: 3,
      closed_at: later.toISOString(),
      late_after_close: 2,
    });

    const muchLater = new Date('2026-11-23T00:00:00Z');
    await closings.read(MONDAY, rowsOf(MONDAY, 4), muchLater);
    await closings.close(muchLater);
    expect((await closings.entriesOf(MONDAY))[2]).toMatchObject({
      revision: 2,
      rows: 4,
      late_after_close: 3,
    });

    await closings.read(MONDAY, rowsOf(MONDAY, 5), muchLater);
    await closings.close(muchLater);
    expect((await closings.entriesOf(MONDAY))[3]).toMatchObject({ revision: 3, late_after_close: 4 });
  });

  it('continues from the state of a day whose entry was removed', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, rowsOf(MONDAY, 1));
    await closings.close();
    closings.store.remove(ledgerKey(MONDAY, 0));
    await closings.read(MONDAY, rowsOf(MONDAY, 3));

    await closings.close();

    expect(await closings.entriesOf(MONDAY)).toMatchObject([{ revision: 1, late_after_close: 2 }]);
  });

  it('publishes nothing more for a day without new facts', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, rowsOf(MONDAY, 1));
    await closings.close();

    await closings.close(new Date('2026-11-22T00:00:00Z'));

    expect(await closings.entriesOf(MONDAY)).toHaveLength(1);
  });

  it('confirms the first day of a source even if the day before it was partly read since', async () => {
    const closings = new Closings();
    await closings.read(TUESDAY, []);
    await closings.close(SETTLED, { since: TUESDAY.day });
    const later = new Date('2026-11-28T00:00:00Z');
    await closings.read(TUESDAY, [], later);
    await closings.read(MONDAY, [], new Date('2026-11-16T12:00:00Z'));

    await closings.close(later, { since: TUESDAY.day });

    expect(await closings.entriesOf(TUESDAY)).toMatchObject([
      { revision: 0, previous: null },
      { revision: 1, previous: null, confirmed_at: later.toISOString() },
    ]);
  });

  it('has the digest of the event ids, and the first and the last time, for any order of arrival', async () => {
    const closings = new Closings();
    const at = (hour: string) => anOperation({ time: `${MONDAY.day}T${hour}:00:00Z` });
    await closings.read(MONDAY, [at('09'), at('08'), 'no row']);
    await closings.read(MONDAY, [at('09'), at('08'), at('06'), at('07'), 'no row']);

    await closings.close();

    const { store } = closings;
    const sealed = await closings.entriesOf(MONDAY);
    const { digest, first_event, last_event, objects } = await aLedgerEntry(store, MONDAY);
    expect(sealed).toMatchObject([{ digest, first_event, last_event, objects }]);
    expect([first_event, last_event]).toEqual(['2026-11-16T06:00:00.000Z', '2026-11-16T09:00:00.000Z']);
  });

  it('names no foreign object, none that came after the log was read, and none that was removed by then', async () => {
    class FleetingStore extends MemoryStore {
      override read(key: string): Promise<Buffer | undefined> {
        return key.startsWith('ocsf/') ? Promise.resolve(undefined) : super.read(key);
      }
    }
    const closings = new Closings(new FleetingStore());
    await closings.read(MONDAY, rowsOf(MONDAY, 1));
    await closings.store.replace(objectKey('flat', MONDAY, 1), Buffer.from('later'));
    await closings.store.replace(`${slicePrefix('flat', MONDAY)}notes.txt`, Buffer.from('mine'));

    await closings.close();

    const [entry] = await closings.entriesOf(MONDAY);
    expect(entry?.objects.map(({ key }) => key)).toEqual([
      objectKey('raw', MONDAY, 0),
      objectKey('flat', MONDAY, 0),
    ]);
  });

  it('requests another listing of a day whose log is ahead of its state, and keeps all other state', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, rowsOf(MONDAY, 1));
    const known = closings.states.get(MONDAY.day);
    await closings.commit(MONDAY, rowsOf(MONDAY, 2));

    await closings.close();

    const kept = { ...known, lastWhole: undefined };
    expect(closings.states.get(MONDAY.day)).toEqual(kept);
    expect(await readSliceState(closings.store, MONDAY)).toEqual(kept);
    expect(await closings.entriesOf(MONDAY)).toEqual([]);
  });

  it('records a day that Zoom deleted before it could be read as a gap', async () => {
    const closings = new Closings();
    const much = new Date('2027-06-01T00:00:00Z');

    const notices = await closings.close(much, { since: WEDNESDAY.day });

    expect(notices[0]).toEqual({
      kind: 'gap',
      slice: WEDNESDAY,
      rows: 0,
      revision: 0,
      at: much.toISOString(),
    });
    expect(notices.map(({ slice }) => slice.day).at(-1)).toBe('2026-12-01');
    expect(closings.states.has(day('2026-12-02'))).toBe(false);
    expect(await readSliceState(closings.store, WEDNESDAY)).toMatchObject({
      newest: '',
      ledger: { verdict: 'gap' },
    });
    expect(await closings.entriesOf(WEDNESDAY)).toMatchObject([
      { verdict: 'gap', rows: 0, objects: [], pages: 0, requests: 0, opened_at: much.toISOString() },
    ]);
    expect(await closings.close(much, { since: WEDNESDAY.day })).toEqual([]);
  });

  it('records a day that was only partly read as a gap, with its rows', async () => {
    const closings = new Closings();
    await closings.read(WEDNESDAY, rowsOf(WEDNESDAY, 2), new Date('2026-11-18T12:00:00Z'));

    const notices = await closings.close(new Date('2027-06-01T00:00:00Z'));

    expect(notices).toMatchObject([{ kind: 'gap', rows: 2, slice: WEDNESDAY }]);
  });

  it('records no gap before the first day of polling', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, rowsOf(MONDAY, 1), new Date('2026-11-16T12:00:00Z'));

    const notices = await closings.close(new Date('2027-05-20T00:00:00Z'), { since: WEDNESDAY.day });

    expect(notices.slice(0, 2).map(({ slice }) => slice)).toEqual([MONDAY, WEDNESDAY]);
    expect(await closings.entriesOf(TUESDAY)).toEqual([]);
  });

  it.each([
    ['is listed again while Zoom keeps it', '2027-05-16T12:00:00Z', []],
    ['is recorded with what it has once Zoom has forgotten it', '2027-05-17T12:00:00Z', [{ rows: 2 }]],
  ])('a day whose log is ahead %s', async (_, now, entries) => {
    const closings = new Closings();
    const on = aSlice({ day: day('2026-11-17') });
    await closings.read(on, rowsOf(on, 1));
    await closings.commit(on, rowsOf(on, 2));

    await closings.close(new Date(now));

    expect(await closings.entriesOf(on)).toMatchObject(entries);
  });

  it('reports a gap once, even if Zoom returns the day later', async () => {
    const closings = new Closings();
    const much = new Date('2027-06-01T00:00:00Z');
    await closings.read(MONDAY, rowsOf(MONDAY, 1), new Date('2026-11-16T12:00:00Z'));
    await closings.close(much);
    await closings.read(MONDAY, rowsOf(MONDAY, 3), much);

    const notices = await closings.close(much);

    expect(notices).toMatchObject([{ kind: 'late-after-close', rows: 2 }]);
    expect(await closings.entriesOf(MONDAY)).toMatchObject([{ verdict: 'gap' }, { verdict: 'gap', rows: 3 }]);
  });

  it('leaves a day to the next run if its entry was neither accepted nor exists', async () => {
    class RefusingStore extends MemoryStore {
      override create(key: string, body: Uint8Array) {
        return key.startsWith('ledger/') ? Promise.resolve(undefined) : super.create(key, body);
      }
    }
    const closings = new Closings(new RefusingStore());
    await closings.read(MONDAY, []);

    expect(await closings.close()).toEqual([]);

    expect(closings.states.get(MONDAY.day)?.ledger).toBeUndefined();
  });

  it('accepts the entry of another collector that was faster', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, rowsOf(MONDAY, 1));
    const before = await readSliceState(closings.store, MONDAY);
    if (!before) throw new Error('no state');
    await closings.close();
    closings.states.set(MONDAY.day, before);
    await writeSliceState(closings.store, MONDAY, before, SETTLED);

    await closings.close(new Date('2026-11-21T02:00:00Z'));

    expect(await closings.entriesOf(MONDAY)).toHaveLength(1);
    expect(closings.states.get(MONDAY.day)?.ledger?.closedAt).toBe(SETTLED.toISOString());
  });
});
