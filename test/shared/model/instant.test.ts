import { describe, expect, it } from '@jest/globals';
import { instantOf } from '../../../shared/model/instant.ts';

describe('an instant', () => {
  it('is a moment in milliseconds, and its text', () => {
    expect(instantOf(new Date('2026-11-18T09:00:00.25Z'))).toEqual({
      ms: Date.UTC(2026, 10, 18, 9, 0, 0, 250),
      text: '2026-11-18T09:00:00.250Z',
    });
  });

  it('is refused for an invalid date', () => {
    expect(() => instantOf(new Date('soon'))).toThrow(RangeError);
  });
});
