import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { decodeRawObject, encodeRawObject } from '../../../../shared/collect/log/raw-object.ts';
import { CorruptObjectError } from '../../../../shared/errors.ts';
import { toListedRow } from '../../../../shared/model/listed-row.ts';

const KEY = 'raw/operation/source=acme/dt=2026-11-18/operation_2026-11-18_000000.json.gz';

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('a raw object', () => {
  it('is read back as it was written, with the second of its commit', async () => {
    const rows = [{ time: '2026-11-18T09:00:00Z', detail: 'a\nb' }, null, 'no row'];

    const bytes = await encodeRawObject(
      rows.map((row) => ({ json: JSON.stringify(row) })),
      new Date('2026-11-18T12:00:00.900Z'),
    );

    expect(await decodeRawObject(KEY, bytes)).toEqual({
      rows: rows.map(toListedRow),
      commitTime: new Date('2026-11-18T12:00:00Z'),
    });
  });

  it.each([
    ['it cannot be decompressed', Buffer.from('x'), true],
    ['its last line is incomplete', gzipSync('{}\n{}'), false],
    ['line 2 is not JSON', gzipSync('{}\nx\n{}\n'), false],
    ['line 3 is nested over 100 deep', gzipSync(`{}\n{}\n${nested(101)}\n`), false],
  ])('that is damaged is named, and why: %s', async (why, bytes, hasCause) => {
    const error: unknown = await decodeRawObject(KEY, bytes).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(CorruptObjectError);
    expect(error).toMatchObject({
      key: KEY,
      message: expect.stringContaining(`${KEY} is damaged: ${why}. `),
    });
    expect((error as Error).cause !== undefined).toBe(hasCause);
  });
});
