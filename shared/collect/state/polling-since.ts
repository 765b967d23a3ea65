import * as z from 'zod';
import { type Day, DaySchema } from '../../model/day.ts';
import { pollingKey } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import { readJson, writeJson } from './state-file.ts';

const PollingSchema = z.object({
  since: DaySchema,
  /** When every day from there on had been read whole for the first time. */
  filledAt: z.iso.datetime().optional(),
});

/** The first day that polling collects, and when all days from there on were complete. */
export type PollingSince = z.output<typeof PollingSchema>;

const read = (store: ObjectStore, source: string): Promise<PollingSince | undefined> =>
  readJson(store, pollingKey(source), PollingSchema);

/** The first day that polling collects; undefined if the source was never polled. */
export const readPollingSince = async (store: ObjectStore, source: string): Promise<Day | undefined> =>
  (await read(store, source))?.since;

/**
 * Fixes the first day that polling collects. The first run does, so that downtime doesn't move it; a later run that
 * requests an earlier one moves it back.
 */
export const pollingSince = async (
  store: ObjectStore,
  source: string,
  wanted: Day,
): Promise<PollingSince> => {
  const kept = await read(store, source);
  if (kept !== undefined && kept.since <= wanted) return kept;
  await writeJson(store, pollingKey(source), { since: wanted });
  return { since: wanted };
};

/** Records that every day since then has been read whole. */
export const markBackfilled = (store: ObjectStore, source: string, since: Day, now: Date): Promise<void> =>
  writeJson(store, pollingKey(source), { since, filledAt: now.toISOString() });
