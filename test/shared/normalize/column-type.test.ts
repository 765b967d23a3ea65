import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { schemaToColumns } from '../../../shared/normalize/column-type.ts';

describe('the columns of a schema', () => {
  it('have the type of what they hold', () => {
    const schema = z.strictObject({
      text: z.string(),
      at: z.iso.datetime(),
      id: z.uuid(),
      count: z.int(),
      fixed: z.literal(3),
      choice: z.literal([1, 2]),
      is: z.boolean(),
      list: z.array(z.strictObject({ name: z.string() })),
      one: z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.int() })]),
      open: z.record(z.string(), z.unknown()),
    });

    expect(schemaToColumns(schema)).toEqual({
      text: 'string',
      at: 'timestamp-as-string',
      id: 'string',
      count: 'long',
      fixed: 'int',
      choice: 'int',
      is: 'boolean',
      list: { array: { struct: { name: 'string' } } },
      one: { struct: { a: 'string', b: 'long' } },
    });
  });

  it.each([
    [z.record(z.string(), z.string()), 'the record may have any fields, so it is no column of a table'],
    [z.strictObject({ a: z.unknown() }), 'the record.a may be of any type, so it is no column of a table'],
    [
      z.strictObject({ a: z.array(z.unknown()) }),
      'the record.a[] may be of any type, so it is no column of a table',
    ],
  ])('are none for what no table could hold', (schema, message) => {
    expect(() => schemaToColumns(schema)).toThrow(new TypeError(message));
  });
});
