import { describe, expect, it } from '@jest/globals';
import { parseEventLine } from '../../../shared/collect/event-line.ts';

describe('a line', () => {
  it.each([
    ['{"n":1}', { value: { n: 1 } }],
    ['null', { value: null }],
    ['{', undefined],
    ['', undefined],
  ])('is read as JSON: %s', (line, expected) => {
    expect(parseEventLine(line)).toEqual(expected);
  });
});
