import { compareText } from '../model/raw-row.ts';
import type { FlatEvent } from '../normalize/index.ts';

/** Events in the order of an object, in pieces. */
export type EventPieces = AsyncIterator<readonly FlatEvent[]>;

/**
 * The events of several objects as one list in the order that each of them has: by time, then by id. Of each object no more
 * than one piece is held. An object mostly begins where another ends, so a whole run is taken from one before the next.
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

/** An object as far as it has been read. */
class Source {
  readonly #pieces: EventPieces;
  #piece: readonly FlatEvent[] = [];
  #index = 0;
  /** Where its next event stands in the whole. */
  place = '';

  constructor(pieces: EventPieces) {
    this.#pieces = pieces;
  }

  get head(): FlatEvent {
    const event = this.#piece[this.#index];
    if (!event) throw new RangeError('the object is at its end');
    return event;
  }

  /** To the next event of the piece at hand. Whether there is one. */
  step(): boolean {
    this.#index += 1;
    const event = this.#piece[this.#index];
    if (event) this.place = positionOf(event);
    return event !== undefined;
  }

  /** To the first event of the next piece. Whether there is one. */
  async advance(): Promise<boolean> {
    const next = await this.#pieces.next();
    if (next.done === true) return false;
    this.#piece = next.value;
    this.#index = -1;
    return this.step() || this.advance();
  }
}

const positionOf = ({ event_time, event_id }: FlatEvent): string => `${event_time} ${event_id}`;

/** Puts a source where its next event belongs. */
const insert = (waiting: Source[], source: Source): void => {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareText(waiting[middle]?.place ?? '', source.place) <= 0) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, source);
};
