import { describe, expect, it } from '@jest/globals';
import { labelOf, SliceSchema } from '../../../shared/model/slice.ts';
import { day } from '../../support/builders/collector.ts';

const SLICE = { source: 'acme', stream: 'operation', day: day('2026-11-20') } as const;

describe('a slice', () => {
  it('is named by its source, stream and day', () => {
    expect(labelOf(SLICE)).toBe('acme operation 2026-11-20');
  });

  it.each([
    ['a', true],
    ['0', true],
    ['a-b', true],
    ['a'.repeat(40), true],
    ['a'.repeat(41), false],
    ['-a', false],
    ['a-', false],
    ['A', false],
    ['a b', false],
    ['', false],
  ])('has a source whose name fits into a key: "%s"', (source, isName) => {
    expect(SliceSchema.safeParse({ ...SLICE, source }).success).toBe(isName);
  });

  it('has a source name of a documented form', () => {
    expect(SliceSchema.safeParse({ ...SLICE, source: 'A' }).error?.issues).toMatchObject([
      {
        path: ['source'],
        message: 'must be 1 to 40 lower-case letters, digits and inner hyphens, such as "acme-zoom"',
      },
    ]);
  });
});
