import { describe, expect, it } from '@jest/globals';
import { formatBytes } from '../../../shared/model/format-bytes.ts';

describe('a size for people', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 KB'],
    [9949, '9.9 KB'],
    [9950, '10 KB'],
    [999_499, '999 KB'],
    [999_500, '1.0 MB'],
    [734_003_200, '734 MB'],
    [5_368_709_120, '5.4 GB'],
    [Number.MAX_SAFE_INTEGER, '9.0 PB'],
    [1e18, '1000 PB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
