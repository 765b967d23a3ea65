import { beforeEach, describe, expect, it } from '@jest/globals';
import { RAW } from '../../../../shared/collect/log/slice-log.ts';
import { objectKey } from '../../../../shared/contract/object-keys.ts';
import {
  type FoundRawObject,
  gapBefore,
  readLogStrictly,
  readLogStrictlyAs,
} from '../../../../shared/collect/verify/verify-log.ts';
import { aSlice } from '../../../support/builders/collector.ts';
import { MemoryStore } from '../../../support/doubles/memory-store.ts';
import { anOperation } from '../../../support/builders/rows.ts';
import { bytesOf, pack } from '../../../support/tampering.ts';

const slice = aSlice();
const keyOf = (sequence: number): string => objectKey('raw', slice, sequence);
const AT = new Date('2026-11-18T12:00:00Z');

const [a = '', b = '', c = ''] = [1, 2, 3].map((second) =>
  JSON.stringify(anOperation({ time: `2026-11-18T09:00:0${second}Z` })),
);

let store: MemoryStore;
beforeEach(() => {
  store = new MemoryStore();
});

const put = async (sequence: number, lines: readonly string[]): Promise<void> =>
  store.replace(keyOf(sequence), await pack(lines, AT));

const read = async (...sequences: number[]): Promise<FoundRawObject[]> => {
  const found: FoundRawObject[] = [];
  for await (const object of readLogStrictly(store, slice, sequences)) found.push(object);
  return found;
};

/** The differences of the first object with some lines: `kind line: message`. */
const recorded = async (lines: readonly string[]): Promise<string[]> => {
  await put(0, lines);
  const [object] = await read(0);
  return (object?.differences ?? []).map(({ kind, line, message }) => `${kind} ${line}: ${message}`);
};

describe('reading a log strictly', () => {
  it.each([
    ['raw', "Its projections can't be checked."],
    ['custody', 'Its lines are unknown.'],
  ] as const)('reports what a damaged object costs: %s', async (root, lost) => {
    const key = objectKey(root, slice, 0);
    await store.replace(key, Buffer.from('x'));
    const messages: string[] = [];
    for await (const { differences } of readLogStrictlyAs({ ...RAW, root }, store, slice, [0])) {
      messages.push(...differences.map((difference) => `${difference.key} ${difference.message}`));
    }

    expect(messages).toEqual([
      `${key} The ${root} object is damaged: it is not compressed in the collector's form. ${lost}`,
    ]);
  });

  it('gives its objects with their rows, each with its occurrence in the log', async () => {
    await put(0, [a, a, b]);
    await put(1, [a, c]);

    const found = await read(0, 1);

    expect(found.map(({ key, sequence }) => [key, sequence])).toEqual([
      [keyOf(0), 0],
      [keyOf(1), 1],
    ]);
    expect(found.flatMap(({ differences }) => differences)).toEqual([]);
    expect(found.map(({ logged }) => logged?.rows.map(({ json, occurrence }) => [json, occurrence]))).toEqual(
      [
        [
          [a, 0],
          [a, 1],
          [b, 0],
        ],
        [
          [a, 2],
          [c, 0],
        ],
      ],
    );
    const bytes = await bytesOf(store, keyOf(1));
    expect(found[1]).toMatchObject({ bytes, logged: { sequence: 1, commitTime: AT, bytes: bytes.length } });
  });

  it.each<[string, readonly string[], string[]]>([
    ['rows in their order, twins and rows without a time included', ['null', a, b, b], []],
    ['a line that is no JSON', [a, '{', b], ['damaged-object 2: The line is not JSON.']],
    ['a line that is no JSON at its end', [a, `${b},`], ['damaged-object 2: The line is not JSON.']],
    [
      'a line of 100,000 brackets',
      [a, '['.repeat(100_000) + ']'.repeat(100_000), b],
      ['damaged-object 2: The line is nested over 100 deep.'],
    ],
    ['numbers as Zoom wrote them', [a, b.replace('}', ',"n":[1.0,-0,1e400,12345678901234567890]}')], []],
    ['a name that stands twice', [a, b.replace('}', ',"n":1,"n":2}')], []],
    [
      'a row in another notation',
      [a, b.replace(':', ': ')],
      ["line-changed 2: The row is not in the collector's form: it was edited."],
    ],
    [
      'two rows swapped',
      [b, a],
      ['line-moved 2: Rows must be in order of time, but this one is after a later one: lines were swapped.'],
    ],
    [
      'two rows of one second swapped',
      [anOperation({ action: 'Update' }), anOperation({ action: 'Add' })].map((row) => JSON.stringify(row)),
      ['line-moved 2: Rows must be in order of time, but this one is after a later one: lines were swapped.'],
    ],
  ])('reports %s', async (_, lines, expected) => {
    expect(await recorded(lines)).toEqual(expected);
  });

  it('has the other rows of an object with a damaged line, and all of one that was only edited', async () => {
    await put(0, ['{', a]);
    await put(1, [b, a]);

    const [damaged, edited] = await read(0, 1);

    expect(damaged).toMatchObject({ logged: { rows: [{ json: a }] }, lines: [2], damagedLines: 1 });
    expect(edited).toMatchObject({ lines: [1, 2], damagedLines: 0 });
    expect(edited?.logged?.rows).toMatchObject([{ json: b }, { json: a, occurrence: 1 }]);
  });

  it.each<[string, Buffer | undefined, string]>([
    ['does not unpack', Buffer.from('x'), "it is not compressed in the collector's form"],
    ['went while it was read', undefined, "it is not compressed in the collector's form"],
  ])('describes the problem of an object that %s, and continues', async (_, bytes, problem) => {
    if (bytes) await store.replace(keyOf(0), bytes);
    await put(1, [a]);

    const [damaged, next] = await read(0, 1);

    expect(damaged).toEqual({
      key: keyOf(0),
      sequence: 0,
      bytes: bytes ?? Buffer.alloc(0),
      logged: undefined,
      lines: [],
      damagedLines: 0,
      differences: [
        {
          kind: 'damaged-object',
          key: keyOf(0),
          message: `The raw object is damaged: ${problem}. Its projections can't be checked.`,
        },
      ],
    });
    expect(next).toMatchObject({ logged: { rows: [{ json: a }] }, differences: [] });
  });

  it('names the first missing object of a gap, and continues after it', async () => {
    await put(1, [a]);
    await put(2, [b]);
    await put(5, [c]);

    const found = await read(1, 2, 5);

    expect(found.map(({ differences }) => differences)).toEqual([
      [gapBefore(1, 0, keyOf)],
      [],
      [gapBefore(5, 3, keyOf)],
    ]);
    expect(found.every(({ logged }) => logged?.rows.length === 1)).toBe(true);
  });

  it.each([
    [1, 0, 'It is missing, although 1 exists: it was removed, or the later one was added by hand.'],
    [
      5,
      3,
      'It is missing, and so is the next one, although 5 exists: it was removed, or the later one was added by hand.',
    ],
    [
      9,
      3,
      'It is missing, and so are the next 5, although 9 exists: it was removed, or the later one was added by hand.',
    ],
  ])('reports the size of a gap: before %d, where %d was expected', (sequence, next, message) => {
    expect(gapBefore(sequence, next, String)).toEqual({ kind: 'sequence-gap', key: String(next), message });
  });
});
