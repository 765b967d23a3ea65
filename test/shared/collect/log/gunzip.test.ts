import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { gunzipped } from '../../../../shared/collect/log/gunzip.ts';

const KIB = 1024;

describe('the bytes of a gzip file', () => {
  it.each([
    ['small, at once', 50 * KIB, false],
    ['large, while other work goes on', 80 * KIB, true],
  ])('are unpacked: %s', async (_, size, besideOthers) => {
    const bytes = randomBytes(size);
    const packed = gzipSync(bytes);
    let othersWorked = false;
    setImmediate(() => (othersWorked = true));

    const unpacked = await gunzipped(packed);

    expect(othersWorked).toBe(besideOthers);
    expect(unpacked.equals(bytes)).toBe(true);
  });

  it.each([50 * KIB, 80 * KIB])('are refused if they are not a gzip file, %d of them', async (size) => {
    await expect(gunzipped(Buffer.alloc(size))).rejects.toThrow(/incorrect header/);
  });
});
