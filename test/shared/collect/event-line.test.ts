import { describe, expect, it } from '@jest/globals';
import { parseEventLine } from '../../../shared/collect/event-line.ts';
import { MAX_NESTING } from '../../../shared/model/listed-row.ts';

describe('a line', () => {
  it.each([
    ['{"n":1}', { value: { n: 1 } }],
    ['null', { value: null }],
    ['{', undefined],
    ['', undefined],
    [`{"a":${'['.repeat(105)}${']'.repeat(105)}}`, { value: expect.anything() }],
    [`{"a":${'['.repeat(110)}${']'.repeat(110)}}`, undefined],
    ['['.repeat(MAX_NESTING + 10) + ']'.repeat(MAX_NESTING + 10), { value: expect.anything() }],
    ['['.repeat(MAX_NESTING + 11) + ']'.repeat(MAX_NESTING + 11), undefined],
    ['['.repeat(100_000) + ']'.repeat(100_000), undefined],
  ])('is read as JSON, unless it is nested deeper than any: case %#', (line, expected) => {
    expect(parseEventLine(line)).toEqual(expected);
  });
});
