import { describe, expect, it } from '@jest/globals';
import { prepend } from '../../../../shared/collect/listing/prepend.ts';

/** Counts from 1, and reports when it was closed. */
const counting = (most: number) => {
  const recorded: string[] = [];
  async function* count() {
    try {
      for (let number = 1; number <= most; number += 1) {
        await Promise.resolve();
        yield number;
      }
    } finally {
      recorded.push('let go');
    }
  }
  return { steps: count(), recorded };
};

const listed = async (items: AsyncIterable<number>): Promise<number[]> => {
  const all: number[] = [];
  for await (const item of items) all.push(item);
  return all;
};

describe('an iteration whose first item was read', () => {
  it.each([
    [3, [1, 2, 3]],
    [1, [1]],
    [0, []],
  ])('of %d items has all of them', async (most, expected) => {
    const { steps, recorded } = counting(most);

    expect(await listed(prepend(await steps.next(), steps))).toEqual(expected);
    expect(recorded).toEqual(['let go']);
  });

  it('closes the rest when its reader stops', async () => {
    const { steps, recorded } = counting(3);

    for await (const number of prepend(await steps.next(), steps)) if (number === 2) break;

    expect(recorded).toEqual(['let go']);
  });

  it('works with an iterator without return()', async () => {
    let number = 1;
    const steps = { next: () => Promise.resolve({ done: number > 2, value: number++ }) };

    expect(await listed(prepend(await steps.next(), steps))).toEqual([1, 2]);
  });
});
