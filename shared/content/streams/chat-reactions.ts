import type { Day } from '../../model/day.ts';
import { withPlainNumbers } from '../../model/json-numbers.ts';
import { type RawRow, textAt, valueAt } from '../../model/raw-row.ts';
import { NO_REACTIONS, reactionState } from '../chat-rows.ts';

interface Seen {
  readonly state: string;
  readonly ordinal: number;
}

/**
 * The reactions of messages as last seen. They change without an edit, and may come back to what they were: each change has a number
 * of its own, so that it is a row of its own.
 */
export class ReactionHistory {
  readonly #rowsOf: (day: Day) => Promise<readonly RawRow[]>;
  readonly #days = new Map<Day, Promise<ReadonlyMap<string, Seen>>>();

  constructor(rowsOf: (day: Day) => Promise<readonly RawRow[]>) {
    this.#rowsOf = rowsOf;
  }

  /** The number of the change, 1 for the first; undefined if the reactions are those that were seen last. */
  async changeOf(day: Day, sessionId: string, message: RawRow): Promise<number | undefined> {
    const days = this.#days.get(day) ?? this.#rowsOf(day).then(lastSeen);
    this.#days.set(day, days);
    const seen = (await days).get(keyOf(sessionId, textAt(message, 'id')));
    return reactionState(message) === (seen?.state ?? NO_REACTIONS) ? undefined : (seen?.ordinal ?? 0) + 1;
  }
}

const keyOf = (sessionId: string, messageId: string): string => JSON.stringify([sessionId, messageId]);

const lastSeen = (rows: readonly RawRow[]): ReadonlyMap<string, Seen> => {
  const seen = new Map<string, Seen>();
  for (const row of rows) {
    if (valueAt(row, 'kind') !== 'reaction') continue;
    const key = keyOf(textAt(row, 'session_id'), textAt(row, 'message_id'));
    const ordinal = Number(withPlainNumbers(valueAt(row, 'ordinal')));
    if (ordinal > (seen.get(key)?.ordinal ?? 0)) seen.set(key, { state: reactionState(row), ordinal });
  }
  return seen;
};
