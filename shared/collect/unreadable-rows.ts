import { addDays, type Day, dayOf } from '../model/day.ts';
import { isFewRejected } from '../model/few-rejected.ts';
import type { SliceState } from './state/slice-state.ts';

/** Older rows are not significant for the current state of the stream. */
const LOOK_BACK_DAYS = 28;

/** Rejected rows that arrived after the last readable row. */
export interface UnreadableRows {
  readonly rows: number;
  /** The first and the last day that Zoom lists them under. */
  readonly from: Day;
  readonly to: Day;
  /** When the first of them was found. */
  readonly since: Date;
  /** Whether they are a small share of the rows of their days and of the day before. */
  readonly isFew: boolean;
}

/** The unreadable rows at the end of a stream; undefined if the newest rows could be read, or there are none. */
export const unreadableRows = (
  states: ReadonlyMap<Day, Pick<SliceState, 'rows' | 'rejected' | 'unreadable' | 'openedAt'>>,
  now: Date,
): UnreadableRows | undefined => {
  const oldest = addDays(dayOf(now), -LOOK_BACK_DAYS);
  const days = [...states]
    .filter(([day, { rows }]) => rows > 0 && day >= oldest)
    .sort(([a], [b]) => (a < b ? 1 : -1));
  const found: { day: Day; rows: number; since: string }[] = [];
  for (const [day, state] of days) {
    const unreadable = state.unreadable ?? ofOlderState(state);
    if (!unreadable) break;
    found.push({ day, ...unreadable });
    if (unreadable.rows < state.rows) break;
  }
  const [last, first] = [found[0], found.at(-1)];
  if (!last || !first) return undefined;

  const rows = found.reduce((sum, day) => sum + day.rows, 0);
  const all = days.slice(0, found.length + 1).reduce((sum, [, day]) => sum + day.rows, 0);
  const since = found.map((day) => day.since).reduce((a, b) => (a < b ? a : b));
  return { rows, from: first.day, to: last.day, since: new Date(since), isFew: isFewRejected(rows, all) };
};

/** States from before this was stored only show days without any readable row. */
const ofOlderState = ({
  rows,
  rejected,
  openedAt,
}: Pick<SliceState, 'rows' | 'rejected' | 'openedAt'>): SliceState['unreadable'] =>
  rejected === rows ? { rows, since: openedAt } : undefined;
