import { beforeEach, describe, expect, it } from '@jest/globals';
import { readLedger } from '../../../shared/collect/ledger/ledger.ts';
import { readContentState } from '../../../shared/content/slice-state.ts';
import { closeContentDays } from '../../../shared/content/close-days.ts';
import { verifyContentSlice } from '../../../shared/content/verify/verify-content-slice.ts';
import type { ContentStreamName } from '../../../shared/model/content-stream.ts';
import type { Day } from '../../../shared/model/day.ts';
import {
  aContentSlice,
  aFileRow,
  commitCustody,
  commitRows,
  custodyOf,
  listedWhole,
} from '../../support/builders/content.ts';
import { MemoryStore } from '../../support/doubles/memory-store.ts';
import { SettableClock } from '../../support/doubles/settable-clock.ts';

const LATE = '2026-11-20T00:00:00.000Z';
const [D1, D2, D3] = ['2026-11-10', '2026-11-11', '2026-11-12'] as const;

describe('closing the days of content', () => {
  let store: MemoryStore;
  let clock: SettableClock;
  beforeEach(() => {
    store = new MemoryStore();
    clock = new SettableClock();
    clock.time = new Date('2026-11-20T12:00:00.000Z');
  });

  const close = async (days: readonly string[], stream: ContentStreamName = 'recording') => {
    const { closed, open } = await closeContentDays(
      { store, clock, source: 'acme', accountId: 'account' },
      stream,
      days as Day[],
    );
    return {
      closed: closed.map(({ day, revision }) => `${day} ${revision}`),
      open: open.map(({ slice, because }) => `${slice.day}: ${because}`),
    };
  };
  /** A day with one file, which was skipped: nothing is left to do. */
  const settledDay = async (day: string, at = LATE): Promise<void> => {
    const slice = aContentSlice(day);
    const row = aFileRow(day);
    await commitRows(store, clock, slice, [row]);
    await commitCustody(store, clock, slice, [
      custodyOf(row, clock.now(), { state: 'skipped', reason: 'type-not-chosen' }),
    ]);
    await listedWhole(store, slice, at === 'never' ? undefined : at);
  };

  it('closes days in order, each with the entry of the day before', async () => {
    for (const day of [D1, D2]) await settledDay(day);

    expect(await close([D2, D1])).toEqual({ closed: [`${D1} 0`, `${D2} 0`], open: [] });
    const [first] = await readLedger(store, aContentSlice(D1));
    const [second] = await readLedger(store, aContentSlice(D2));
    expect(first?.entry.previous).toBeNull();
    expect(second?.entry.previous).toBe(first?.sha256);
    expect(await close([D1, D2])).toEqual({ closed: [], open: [] });
  });

  it('does not close a day whose day before was collected and is open', async () => {
    await settledDay(D1, 'never');
    await settledDay(D2);
    await settledDay(D3);

    expect(await close([D1, D2, D3])).toEqual({
      closed: [],
      open: [
        `${D1}: it was not listed whole yet`,
        `${D2}: ${D1} is open, and must close before it`,
        `${D3}: ${D2} is open, and must close before it`,
      ],
    });
  });

  it('closes the days that waited as soon as the day before closes, also outside of the range', async () => {
    await settledDay(D1, 'never');
    await settledDay(D2);
    await close([D1, D2]);
    await listedWhole(store, aContentSlice(D1), LATE);

    expect(await close([D1])).toEqual({ closed: [`${D1} 0`, `${D2} 0`], open: [] });
  });

  it('closes a day whose day before was never collected', async () => {
    await settledDay(D1);
    await settledDay(D3);

    expect(await close([D3])).toEqual({ closed: [`${D1} 0`, `${D3} 0`], open: [] });
  });

  it('waits for rows, for a listing after them, for files, and for lines of custody', async () => {
    await settledDay(D1);
    const row = aFileRow(D1, 'f2');
    await commitRows(store, clock, aContentSlice(D1), [row]);
    expect(await close([D1])).toEqual({ closed: [], open: [`${D1}: 1 file is not held yet`] });

    await store.create(
      `files/recording/source=acme/dt=${D1}/0123456789abcdef/0123456789abcdef.mp4`,
      Buffer.from('abc'),
    );
    expect((await close([D1])).open).toEqual([
      `${D1}: a file is stored whose line of custody is missing: run it again, or see verify`,
    ]);
    await listedWhole(store, aContentSlice(D1), '2026-11-12T00:00:00.000Z');
    expect((await close([D1])).open).toEqual([
      `${D1}: it was not listed whole after the time in which rows come late`,
    ]);
    clock.time = new Date('2026-11-12T00:00:00.000Z');
    expect((await close([D1])).open).toEqual([`${D1}: rows may come until 2026-11-14T00:00:00.000Z`]);
  });

  it('keeps a summary of both logs in the state', async () => {
    await settledDay(D1, 'never');
    await close([D1]);

    expect(await readContentState(store, aContentSlice(D1))).toMatchObject({
      summary: {
        raw: 1,
        custody: 1,
        rows: 1,
        newest: `${D1}T09:00:00.000Z`,
        held: 0,
        skipped: 1,
        waiting: 0,
      },
    });
  });

  it('closes a day of people once it is over, and confirms it at once: no later listing adds to it', async () => {
    const slice = aContentSlice(D1, 'person');
    await commitRows(store, clock, slice, [{ id: 'a', email: 'ann@example.com', status: 'active' }]);
    await listedWhole(store, slice, `${D1}T12:00:00.000Z`);
    clock.time = new Date(`${D1}T13:00:00.000Z`);
    expect((await close([D1], 'person')).open).toEqual([`${D1}: rows may come until ${D2}T00:00:00.000Z`]);

    clock.time = new Date(`${D2}T13:00:00.000Z`);
    expect(await close([D2], 'person')).toEqual({ closed: [`${D1} 0`], open: [] });
    const [sealed] = await readLedger(store, slice);
    expect(sealed?.entry).toMatchObject({ rows: 1, confirmed_at: clock.time.toISOString() });
  });

  it('does not close a day again that another collector closed meanwhile, or whose state was lost', async () => {
    await settledDay(D1);
    await close([D1]);
    await listedWhole(store, aContentSlice(D1), LATE);

    expect(await close([D1])).toEqual({ closed: [], open: [] });
    expect(await readLedger(store, aContentSlice(D1))).toHaveLength(1);
    expect((await readContentState(store, aContentSlice(D1)))?.ledger).toMatchObject({
      revision: 0,
      custody: 1,
    });
  });

  it('publishes figures of one moment, though another collector commits while the day closes', async () => {
    const slice = aContentSlice(D1);
    // Another collector commits after the files of the slice were read.
    class BusyStore extends MemoryStore {
      #isDone = false;
      override async list(prefix: string) {
        if (prefix.startsWith('ledger/') && !this.#isDone) {
          this.#isDone = true;
          await commitRows(this, clock, slice, [aFileRow(D1, 'f2')]);
        }
        return super.list(prefix);
      }
    }
    store = new BusyStore();
    await settledDay(D1);
    expect((await close([D1])).closed).toEqual([`${D1} 0`]);

    const checks = { accountId: 'account', readsFiles: true, signal: new AbortController().signal };
    const { differences } = await verifyContentSlice(store, slice, checks);
    expect(differences).toMatchObject([{ kind: 'unclosed' }]);
  });
});
