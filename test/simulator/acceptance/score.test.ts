import { gzipSync } from 'node:zlib';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { filesIn, linesOf } from '../../../simulator/acceptance/delivered-lines.ts';
import { keyOf } from '../../../simulator/acceptance/identity.ts';
import { score } from '../../../simulator/acceptance/score.ts';
import { anOperation } from '../../support/builders/rows.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const row = (n: number) => anOperation({ operation_detail: `setting ${n}` });
const key = (n: number) => keyOf('operation', row(n));
const line = (n: number) => JSON.stringify(row(n));

describe('a score', () => {
  it('counts each twin, and an additional copy as repeated', async () => {
    const shown = [key(1), key(1), key(2), key(3)];

    const { differences, ...tally } = await score(shown, [line(1), line(2), line(2), line(9), 'oops']);

    expect(tally).toEqual({ reported: 4, delivered: 3, lost: 2, repeated: 1, invented: 1, otherLines: 1 });
    expect(differences).toEqual({ lost: [key(1), key(3)], repeated: [key(2)], invented: [line(9)] });
  });

  it('is consistent for any shown and delivered rows in any order', async () => {
    const few = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(few, few, async (shown, delivered) => {
        const tally = await score(shown.map(key), delivered.map(line));
        const backwards = await score(shown.map(key).reverse(), delivered.map(line).reverse());

        expect(tally.reported - tally.lost).toBe(tally.delivered - tally.repeated);
        expect(tally.delivered + tally.invented).toBe(delivered.length);
        expect({ ...backwards, differences: 0 }).toEqual({ ...tally, differences: 0 });
      }),
    );
  });
});

describe('delivered lines', () => {
  it('come from every file, gzipped or not, and from a truncated file up to the damage', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    writeFileSync(join(folder, 'a.jsonl'), 'one\n\n  \ntwo\u2028too');
    writeFileSync(
      join(folder, 'deep/er/b.json.gz'),
      Buffer.concat([gzipSync('three\n'), gzipSync('four\n')]),
    );
    writeFileSync(join(folder, 'deep/c.gz'), gzipSync('five\n'.repeat(10)).subarray(0, 12));
    writeFileSync(join(folder, 'empty'), '');
    const damaged: string[] = [];

    const lines: string[] = [];
    for await (const one of linesOf(filesIn(folder), (file) => damaged.push(file))) lines.push(one);

    expect(lines).toEqual(['one', 'two\u2028too', 'three', 'four']);
    expect(damaged).toEqual([join(folder, 'deep/c.gz')]);
  });
});
