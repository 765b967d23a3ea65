import { beforeEach, describe, expect, it } from '@jest/globals';
import { objectKey, slicePrefix } from '../../../../shared/contract/object-keys.ts';
import { addDetails, project, projectMissing } from '../../../../shared/collect/log/projection.ts';
import { type LoggedRows, SliceLog, toLogged } from '../../../../shared/collect/log/slice-log.ts';
import { identify } from '../../../../shared/model/raw-row.ts';
import type { Slice } from '../../../../shared/model/slice.ts';
import { FORMATS } from '../../../../shared/normalize/index.ts';
import { aCollector, aSlice } from '../../../support/builders/collector.ts';
import { linesUnder } from '../../../support/delivered.ts';
import { ListedReports } from '../../../support/doubles/listed-reports.ts';
import { RecordingStore } from '../../../support/doubles/recording-store.ts';
import { anOperation, aSignIn } from '../../../support/builders/rows.ts';
import { bytesOf } from '../../../support/tampering.ts';

const SLICE = aSlice();
const COMMITTED = new Date('2026-11-18T12:00:00Z');

let store: RecordingStore;
beforeEach(() => {
  store = new RecordingStore();
});

const { mapping } = aCollector(new RecordingStore(), new ListedReports([], 1));

const at = (time: string, name = 'x') =>
  anOperation({ time: `2026-11-18T${time}Z`, operation_detail: `Add Group ${name}` });

const logged = (rows: readonly unknown[], slice = SLICE): LoggedRows => ({
  sequence: 0,
  commitTime: COMMITTED,
  bytes: 0,
  rows: rows.map((row) => toLogged(identify(slice.stream, row), 0)),
});

const eventsIn = (kind: string) =>
  linesUnder(store, `${kind}/`) as Promise<{ event_id: string; event_time: string }[]>;

/** Commits rows, an object each time, and projects none of them. */
const committed = async (...objects: readonly (readonly unknown[])[]): Promise<SliceLog> => {
  const log = await SliceLog.open(store, SLICE);
  for (const rows of objects) {
    const fresh = rows.map((row) => ({ ...identify('operation', row), occurrence: 0 }));
    await log.append(fresh, () => COMMITTED);
  }
  store.forget();
  return log;
};

describe('projecting an object of the log', () => {
  it('reports how completely details were parsed, which categories are unknown, and what it wrote', async () => {
    const rows = logged([
      at('09:00:00', 'a'),
      at('09:00:01', 'b'),
      anOperation({ operation_detail: '' }),
      anOperation({ category_type: 'AI Companion' }),
      anOperation({ category_type: 'Seat Map' }),
      null,
    ]);

    const projected = await project(store, SLICE, rows, mapping);

    const written = await Promise.all((await store.list('')).map(({ key }) => bytesOf(store, key)));
    const figures = { details: { full: 4, none: 1 }, categoryUnknown: 2 };
    expect(projected).toEqual({
      objects: 3,
      bytes: written.reduce((sum, { length }) => sum + length, 0),
      ...figures,
    });
    expect(await project(store, SLICE, rows, mapping)).toEqual({ objects: 0, bytes: 0, ...figures });
  });

  it('reports no details and categories for rows without them', async () => {
    const slice = aSlice({ stream: 'activity' });

    const projected = await project(store, slice, logged([aSignIn()], slice), mapping);

    expect(projected).toMatchObject({ details: {}, categoryUnknown: 0 });
  });

  it('puts events in the order of their times, and of their ids within one', async () => {
    const rows = Array.from('abcdefgh', (name) => at('09:00:00', name));

    await project(store, SLICE, logged([at('10:00:00'), ...rows, at('08:00:00')]), mapping);

    const events = await eventsIn('flat');
    const keys = events.map(({ event_time, event_id }) => `${event_time} ${event_id}`);
    expect(keys).toHaveLength(10);
    expect(keys).toEqual([...keys].sort());
  });

  it('writes the same bytes for any order of the rows', async () => {
    const rows = [at('10:00:00'), ...Array.from('abcd', (name) => at('09:00:00', name)), null, 'no row'];
    const other = new RecordingStore();

    await project(store, SLICE, logged(rows), mapping);
    await project(other, SLICE, logged(rows.toReversed()), mapping);

    for (const kind of [...FORMATS, 'rejected'] as const) {
      const key = objectKey(kind, SLICE, 0);
      expect(await bytesOf(other, key)).toEqual(await bytesOf(store, key));
    }
  });

  it('describes each object by its lines, and its first and last event', async () => {
    await project(store, SLICE, logged([at('10:00:00'), at('09:00:00'), at('11:00:00'), null]), mapping);

    const descriptions = new Map(
      store.creates.map(({ description }) => [description['format'], description]),
    );
    for (const format of FORMATS) {
      expect(descriptions.get(format)).toEqual({
        records: '3',
        format,
        'schema-version': '1',
        'first-event': '2026-11-18T09:00:00.000Z',
        'last-event': '2026-11-18T11:00:00.000Z',
      });
    }
    expect(descriptions.get('rejected')).toEqual({
      records: '1',
      format: 'rejected',
      'schema-version': '1',
    });
  });
});

describe('projecting what is missing', () => {
  const OBJECTS = [[at('09:00:00')], [null, at('10:00:00')], ['no row'], [at('11:00:00')]];
  const remove = (kind: 'flat' | 'ocsf' | 'rejected', sequence: number, slice: Slice = SLICE): void =>
    store.remove(objectKey(kind, slice, sequence));

  it('writes all missing projections, and then no more', async () => {
    const log = await committed(...OBJECTS);

    expect(await projectMissing(store, log, mapping)).toBe(8);
    store.forget();
    expect(await projectMissing(store, log, mapping)).toBe(0);

    expect(store.reads).toEqual([]);
    expect(store.creates).toEqual([]);
    expect(store.lists.sort()).toEqual(
      (['flat', 'ocsf', 'rejected'] as const).map((kind) => slicePrefix(kind, SLICE)),
    );
  });

  it('restores missing objects of any format, in the order of the log', async () => {
    const log = await committed(...OBJECTS, ...Array.from('abcdefg', (name) => [at('12:00:00', name)]));
    await projectMissing(store, log, mapping);
    const before = await eventsIn('flat');
    remove('flat', 10);
    remove('flat', 3);
    remove('ocsf', 0);
    remove('rejected', 2);
    store.forget();

    expect(await projectMissing(store, log, mapping)).toBe(4);

    const sequences = [0, 2, 3, 10];
    expect(store.reads).toEqual(sequences.map((sequence) => objectKey('raw', SLICE, sequence)));
    expect(await eventsIn('flat')).toEqual(before);
  });

  it('expects no rejected rows if the log has none, and nothing if it is empty', async () => {
    const empty = await committed();
    expect(await projectMissing(store, empty, mapping)).toBe(0);
    expect(store.lists).toEqual([]);

    await projectMissing(store, await committed([at('09:00:00')]), mapping);
    expect(store.lists).toEqual(FORMATS.map((format) => slicePrefix(format, SLICE)));
  });
});

it('details are counted by how completely they were parsed', () => {
  expect(addDetails({ full: 2, partial: 1 }, { full: 3, none: 4 })).toEqual({ full: 5, partial: 1, none: 4 });
  expect(addDetails({ likely: 0 }, {})).toEqual({});
});
