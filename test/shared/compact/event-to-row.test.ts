import { describe, expect, it } from '@jest/globals';
import { eventToRow } from '../../../shared/compact/event-to-row.ts';

const COLUMNS = {
  name: 'string',
  count: 'int',
  epoch: 'long',
  yes: 'boolean',
  names: { array: 'string' },
  target: { struct: { type: 'string' } },
} as const;

describe('an event as a row', () => {
  it('has what its columns name, and nothing else', () => {
    const event = {
      name: 'a',
      count: 2,
      epoch: 2 ** 40,
      yes: false,
      names: ['b', 'c'],
      target: { type: 'user', other: 1 },
      other: 1,
    };

    expect(eventToRow(event, COLUMNS)).toEqual({
      name: 'a',
      count: 2,
      epoch: 2n ** 40n,
      yes: false,
      names: ['b', 'c'],
      target: { type: 'user' },
    });
  });

  it.each([
    [{ name: 5 }, { name: '5' }],
    [{ name: { first: 'a' } }, { name: '{"first":"a"}' }],
    [{ name: null }, {}],
    [{ count: 1.5 }, {}],
    [{ count: 2 ** 31 }, {}],
    [{ epoch: 'long ago' }, {}],
    [{ yes: 'yes' }, {}],
    [{ names: 'b' }, {}],
    [{ names: [5] }, { names: ['5'] }],
    [{ target: 'user' }, {}],
    [{ target: ['user'] }, {}],
  ])('has of a value of another type a text, or nothing: %j', (event, row) => {
    const nothing = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, undefined]));

    expect(eventToRow(event, COLUMNS)).toEqual({ ...nothing, ...row });
  });
});
