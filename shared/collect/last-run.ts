import * as z from 'zod';
import { lastRunKey } from './object-keys.ts';
import type { ObjectStore } from './ports.ts';
import type { StreamName } from '../model/stream.ts';
import type { RunReport } from './collect-slices.ts';
import { readJson, writeJson } from './state-file.ts';

const LastRunSchema = z.object({
  /** What ran: `collect` or `poll`. */
  run: z.string(),
  endedAt: z.iso.datetime(),
  delivered: z.int(),
  /** Slices brought to their end, and not. */
  slices: z.int(),
  missing: z.int(),
  /** The first failure of this run. */
  error: z.object({ day: z.string(), reason: z.string(), message: z.string() }).optional(),
});

/** How the last run of a stream ended. */
export type LastRun = z.infer<typeof LastRunSchema>;

export const readLastRun = (
  store: ObjectStore,
  source: string,
  stream: StreamName,
): Promise<LastRun | undefined> => readJson(store, lastRunKey({ source, stream }), LastRunSchema);

/** Keeps how a run ended for one stream. */
export const writeLastRun = async (
  store: ObjectStore,
  source: string,
  stream: StreamName,
  run: string,
  { outcomes, missing }: RunReport,
  endedAt: Date,
): Promise<void> => {
  const done = outcomes.filter(({ slice }) => slice.stream === stream);
  const failed = missing.filter(({ slice }) => slice.stream === stream);
  if (done.length + failed.length === 0) return;
  const [first] = failed;
  const record: LastRun = {
    run,
    endedAt: endedAt.toISOString(),
    delivered: done.reduce((sum, { delivered }) => sum + delivered, 0),
    slices: done.length,
    missing: failed.length,
    error: first && { day: first.slice.day, reason: first.reason, message: first.message },
  };
  await writeJson(store, lastRunKey({ source, stream }), record);
};
