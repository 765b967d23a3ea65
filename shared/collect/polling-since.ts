import * as z from 'zod';
import { type Day, DaySchema } from '../model/day.ts';
import { pollingKey } from './object-keys.ts';
import type { ObjectStore } from './ports.ts';
import { readJson, writeJson } from './state-file.ts';

const PollingSchema = z.object({ since: DaySchema });

/** The first day that polling is to bring; undefined if the source was never polled. */
export const readPollingSince = async (store: ObjectStore, source: string): Promise<Day | undefined> =>
  (await readJson(store, pollingKey(source), PollingSchema))?.since;

/**
 * Fixes the first day that polling is to bring. The first run does, so that downtime doesn't move it; a later run that asks
 * for an earlier one moves it back.
 */
export const pollingSince = async (store: ObjectStore, source: string, wanted: Day): Promise<Day> => {
  const kept = await readPollingSince(store, source);
  if (kept !== undefined && kept <= wanted) return kept;
  await writeJson(store, pollingKey(source), { since: wanted });
  return wanted;
};
