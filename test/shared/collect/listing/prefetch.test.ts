import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { prefetch } from '../../../../shared/collect/listing/prefetch.ts';

/** A source of three items, of which the last may fail; what happened to it. */
const aSource = (fails = false) => {
  const happened: string[] = [];
  const items = async function* () {
    try {
      for (const item of [1, 2, 3]) {
        happened.push(`asked for ${item}`);
        await setImmediate();
        if (fails && item === 3) throw new Error('no third');
        yield item;
      }
    } finally {
      happened.push('stopped');
    }
  };
  return { happened, items: items() };
};

describe('prefetching', () => {
  it('requests the next item while the consumer processes this one', async () => {
    const { items, happened } = aSource();
    const seen: [number, number][] = [];
    for await (const item of prefetch(items)) seen.push([item, happened.length]);

    expect(seen).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
    expect(happened.at(-1)).toBe('stopped');
  });

  it('fails when the failed item is reached', async () => {
    const seen: number[] = [];
    const parsedRow = async (): Promise<void> => {
      for await (const item of prefetch(aSource(true).items)) seen.push(item);
    };

    await expect(parsedRow()).rejects.toThrow('no third');
    expect(seen).toEqual([1, 2]);
  });

  it('stops its source with its consumer, without reporting a failure in between', async () => {
    const unhandled: unknown[] = [];
    const hear = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', hear);
    const { items, happened } = aSource(true);

    for await (const item of prefetch(items)) {
      await setImmediate();
      await setImmediate();
      if (item === 2) break;
    }

    await setImmediate();
    process.off('unhandledRejection', hear);
    expect(unhandled).toEqual([]);
    expect(happened).toEqual(['asked for 1', 'asked for 2', 'asked for 3', 'stopped']);
  });

  it('stops its source before the end', async () => {
    const { items, happened } = aSource();

    for await (const item of prefetch(items)) if (item === 1) break;

    expect(happened).toEqual(['asked for 1', 'asked for 2', 'stopped']);
  });

  it('needs only the next item of a source', async () => {
    let left = 2;
    const items: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve(left > 0 ? { value: left-- } : { done: true, value: undefined }),
      }),
    };

    const seen: number[] = [];
    for await (const item of prefetch(items)) seen.push(item);
    expect(seen).toEqual([2, 1]);
  });
});
