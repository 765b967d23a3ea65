import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { unpackLines } from '../../../../shared/collect/verify/verify-gzip.ts';
import { pack } from '../../../support/tampering.ts';

const AT = new Date('2026-11-18T12:00:00Z');
const packed = await pack(['{"n":1}', '"ü"'], AT);

/** An empty gzip member: eighteen bytes and the deflate form of no data. */
const nothing = gzipSync('');

describe('decompressing an object', () => {
  it('gives its lines and its time', async () => {
    expect(await unpackLines(packed)).toEqual({ lines: ['{"n":1}', '"ü"'], time: AT });
  });

  it('keeps a byte order mark', async () => {
    expect(await unpackLines(gzipSync('\ufeff{}\n'))).toMatchObject({ lines: ['\ufeff{}'] });
  });

  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), "it is not compressed in the collector's form"],
    ['half of a header', packed.subarray(0, 8), 'it cannot be decompressed'],
    ['a header alone', packed.subarray(0, 10), 'it cannot be decompressed'],
    [
      'plain text',
      Buffer.from('{"n":1}\n{"n":2}\n{"n":3}\n'),
      "it is not compressed in the collector's form",
    ],
    ...[0, 1, 2, 3].map((at): [string, Buffer, string] => [
      `another byte ${at} in the header`,
      Buffer.from(packed.with(at, (packed[at] ?? 0) ^ 1)),
      "it is not compressed in the collector's form",
    ]),
    [
      'a changed byte in the middle',
      Buffer.from(packed.with(14, (packed[14] ?? 0) ^ 16)),
      'it cannot be decompressed',
    ],
    ['a byte cut off', packed.subarray(0, -1), 'it cannot be decompressed'],
    ['a zero behind the end', Buffer.concat([packed, Buffer.alloc(1)]), 'data was added after its end'],
    [
      'bytes that zlib passes over, and a second trailer',
      Buffer.concat([packed, Buffer.from('\0hidden'), packed.subarray(-8)]),
      'data was added after its end',
    ],
    ['a member of nothing before it', Buffer.concat([nothing, packed]), 'data was added after its end'],
    ['a member of nothing behind it', Buffer.concat([packed, nothing]), 'data was added after its end'],
    ['itself once more', Buffer.concat([packed, packed]), 'data was added after its end'],
    ...[-8, -4].map((at): [string, Buffer, string] => [
      `another byte ${at} in the trailer`,
      Buffer.from(packed.with(at, (packed.at(at) ?? 0) ^ 1)),
      'it cannot be decompressed',
    ]),
    ['no UTF-8', gzipSync(Buffer.from([0x22, 0xff, 0x22, 0x0a])), 'it is not UTF-8'],
    ['a last line without an end', gzipSync('{}\n{}'), 'its last line is incomplete'],
    ['no line', nothing, 'it has no lines'],
  ])('refuses %s', async (_, bytes, problem) => {
    expect(await unpackLines(bytes)).toBe(problem);
  });

  it('refuses data that decompresses to more than our objects do', async () => {
    const bytes = gzipSync('0123456\n');

    expect(await unpackLines(bytes, 8)).toMatchObject({ lines: ['0123456'] });
    expect(await unpackLines(bytes, 7)).toBe('it cannot be decompressed');
  });
});
