import { describe, expect, it } from '@jest/globals';
import { lineToListedRow } from '../../../shared/model/listed-row.ts';
import {
  byTimeThenCanonical,
  canonicalRow,
  compareText,
  digestOf,
  fieldsOf,
  identify,
  identifyListed,
  isPlaced,
  type RawRow,
  textAt,
  valueAt,
} from '../../../shared/model/raw-row.ts';

const ROW = {
  time: '2026-11-20T09:05:30Z',
  operator: 'ann@acme.test',
  category_type: 'User',
  action: 'Add',
  operation_detail: 'Add User bob@acme.test',
};

describe('the identity of a row', () => {
  it('is its documented fields, in alphabetical order, with the time normalized', () => {
    expect(canonicalRow('operation', { ...ROW, added_by_zoom: 'later' })).toBe(
      '{"action":"Add","category_type":"User","operation_detail":"Add User bob@acme.test","operator":"ann@acme.test","time":"2026-11-20T09:05:30.000Z"}',
    );
  });

  it.each<[string, RawRow, string]>([
    ['null and absent fields are left out', { action: null, operator: 'a' }, '{"operator":"a"}'],
    ['empty fields are not', { action: '', operator: 0 }, '{"action":"","operator":0}'],
    [
      'a time in another spelling is the same',
      { time: '2026-11-20 10:05:30+01:00' },
      '{"time":"2026-11-20T09:05:30.000Z"}',
    ],
    ['a time that cannot be read stays as it is', { time: 'soon' }, '{"time":"soon"}'],
    ['a text is itself', 'row', '"row"'],
    ['a list is itself', ['row'], '["row"]'],
    ['null is itself', null, 'null'],
  ])('%s', (_, row, canonical) => {
    expect(canonicalRow('operation', row)).toBe(canonical);
  });

  it.each([
    ['{"action":1.0,"operator":-0}', '{"action":1,"operator":0}'],
    [
      '{"action":12345678901234567890,"operator":[1e400,2.50]}',
      '{"action":12345678901234567890,"operator":[1e400,2.5]}',
    ],
    ['[1.0,1e400]', '[1,1e400]'],
    ['1e400', '1e400'],
    ['{"action":"a","action":"b"}', '{"action":"b"}'],
    ['{"action":"a","seats":1.0}', '{"action":"a"}'],
  ])('is numbers by their value, if a double holds it, and the last of two values: %s', (text, canonical) => {
    const listed = lineToListedRow(text);
    if (typeof listed === 'string') throw new RangeError(listed);

    const { row, json, digest, ...rest } = identifyListed('operation', listed);

    expect(rest).toMatchObject({ canonical, repeatsName: text.includes('"a"') && text.includes('"b"') });
    expect([row, json, digest]).toEqual([listed.row, text, digestOf(canonical)]);
  });

  it('is not the same in each stream', () => {
    const row = { type: 'Sign in', version: '1', client_type: 'Web', email: 'a', ip_address: '::1', ...ROW };

    expect(canonicalRow('activity', row)).toBe(
      '{"client_type":"Web","email":"a","ip_address":"::1","time":"2026-11-20T09:05:30.000Z","type":"Sign in","version":"1"}',
    );
  });

  it('has a SHA-256', () => {
    expect(digestOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('is found once for a row', () => {
    const { row, canonical, digest, time } = identify('operation', ROW);

    expect(row).toBe(ROW);
    expect(canonical).toBe(canonicalRow('operation', ROW));
    expect(digest).toBe(digestOf(canonical));
    expect(time).toBe('2026-11-20T09:05:30.000Z');
  });
});

it.each<[RawRow, boolean]>([
  [ROW, true],
  [{ ...ROW, time: 'soon' }, false],
  [{ ...ROW, time: undefined }, false],
  [null, false],
  [[ROW], false],
])('a row is placed if it is an object with a readable time: %j', (row, expected) => {
  expect(isPlaced(identify('operation', row))).toBe(expected);
});

it.each<[RawRow, boolean]>([
  [{}, true],
  [[], false],
  [null, false],
  ['row', false],
  [undefined, false],
])('only an object has fields: %j', (row, has) => {
  expect(fieldsOf(row)).toBe(has ? row : undefined);
});

describe('the order of rows', () => {
  it('is by time, then by canonical form; rows without a time come first', () => {
    const rows = [
      { ...ROW, time: '2026-11-20T09:05:31Z' },
      { ...ROW, action: 'Update' },
      ROW,
      { ...ROW, time: 'soon' },
    ].map((row) => identify('operation', row));

    const sorted = rows.toSorted(byTimeThenCanonical);

    expect(sorted).toEqual(rows.toReversed());
  });

  it.each([
    ['a', 'b', -1],
    ['b', 'a', 1],
    ['a', 'a', 0],
    ['Z', 'a', -1],
    ['z', 'ä', -1],
  ])('is that of code units: %s and %s', (a, b, order) => {
    expect(compareText(a, b)).toBe(order);
  });
});

it('a path names a field within the objects of a row', () => {
  const row = { meeting: { uuid: 'u', host: null }, id: 7, list: [{ id: 1 }] };

  expect(['meeting.uuid', 'id', 'meeting.host'].map((path) => valueAt(row, path))).toEqual(['u', 7, null]);
  expect(
    ['meeting.none', 'none.uuid', 'meeting.host.id', 'list.0', 'id.x'].map((path) => valueAt(row, path)),
  ).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

it.each([
  [{ a: { b: 'text' } }, 'text'],
  [{ a: { b: '' } }, ''],
  [{ a: { b: 5 } }, ''],
  [{ a: { b: null } }, ''],
  [{ a: 'text' }, ''],
  [undefined, ''],
])('the text of %j under a path is %j', (row, text) => {
  expect(textAt(row, 'a.b')).toBe(text);
});
