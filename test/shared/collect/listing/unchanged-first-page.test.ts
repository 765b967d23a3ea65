import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Collector, collectSlice } from '../../../../shared/collect/collect-slice.ts';
import {
  manifestKey,
  objectKey,
  slicePrefix,
  sliceStateKey,
} from '../../../../shared/contract/object-keys.ts';
import type { Reports } from '../../../../shared/collect/ports.ts';
import { SliceLog } from '../../../../shared/collect/log/slice-log.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import { aCollector, aSlice, never } from '../../../support/builders/collector.ts';
import { linesUnder, multiset } from '../../../support/delivered.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { anOutcome } from '../../../support/builders/outcomes.ts';
import { RecordingStore } from '../../../support/doubles/recording-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';

const slice = aSlice();
const named = (...names: string[]) => names.map((name) => anOperation({ operation_detail: name }));

/** A Zoom that answers nothing. */
const failing = (error: Error): Reports => ({
  pages: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }),
});

describe('a tip whose first page was remembered', () => {
  let store: RecordingStore;
  let reports: ListedReports;
  let collector: Collector;
  const tip = async (by = collector) => {
    store.forget();
    return collectSlice(by, slice, 'tip', never);
  };
  const expectQuiet = (of = slice) => {
    const { lists, reads, creates, replaces } = store;
    expect({ lists, reads, creates, replaces }).toEqual({
      lists: [slicePrefix('raw', of)],
      reads: [sliceStateKey(of)],
      creates: [],
      replaces: [],
    });
  };
  const expectToBeKnown = async () => {
    expect(await tip()).toMatchObject({ delivered: 0, objects: 0 });
    expectQuiet();
  };

  beforeEach(async () => {
    store = new RecordingStore();
    reports = new ListedReports(named('a', 'b', 'c'), 2);
    collector = aCollector(store, reports);
    await collectSlice(collector, slice, 'whole', never);
  });

  it('reads only the names of the log and its own state while the page is unchanged', async () => {
    const outcome = await tip();

    expect(outcome).toEqual(anOutcome({ slice, read: 2, duplicate: 2 }));
    expectQuiet();
  });

  it('still reports a field that Zoom added to known rows', async () => {
    Object.assign(reports.rows[0] as object, { shoe_size: '46' });

    expect((await tip()).unknownFields).toEqual(['shoe_size']);
    expectQuiet();
  });

  it('requests no second page from Zoom, and closes the listing', async () => {
    let state = 'not begun';
    async function* pages() {
      try {
        for await (const page of reports.pages(slice, never)) {
          state = `page ${page.index}`;
          yield page;
        }
      } finally {
        state += ', let go';
      }
    }

    await tip({ ...collector, reports: { pages } });

    expect(state).toBe('page 0, let go');
  });

  it('works with a listing without return()', async () => {
    const pages = () => {
      const steps = reports.pages(slice, never);
      return { [Symbol.asyncIterator]: () => ({ next: () => steps.next() }) };
    };

    expect(await tip({ ...collector, reports: { pages } })).toMatchObject({ read: 2, duplicate: 2 });
  });

  it.each([
    ['a new row', () => reports.rows.unshift(...named('new'))],
    ['a late row', () => reports.rows.splice(1, 0, ...named('late'))],
    ['a second copy of a row', () => reports.rows.splice(1, 0, ...named('a'))],
  ])('delivers %s, and remembers the page as it is now', async (_, change) => {
    change();

    expect(await tip()).toMatchObject({ delivered: 1 });
    await expectToBeKnown();
    await collectSlice(collector, slice, 'whole', never);
    expect(multiset(await linesUnder(store, 'raw/'))).toEqual(multiset(reports.rows));
  });

  it('reads the log when rows changed their order, and stores the new order', async () => {
    reports.rows.splice(0, 2, ...named('b', 'a'));

    expect(await tip()).toMatchObject({ delivered: 0, duplicate: 2 });
    expect(store.reads).toContain(manifestKey(slice));
    await expectToBeKnown();
  });

  it('treats a list of one page as a whole listing, known or not', async () => {
    reports.rows.pop();

    expect(await tip()).toMatchObject({ complete: true, vanished: 1 });
    expect(await tip()).toMatchObject({ complete: true, vanished: 1 });
  });

  it('writes the missing projections of another run before any request to Zoom', async () => {
    const killed = await SliceLog.open(store, slice);
    const row = identify(slice.stream, anOperation({ operation_detail: 'd' }));
    await killed.append([{ ...row, occurrence: 0 }], () => collector.clock.now());
    const zoomIsDown = new Error('Zoom is down');

    await expect(tip({ ...collector, reports: failing(zoomIsDown) })).rejects.toBe(zoomIsDown);

    expect(await store.read(objectKey('flat', slice, 1))).toBeDefined();
  });

  it('writes a format that was enabled since, and recognizes the page after that', async () => {
    const flatOnly = { ...collector.mapping, formats: ['flat' as const] };
    const later = aSlice({ source: 'other' });
    await collectSlice({ ...collector, mapping: flatOnly }, later, 'whole', never);

    await collectSlice(collector, later, 'tip', never);
    store.forget();
    await collectSlice(collector, later, 'tip', never);

    expectQuiet(later);
    expect(await store.read(objectKey('ocsf', later, 0))).toBeDefined();
  });

  it('recognizes the page of a log that has one more format than requested', async () => {
    await tip({ ...collector, mapping: { ...collector.mapping, formats: ['ocsf'] } });

    expectQuiet();
  });

  it.each(['lost', 'damaged'])('reads the log when its state is %s', async (how) => {
    if (how === 'lost') store.remove(sliceStateKey(slice));
    else await store.replace(sliceStateKey(slice), Buffer.from('{'));

    expect(await tip()).toMatchObject({ delivered: 0, duplicate: 2 });
    await expectToBeKnown();
  });

  it('stores nothing of a listing that broke off', async () => {
    reports.rows.unshift(...named('e', 'f'));
    reports.afterPage = () => {
      throw new Error('Zoom is down');
    };
    await expect(tip()).rejects.toThrow('Zoom is down');
    reports.afterPage = () => undefined;

    expect(await tip()).toMatchObject({ delivered: 0, duplicate: 2 });
    expect(store.reads).toContain(manifestKey(slice));
    await expectToBeKnown();
  });
});
