import * as z from 'zod';
import { addDays, type Day, DaySchema } from '../../model/day.ts';
import { CONTENT_STREAM_NAMES } from '../../model/content-stream.ts';
import { SourceNameSchema } from '../../model/slice.ts';
import { type AnyStreamName, STREAM_NAMES } from '../../model/stream.ts';
import { watermarkKey } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { readJson, writeJson } from '../state/state-file.ts';

const StreamWatermarkSchema = z.strictObject({
  /** The first day of the claims below. */
  complete_from: DaySchema.optional(),
  /** Every day to this one was read whole after its lookback, and again a week later without new rows. */
  complete_up_to: DaySchema.optional(),
  /** Every day to this one was read whole after its lookback, but is not confirmed yet. */
  closed_up_to: DaySchema.optional(),
  /** When the newest rows were last requested with success. */
  best_effort_up_to: z.iso.datetime().optional(),
  /** Days that Zoom had deleted before they could be read whole: the claims leave them out. */
  gaps: z.array(z.strictObject({ from: DaySchema, to: DaySchema })),
});
export type StreamWatermark = z.infer<typeof StreamWatermarkSchema>;

/** Streams of content have claims as well, once content was collected. */
const ALL: readonly AnyStreamName[] = [...STREAM_NAMES, ...CONTENT_STREAM_NAMES];

/** Up to when a source is complete: one small object, written by every run, so that its age is the heartbeat. */
export const WatermarkSchema = z.strictObject({
  source: SourceNameSchema,
  generated_at: z.iso.datetime(),
  streams: z
    .strictObject(
      Object.fromEntries(ALL.map((stream) => [stream, StreamWatermarkSchema])) as Record<
        AnyStreamName,
        typeof StreamWatermarkSchema
      >,
    )
    .partial(),
});
export type Watermark = z.infer<typeof WatermarkSchema>;

/** What claims need of the state of a slice, of a log or of content. */
export interface LedgeredState {
  /** Rows in the raw log. */
  readonly rows: number;
  /** The newest entry of the slice in the ledger. */
  readonly ledger?:
    | {
        readonly verdict: 'complete' | 'gap';
        readonly rows: number;
        readonly confirmedAt?: string | undefined;
      }
    | undefined;
}

/**
 * The claims about a stream that its ledger proves. They begin with `since`, its first day, and the days directly before it
 * without a hole; for a source that is not polled, with the last days without a hole.
 */
export const streamWatermark = (
  states: ReadonlyMap<Day, LedgeredState>,
  since: Day | undefined,
  bestEffort: string | undefined,
): StreamWatermark => {
  const closedDays = [...states].flatMap(([day, state]) => (isClosed(state) ? [day] : [])).sort();
  const anchor = since ?? closedDays.at(-1);
  if (anchor === undefined) return { ...bestEffortOf(bestEffort), gaps: [] };

  let from = anchor;
  while (isClosed(states.get(addDays(from, -1)))) from = addDays(from, -1);
  const reach = (holds: (state: LedgeredState | undefined) => boolean): Day | undefined => {
    let last: Day | undefined;
    for (let day = from; holds(states.get(day)); day = addDays(day, 1)) last = day;
    return last;
  };
  const closedUpTo = reach(isClosed);
  const completeUpTo = reach((state) => isClosed(state) && isFinal(state));
  return {
    ...(closedUpTo && { complete_from: from, closed_up_to: closedUpTo }),
    ...(completeUpTo && { complete_up_to: completeUpTo }),
    ...bestEffortOf(bestEffort),
    gaps: gapsIn(states),
  };
};

type ClosedState = LedgeredState & { readonly ledger: NonNullable<LedgeredState['ledger']> };

/** Whether the ledger has a day with all its rows. */
const isClosed = (state: LedgeredState | undefined): state is ClosedState =>
  state?.ledger !== undefined && state.rows <= state.ledger.rows;

/** Whether a closed day needs no more work: it is confirmed, or Zoom has deleted it. */
const isFinal = ({ ledger }: ClosedState): boolean =>
  ledger.verdict === 'gap' || ledger.confirmedAt !== undefined;

const bestEffortOf = (at: string | undefined): Partial<StreamWatermark> =>
  at === undefined ? {} : { best_effort_up_to: at };

const gapsIn = (states: ReadonlyMap<Day, LedgeredState>): { from: Day; to: Day }[] => {
  const gaps: { from: Day; to: Day }[] = [];
  for (const day of [...states.keys()].sort()) {
    if (states.get(day)?.ledger?.verdict !== 'gap') continue;
    const last = gaps.at(-1);
    if (last && addDays(last.to, 1) === day) last.to = day;
    else gaps.push({ from: day, to: day });
  }
  return gaps;
};

/** The watermark that the last run published; undefined before the first. */
export const readWatermark = (store: ObjectStore, source: string): Promise<Watermark | undefined> =>
  readJson(store, watermarkKey(source), WatermarkSchema);

export const writeWatermark = (
  store: ObjectStore,
  source: string,
  streams: Watermark['streams'],
  now: Date,
): Promise<void> =>
  writeJson(store, watermarkKey(source), { source, generated_at: now.toISOString(), streams });
