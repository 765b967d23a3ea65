import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findRow, keyOf } from '../../../simulator/acceptance/identity.ts';
import { anOperation, aSignIn } from '../../support/builders/rows.ts';

const operation = anOperation();
const signIn = aSignIn();
const known = new Set([keyOf('operation', operation), keyOf('activity', signIn)]);
const inLine = (value: unknown) => findRow(JSON.stringify(value), known);

describe('the row that a line delivers', () => {
  it.each([
    ['the line itself', operation],
    ['with its fields in another order', Object.fromEntries(Object.entries(operation).reverse())],
    ['with fields beside it', { ...operation, event_id: '1', area: 'sso' }],
    ['under a name', { event: operation }],
    ['deep within', { a: [{ b: { c: operation } }] }],
    ['as a text', { message: JSON.stringify(operation) }],
    ['as a text in a text', { message: JSON.stringify({ original: JSON.stringify(operation) }) }],
    ['beside a copy that was changed', { normalized: { ...operation, time: 0 }, raw: operation }],
  ])('is found: %s', (_, line) => {
    expect(inLine(line)).toEqual({ kind: 'row', key: keyOf('operation', operation) });
  });

  it('is distinguished from a row of the other stream', () => {
    expect(inLine({ raw: signIn })).toEqual({ kind: 'row', key: keyOf('activity', signIn) });
  });

  it('may have null where Zoom has no field, and vice versa', () => {
    const unlisted = { ...operation, operator: undefined };
    const key = keyOf('operation', unlisted);

    expect(keyOf('operation', { ...unlisted, operator: null })).toBe(key);
    expect(keyOf('operation', { ...unlisted, operator: '' })).not.toBe(key);
  });

  it.each([
    ['another time', { ...operation, time: '2026-11-18T09:00:01Z' }],
    ['another text', { wrapped: { ...operation, operation_detail: 'x' } }],
    ['a time of another form', { ...signIn, time: 1_763_456_400 }],
  ])('is not one that Zoom listed, if it has %s', (_, line) => {
    expect(inLine(line)).toEqual({ kind: 'invented' });
  });

  it.each([
    'Traceback (most recent call last):',
    '',
    'null',
    '7',
    '[]',
    '{"time":"2026-11-18T09:00:00Z","level":"info","msg":"polled"}',
    '{"level":',
    '[['.repeat(500),
  ])('is not there in what is no row of any stream: %j', (line) => {
    expect(findRow(line, known)).toEqual({ kind: 'other' });
  });

  it('is searched in any JSON without an exception', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (line) => {
        expect(['row', 'invented', 'other']).toContain(findRow(line, known).kind);
      }),
    );
  });

  it('is found under any name, beside any other fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), fc.string(), (beside, name) => {
        fc.pre(name !== '__proto__');
        expect(inLine({ ...beside, [name]: operation }).kind).toBe('row');
      }),
    );
  });
});
