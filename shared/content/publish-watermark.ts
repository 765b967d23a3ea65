import {
  readWatermark,
  streamWatermark,
  type Watermark,
  writeWatermark,
} from '../collect/ledger/watermark.ts';
import type { Clock, ObjectStore } from '../collect/ports.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import { readContentStates } from './slice-states.ts';

/** What a run knows about the streams that it collected. */
export interface WatermarkSubject {
  readonly store: ObjectStore;
  readonly source: string;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Publishes up to which day the streams of a run are complete, beside the claims about all other streams. `readToday` has the
 * streams whose newest rows were requested with success by the run that began at `beganAt`.
 */
export const publishContentWatermark = async (
  { store, source, clock }: WatermarkSubject,
  streams: readonly ContentStreamName[],
  readToday: ReadonlySet<ContentStreamName>,
  beganAt: Date,
): Promise<void> => {
  const claims: Watermark['streams'] = {};
  const earlier = (await readWatermark(store, source))?.streams;
  for (const stream of streams) {
    const states = await readContentStates(store, source, stream);
    if (states.size === 0) continue;
    const bestEffort = readToday.has(stream) ? beganAt.toISOString() : earlier?.[stream]?.best_effort_up_to;
    claims[stream] = streamWatermark(states, undefined, bestEffort);
  }
  if (Object.keys(claims).length === 0) return;
  // Read again: a run of the logs may have published meanwhile.
  const others = (await readWatermark(store, source))?.streams;
  await writeWatermark(store, source, { ...others, ...claims }, clock.now());
};
