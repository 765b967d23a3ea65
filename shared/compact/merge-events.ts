import { compareText } from '../model/raw-row.ts';
import type { FlatEvent } from '../normalize/index.ts';

/** The ordered events of one object, in pieces. */
export type EventPieces = AsyncIterator<readonly FlatEvent[]>;

/**
 * Merges the events of several objects, each ordered by time and id, into one list of that order. It keeps at most one piece
 * of each object in memory. Objects rarely overlap, so it takes events from one until the next has an earlier one.
 */
export async function* mergeEvents(
  objects: Iterable<EventPieces>,
): AsyncGenerator<FlatEvent, void, undefined> {
  const waiting: Source[] = [];
  for (const object of objects) {
    const source = new Source(object);
    if (await source.advance()) insert(waiting, source);
  }
  for (let first = waiting.shift(); first; first = waiting.shift()) {
    const [next] = waiting;
    let more: boolean;
    do {
      yield first.head;
      more = first.step() || (await first.advance());
    } while (more && (!next || first.place <= next.place));
    if (more) insert(waiting, first);
  }
}

/** The read position in an object. */
class Source {
  readonly #pieces: EventPieces;
  #piece: readonly FlatEvent[] = [];
  #index = 0;
  /** The sort key of its next event. */
  place = '';

  constructor(pieces: EventPieces) {
    this.#pieces = pieces;
  }

  get head(): FlatEvent {
    const event = this.#piece[this.#index];
    if (!event) throw new RangeError('the object is at its end');
    return event;
  }

  /** Moves to the next event of the current piece; false if there is none. */
  step(): boolean {
    this.#index += 1;
    const event = this.#piece[this.#index];
    if (event) this.place = positionOf(event);
    return event !== undefined;
  }

  /** Moves to the first event of the next piece that has one; false at the end. */
  async advance(): Promise<boolean> {
    const next = await this.#pieces.next();
    if (next.done === true) return false;
    this.#piece = next.value;
    this.#index = -1;
    return this.step() || this.advance();
  }
}

const positionOf = ({ event_time, event_id }: FlatEvent): string => `${event_time} ${event_id}`;

/** Inserts a source so that the list stays ordered by the next event. */
const insert = (waiting: Source[], source: Source): void => {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareText(waiting[middle]?.place ?? '', source.place) <= 0) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, source);
};
