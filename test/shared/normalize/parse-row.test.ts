import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { STREAM_NAMES } from '../../../shared/model/stream.ts';
import { parseRow } from '../../../shared/normalize/index.ts';
import { ACTIVITIES } from '../../../shared/normalize/ocsf-activity.ts';
import { anActivity, anOperation, parsedRowOf } from './rows.ts';

describe('a row', () => {
  it.each([null, undefined, 7, 'row', true, [], [anOperation()]])(
    'has no place if it is no object: %j',
    (row) => {
      for (const stream of STREAM_NAMES) expect(parseRow(stream, row)).toBeUndefined();
    },
  );

  it.each([undefined, null, 1_772_600_767, '', 'soon', '2026-02-30T00:00:00Z'])(
    'has no place if its time is unreadable: %j',
    (time) => {
      expect(parseRow('operation', anOperation({ time }))).toBeUndefined();
      expect(parseRow('activity', anActivity({ time }))).toBeUndefined();
    },
  );

  it('has a place as soon as it has a time', () => {
    const row = { time: '2026-03-04T05:06:07Z' };

    const place = { row, time: { ms: Date.parse(row.time), text: '2026-03-04T05:06:07.000Z' } };
    expect(parsedRowOf('operation', row)).toStrictEqual({
      ...place,
      stream: 'operation',
      area: 'other',
      eventType: 'unknown.other',
      activity: ACTIVITIES.unknownEntity,
      outcome: 'success',
      verb: 'other',
      detail: { status: 'none' },
    });
    expect(parsedRowOf('activity', row)).toStrictEqual({
      ...place,
      stream: 'activity',
      area: 'sign_in',
      eventType: 'user.session_other',
      activity: ACTIVITIES.otherAuthentication,
      outcome: 'unknown',
    });
  });

  it('is kept as it is', () => {
    const row = anOperation({ office: { city: 'Bern' } });

    expect(parsedRowOf('operation', row).row).toBe(row);
  });

  it('never makes the parser fail, with any contents', () => {
    const value = fc.oneof(fc.string(), fc.jsonValue());
    const fields = {
      time: value,
      operator: value,
      category_type: value,
      action: value,
      operation_detail: value,
    };
    const others = { email: value, type: value, ip_address: value, client_type: value, version: value };
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ ...fields, ...others }, { requiredKeys: [] })),
        (row) => {
          for (const stream of STREAM_NAMES) parseRow(stream, row);
        },
      ),
    );
  });
});
