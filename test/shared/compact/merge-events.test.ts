import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeEvents } from '../../../shared/compact/merge-events.ts';
import type { FlatEvent } from '../../../shared/normalize/index.ts';

const anEvent = (second: number, id: number): FlatEvent =>
  ({
    event_time: `2026-11-18T09:00:${String(second).padStart(2, '0')}.000Z`,
    event_id: `id-${String(id).padStart(6, '0')}`,
  }) as FlatEvent;

const positionOf = ({ event_time, event_id }: FlatEvent): string => `${event_time} ${event_id}`;
const inOrder = (events: readonly FlatEvent[]): FlatEvent[] =>
  [...events].sort((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1));

async function* piecesOf(events: readonly FlatEvent[], size: number): AsyncGenerator<FlatEvent[]> {
  for (let start = 0; start < events.length; start += size) {
    yield await Promise.resolve(events.slice(start, start + size));
  }
}

const merged = async (objects: readonly AsyncGenerator<FlatEvent[]>[]): Promise<FlatEvent[]> => {
  const events: FlatEvent[] = [];
  for await (const event of mergeEvents(objects)) events.push(event);
  return events;
};

describe('the events of several objects', () => {
  it('become one ordered list, with any distribution over objects and pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ second: fc.nat(59), object: fc.nat(5) }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        async (drawn, size) => {
          const events = drawn.map(({ second, object }, id) => ({ object, event: anEvent(second, id) }));
          const objects = [...Map.groupBy(events, ({ object }) => object).values()].map((of) =>
            piecesOf(inOrder(of.map(({ event }) => event)), size),
          );

          expect(await merged(objects)).toEqual(inOrder(events.map(({ event }) => event)));
        },
      ),
    );
  });

  it('are none for no objects, and for objects without events', async () => {
    expect(await merged([])).toEqual([]);
    expect(await merged([piecesOf([], 1)])).toEqual([]);
  });
});
