import { describe, expect, it } from '@jest/globals';
import { jsonToLine } from '../../../shared/normalize/index.ts';
import { rowToFlat } from '../../../shared/normalize/row-to-flat.ts';
import { anActivity, anOperation, flatOf } from './rows.ts';

describe('a row', () => {
  it('is left as it is where readers can have all of its fields', () => {
    for (const row of [anOperation(), anOperation({ office: 'Bern', newField: 1, '0': 2 })]) {
      expect(rowToFlat('operation', row)).toStrictEqual({ top: row });
      expect(rowToFlat('operation', row).top).toBe(row);
    }
  });

  it('keeps a field with one of our names, unchanged under _row', () => {
    const theirs = { verb: 7, event_id: 'x', mapping_version: 9 };

    expect(rowToFlat('activity', { ...anActivity(), office: 'Bern', ...theirs })).toStrictEqual({
      top: { ...anActivity(), office: 'Bern' },
      quarantined: theirs,
    });
  });
});

describe('a field Zoom adds to a row', () => {
  it('is carried along in a flat event', () => {
    expect(
      flatOf('operation', anOperation({ office: { city: 'Bern' }, reason: null, newField: 1 })),
    ).toMatchObject({
      office: { city: 'Bern' },
      reason: null,
      newField: 1,
    });
  });

  it.each([
    ...['source', 'dt', 'class', 'Class', '_connector', '_row', '_Row', 'p_row_id', 'P_Event', 'OPERATOR'],
    ...[
      'event_id',
      'Event_Id',
      'EVENT_ID',
      'account_id',
      'Stream',
      'mapping_version',
      'any_emails',
      'Detail',
    ],
    // Java treats these letters as s and i; Elastic and Splunk read the part before a point or a bracket as a field.
    ...['operator.\nname', 'operator{a.b', 'source[x'],
    ...['\u017fource', 'event_\u0131d', 'detail.status', 'Any_Emails{}', 'operator.name', 'event_id[0]'],
  ])('stands under _row if readers could not have it at the top: %s', (name) => {
    const flat = flatOf('operation', { ...anOperation(), [name]: 'theirs' });

    expect(flat._row).toEqual({ [name]: 'theirs' });
    expect(flat).toStrictEqual({ ...flatOf('operation', anOperation()), _row: flat._row });
  });

  it('is under _row if it differs only in case from a missing field, or from another one', () => {
    const flat = flatOf('operation', {
      ...anOperation({ operator: undefined }),
      Operator: 1,
      newField: 2,
      NEWFIELD: 3,
    });

    expect(flat._row).toEqual({ Operator: 1, newField: 2, NEWFIELD: 3 });
  });

  it('does no harm by a name that objects treat specially', () => {
    const row = JSON.parse(
      '{"time":"2026-03-04T05:06:07Z","__proto__":{"stream":"x"},"constructor":1,"toString":"y","toJSON":1,"dt":2}',
    ) as Record<string, unknown>;
    const flat = flatOf('operation', row);

    expect(JSON.parse(jsonToLine(flat))).toEqual(JSON.parse(JSON.stringify({ ...flat })));
    expect(Object.getOwnPropertyDescriptor(flat, '__proto__')?.value).toEqual({ stream: 'x' });
    expect(Object.getPrototypeOf(flat)).toBe(Object.prototype);
    expect(flat).toMatchObject({ constructor: 1, toString: 'y', stream: 'operation', _row: { dt: 2 } });
  });
});
