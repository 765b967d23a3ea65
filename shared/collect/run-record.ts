import * as z from 'zod';
import { CONTENT_STREAM_NAMES } from '../model/content-stream.ts';
import { STREAM_NAMES } from '../model/stream.ts';
import { type RunKind, runRecordKey } from '../contract/object-keys.ts';
import type { ObjectStore } from './ports.ts';
import { readJson, writeJson } from './state/state-file.ts';

const RunRecordSchema = z.object({
  /** What runs: `collect` or `poll`. */
  run: z.enum(['collect', 'poll']),
  streams: z.array(z.enum([...STREAM_NAMES, ...CONTENT_STREAM_NAMES])),
  beganAt: z.iso.datetime(),
  /** Missing while it runs, and if it was killed or its end could not be stored. */
  endedAt: z.iso.datetime().optional(),
  /** Where it runs: distinguishes a running one from a killed one. */
  host: z.string(),
  pid: z.int(),
});

/**
 * A run on a machine, kept from its beginning. A run that is killed, or that finds the disk full, cannot record
 * its end: the record of its beginning shows it.
 */
export type RunRecord = z.infer<typeof RunRecordSchema>;

export const readRunRecord = (
  store: ObjectStore,
  source: string,
  kind: RunKind = 'log',
): Promise<RunRecord | undefined> => readJson(store, runRecordKey(source, kind), RunRecordSchema);

export const writeRunRecord = (
  store: ObjectStore,
  source: string,
  record: RunRecord,
  kind: RunKind = 'log',
): Promise<void> => writeJson(store, runRecordKey(source, kind), record);
