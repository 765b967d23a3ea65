import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { GzipLines, memberTime } from '../../../../shared/collect/log/gzip-lines.ts';

const KIB = 1024;
const TIME = new Date('2026-11-18T12:00:00.900Z');

const lines = (count: number, length: number, letter = 'x'): string[] =>
  Array.from({ length: count }, (_, index) => `${index} ${letter.repeat(length)}\n`);

describe('lines packed as one gzip member', () => {
  it.each<[string, string[]]>([
    ['none', []],
    ['one', lines(1, 10)],
    ['many that stay below a piece', lines(100, KIB)],
    ['many that fill just a piece', lines(1, 87_379 - '0 \n'.length + 2)],
    ['some that together are more than a piece', lines(3, 80 * KIB)],
    ['many that fill many pieces', lines(1500, KIB)],
    ['of letters that take three bytes', lines(500, KIB, '…')],
    ['one longer than a piece', lines(1, 400 * KIB, '…')],
    ['one longer than a piece among short ones', [...lines(9, 10), ...lines(1, 400 * KIB), ...lines(9, 10)]],
    ['a long one after what fills pieces', [...lines(300, KIB), ...lines(2, 400 * KIB), ...lines(9, 10)]],
  ])('come out as they went in: %s', async (_, written) => {
    const member = new GzipLines();
    for (const line of written) await member.add(line);

    const packed = await member.end(TIME);

    expect(gunzipSync(packed).toString('utf8') === written.join('')).toBe(true);
    expect(memberTime(packed)).toEqual(new Date('2026-11-18T12:00:00Z'));
  });

  it.each([
    ['less than a piece at once', 80, false],
    ['more while other work goes on', 300, true],
  ])('are compressed: %s', async (_, kib, besideOthers) => {
    const member = new GzipLines();
    for (const line of lines(kib, KIB)) await member.add(line);
    let othersWorked = false;
    setImmediate(() => (othersWorked = true));

    await member.end(TIME);

    expect(othersWorked).toBe(besideOthers);
  });

  it('block their writer while more than two megabytes wait for the compressor', async () => {
    const member = new GzipLines();
    const line = `${'x'.repeat(50 * KIB)}\n`;
    let [written, waiting] = [0, undefined as Promise<unknown> | undefined];
    while (!waiting && written < 4096 * KIB) {
      waiting = member.add(line);
      written += line.length;
    }

    await waiting;

    expect(written).toBeGreaterThan(1536 * KIB);
    expect(written).toBeLessThan(2560 * KIB);
    expect(gunzipSync(await member.end(TIME))).toHaveLength(written);
  });
});
