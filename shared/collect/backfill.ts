import { type Day, dayOf, daysBetween, oldestDayKept } from '../model/day.ts';
import type { StreamName } from '../model/stream.ts';
import type { SliceState } from './state/slice-state.ts';

/** The progress of a stream's initial back-fill. */
export interface BackfillProgress {
  readonly stream: StreamName;
  readonly days: number;
  readonly events: number;
}

/**
 * The contents of a stream from its first day, if each day to today has been read whole at least once; undefined while one has
 * not. Days that Zoom has deleted meanwhile are not waited for: they are gaps.
 */
export const backfillProgress = (
  stream: StreamName,
  since: Day,
  states: ReadonlyMap<Day, SliceState>,
  now: Date,
): BackfillProgress | undefined => {
  const oldest = oldestDayKept(now);
  const read = daysBetween(since > oldest ? since : oldest, dayOf(now)).map((day) => states.get(day));
  if (!read.every((state) => state?.lastWhole)) return undefined;
  const events = read.reduce((sum, state) => sum + (state ? state.rows - state.rejected : 0), 0);
  return { stream, days: read.length, events };
};
