import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { STREAMS, STREAM_NAMES, type StreamName } from '../../../shared/model/stream.ts';
import { schemaToColumns } from '../../../shared/normalize/column-type.ts';
import {
  ACTIVITY_TABLE,
  EVENTS_VIEW,
  OCSF_TABLE,
  OPERATION_TABLE,
  TABLES,
} from '../../../shared/normalize/tables.ts';
import { generateCompany } from '../../../simulator/index.ts';
import { describeWithReference } from '../../support/reference.ts';
import { columnsOf, misfits, withoutTypes } from '../../support/record-columns.ts';
import { anActivity, anOperation, flatOf, ocsfOf } from './rows.ts';

/** A company's rows, and a few rows for columns that these do not fill. */
const ROWS: Readonly<Record<StreamName, unknown[]>> = {
  operation: [
    anOperation({
      category_type: 'Account',
      operation_detail: 'Security  - Waiting room: from Off to On - Lock: On',
    }),
    anOperation({ category_type: 'User Group', operation_detail: 'Add User ann@acme.test to Group Blue' }),
  ],
  activity: [anActivity({ email: 'A Name' })],
};
for (const { stream, row } of generateCompany({
  seed: 1,
  from: '2026-11-16',
  to: '2026-11-20',
  rowsPerDay: 900,
}))
  ROWS[stream].push(row);

/** Undocumented fields remain in the lines, but are not columns. */
const undocumented: Readonly<Record<StreamName, ReadonlySet<string>>> = {
  operation: undocumentedOf('operation'),
  activity: undocumentedOf('activity'),
};

function undocumentedOf(stream: StreamName): ReadonlySet<string> {
  const documented: readonly string[] = STREAMS[stream].identityFields;
  const names = ROWS[stream].flatMap((row) => Object.keys(row as object));
  return new Set(names.filter((name) => !documented.includes(name)));
}

const flatRecords = (stream: StreamName): object[] =>
  ROWS[stream].map((row) =>
    Object.fromEntries(
      Object.entries(flatOf(stream, row)).filter(([name]) => !undocumented[stream].has(name)),
    ),
  );
const ocsfRecords = (): object[] =>
  STREAM_NAMES.flatMap((stream) => ROWS[stream].map((row) => ocsfOf(stream, row)));

describe('the tables', () => {
  it('are one of each stream, and one of both', () => {
    const partitions = { source: 'string', dt: 'date' };

    expect(TABLES).toMatchObject([
      { name: 'zoom_operation', format: 'flat', streams: ['operation'], partitions },
      { name: 'zoom_activity', format: 'flat', streams: ['activity'], partitions },
      {
        name: 'zoom_ocsf',
        format: 'ocsf',
        streams: ['operation', 'activity'],
        partitions: { stream: 'string', ...partitions },
      },
    ]);
    expect(TABLES.map((table) => Object.keys(table.partitions))).toEqual([
      ['source', 'dt'],
      ['source', 'dt'],
      ['stream', 'source', 'dt'],
    ]);
  });

  it.each([
    ['operation', OPERATION_TABLE],
    ['activity', ACTIVITY_TABLE],
  ] as const)('have the very columns that flat records of the stream %s have', (stream, { columns }) => {
    const records = flatRecords(stream);

    expect(withoutTypes(columns)).toEqual(withoutTypes(columnsOf(records)));
    expect(records.flatMap((record) => misfits(record, columns))).toEqual([]);
  });

  it('have the very columns that OCSF records have, but for what differs from row to row', () => {
    const records = ocsfRecords();
    const { unmapped, ...found } = columnsOf(records);

    expect(unmapped).toBeDefined();
    expect(withoutTypes(OCSF_TABLE.columns)).toEqual(withoutTypes(found));
    expect(records.flatMap((record) => misfits(record, OCSF_TABLE.columns))).toEqual([]);
  });

  it('detect records that changed: a new field, a lost one, another type', () => {
    const [record] = flatRecords('activity');
    const { email, ...lacking } = columnsOf([{ ...record, novelty: 'x' }]);

    expect(email).toBe('string');
    expect(withoutTypes(lacking)).toHaveProperty('novelty');
    expect(withoutTypes(lacking)).not.toEqual(withoutTypes(ACTIVITY_TABLE.columns));
    expect(misfits({ ...record, email: 5 }, ACTIVITY_TABLE.columns)).toEqual(['email: 5 is no string']);
    expect(misfits({ event_time: 'yesterday' }, ACTIVITY_TABLE.columns)).toHaveLength(1);
    expect(misfits({ time: 2 ** 40, activity_id: 1, class_uid: 2 ** 40 }, OCSF_TABLE.columns)).toEqual([
      `class_uid: ${2 ** 40} is no int`,
    ]);
  });

  it('have no column by the name of a partition: Athena refuses one, and DuckDB would hide it', () => {
    const clashes = TABLES.flatMap(({ columns, partitions }) =>
      Object.keys(partitions).filter((name) => name in columns),
    );

    expect(clashes).toEqual([]);
  });

  it('have names in lower case, unique without case, as Hive requires', () => {
    const names = TABLES.flatMap(({ columns }) => Object.keys(columns));

    expect(names.filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
  });

  it('have each column of the timeline in one of the two at least', () => {
    const known = EVENTS_VIEW.tables.flatMap(({ columns, partitions }) =>
      Object.keys({ ...columns, ...partitions }),
    );

    expect(EVENTS_VIEW.columns.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('a schema', () => {
  it('becomes columns, its texts, numbers, lists, objects and choices each by their type', () => {
    const schema = z.strictObject({
      name: z.string().optional(),
      at: z.iso.datetime(),
      version: z.literal(1),
      epoch: z.int(),
      yes: z.boolean(),
      names: z.array(z.string()),
      one: z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]),
      whatever: z.record(z.string(), z.unknown()),
    });

    expect(schemaToColumns(schema)).toEqual({
      name: 'string',
      at: 'timestamp-as-string',
      version: 'int',
      epoch: 'long',
      yes: 'boolean',
      names: { array: 'string' },
      one: { struct: { a: 'string', b: 'string' } },
    });
  });

  it('is refused where a column could be of any type', () => {
    expect(() => schemaToColumns(z.strictObject({ field: z.unknown() }))).toThrow(
      'the record.field may be of any type',
    );
  });
});

describeWithReference('the reference vectors', (folder) => {
  const { cases } = JSON.parse(readFileSync(join(folder, 'normalization', 'ocsf-vectors.json'), 'utf8')) as {
    cases: { stream: StreamName; row: object; events: Record<string, object> }[];
  };

  it('have no key and no type that the tables lack', () => {
    const ocsf = cases.flatMap(({ events }) => Object.values(events));
    const { unmapped, ...columns } = columnsOf(ocsf);

    expect(unmapped).toBeDefined();
    expect(Object.keys(columns).filter((name) => !(name in OCSF_TABLE.columns))).toEqual([]);
    expect(ocsf.flatMap((event) => misfits(event, OCSF_TABLE.columns))).toEqual([]);
    for (const table of [OPERATION_TABLE, ACTIVITY_TABLE])
      expect(
        cases
          .filter(({ stream }) => table.streams.includes(stream))
          .flatMap(({ stream, row }) => misfits(flatOf(stream, row), table.columns)),
      ).toEqual([]);
  });
});
