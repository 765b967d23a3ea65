import { describe, expect, it } from '@jest/globals';
import { closeDays, type Closing, type Notice } from '../../../shared/collect/close-days.ts';
import { collectSlice } from '../../../shared/collect/collect-slice.ts';
import { readLedger } from '../../../shared/collect/ledger.ts';
import { readSliceState, type SliceState, writeSliceState } from '../../../shared/collect/slice-state.ts';
import type { Day } from '../../../shared/model/day.ts';
import type { Slice } from '../../../shared/model/slice.ts';
import { aCollector, aSlice, day, never, SettableClock } from '../../support/collector.ts';
import { ListedReports } from '../../support/listed-reports.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { anOperation } from '../../support/rows.ts';

const MONDAY = aSlice({ day: day('2026-11-16') });
const TUESDAY = aSlice({ day: day('2026-11-17') });
const WEDNESDAY = aSlice({ day: day('2026-11-18') });

/** Monday's lookback of three days is over at midnight of the 20th; Tuesday's a day later. */
const SETTLED = new Date('2026-11-21T01:00:00Z');

const rowsOf = ({ day: on }: Slice, count: number) =>
  Array.from({ length: count }, (_, index) =>
    anOperation({ time: `${on}T0${index}:00:00Z`, operation_detail: `Add Group ${index}` }),
  );

/** A store in which slices were read whole at an instant, and what closing has to go on. */
class Closings {
  readonly store = new MemoryStore();
  readonly states = new Map<Day, SliceState>();
  readonly told: Notice[] = [];

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

  close(now = SETTLED, fields: Partial<Closing> = {}): Promise<Notice[]> {
    const { store, states, told } = this;
    const { source, stream } = MONDAY;
    return closeDays({
      store,
      source,
      stream,
      now,
      lookbackDays: 3,
      since: undefined,
      states,
      noticed: (notice) => {
        told.push(notice);
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
  it('publishes what a day came to, with every object that was delivered of it', async () => {
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
      mapping: 1,
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

  it('waits until the lookback is over, and a day was read whole after that', async () => {
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

  it('waits for a day that polling was to bring, but not for one before that', async () => {
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

  it('closes a day anew that rows came to, and tells how many', async () => {
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
    expect(closings.told).toEqual([notice]);
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
  });

  it('records a day as a gap that Zoom forgot before it could be read', async () => {
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
    expect(await closings.entriesOf(WEDNESDAY)).toMatchObject([
      { verdict: 'gap', rows: 0, objects: [], pages: 0, requests: 0, opened_at: much.toISOString() },
    ]);
    expect(await closings.close(much, { since: WEDNESDAY.day })).toEqual([]);
  });

  it('records as a gap a day that was only begun, with what it has', async () => {
    const closings = new Closings();
    await closings.read(WEDNESDAY, rowsOf(WEDNESDAY, 2), new Date('2026-11-18T12:00:00Z'));

    const notices = await closings.close(new Date('2027-06-01T00:00:00Z'));

    expect(notices).toMatchObject([{ kind: 'gap', rows: 2, slice: WEDNESDAY }]);
  });

  it('takes the entry of another collector that was quicker', async () => {
    const closings = new Closings();
    await closings.read(MONDAY, rowsOf(MONDAY, 1));
    const before = await readSliceState(closings.store, MONDAY);
    if (!before) throw new Error('no state');
    await closings.close();
    closings.states.set(MONDAY.day, before);
    await writeSliceState(closings.store, MONDAY, before);

    await closings.close(new Date('2026-11-21T02:00:00Z'));

    expect(await closings.entriesOf(MONDAY)).toHaveLength(1);
    expect(closings.states.get(MONDAY.day)?.ledger?.closedAt).toBe(SETTLED.toISOString());
  });
});
