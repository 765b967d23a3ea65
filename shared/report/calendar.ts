import type { LedgeredState } from '../collect/ledger/watermark.ts';
import { readSliceStatesCached } from '../collect/state/slice-states.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { readContentStates } from '../content/slice-states.ts';
import { isContentStream } from '../model/content-stream.ts';
import { type Day, daysBetween } from '../model/day.ts';
import type { AnyStreamName } from '../model/stream.ts';
import type { Period } from './period.ts';

/**
 * How complete a day of a stream is. `confirmed`: closed, and a later listing found no more rows. `closed`: read whole after its
 * lookback. `open`: more rows may come. `gap`: Zoom deleted it before it was read whole. `none`: never listed.
 */
export const DAY_STATES = ['confirmed', 'closed', 'open', 'gap', 'none'] as const;
export type DayState = (typeof DAY_STATES)[number];

/** The days of a period of one stream of one source. */
export interface StreamCalendar {
  readonly source: string;
  readonly stream: AnyStreamName;
  readonly days: readonly { readonly day: Day; readonly state: DayState }[];
}

/** Whether a day was read whole. */
export const isComplete = (state: DayState): boolean => state === 'confirmed' || state === 'closed';

/** The state of a day. A log that has more rows than its ledger entry is open again. */
export const dayStateOf = (slice: LedgeredState | undefined): DayState => {
  if (!slice) return 'none';
  const { ledger, rows } = slice;
  if (ledger?.verdict === 'gap') return 'gap';
  if (!ledger || rows > ledger.rows) return 'open';
  return ledger.confirmedAt === undefined ? 'closed' : 'confirmed';
};

/** Reads how complete each day of a period is. */
export const readCalendar = (
  store: ObjectStore,
  streams: readonly Pick<StreamCalendar, 'source' | 'stream'>[],
  period: Period,
): Promise<StreamCalendar[]> =>
  Promise.all(
    streams.map(async ({ source, stream }) => {
      const slices: ReadonlyMap<Day, LedgeredState> = isContentStream(stream)
        ? await readContentStates(store, source, stream)
        : await readSliceStatesCached(store, source, stream);
      const days = daysBetween(period.from, period.to);
      return { source, stream, days: days.map((day) => ({ day, state: dayStateOf(slices.get(day)) })) };
    }),
  );
