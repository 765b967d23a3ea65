import * as z from 'zod';
import { healthKey } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { readJson, writeJson } from '../collect/state/state-file.ts';
import type { SourceAssessment } from '../health/assessment.ts';
import { VERDICTS } from '../health/verdict.ts';
import type { AlarmTransition } from './alarm-transitions.ts';

const PublishedHealthSchema = z.object({
  source: z.string(),
  generated_at: z.iso.datetime(),
  streams: z.array(
    z.object({
      stream: z.string(),
      verdict: z.enum(VERDICTS),
      since: z.iso.datetime().optional(),
      cause: z.string(),
      because: z.string(),
    }),
  ),
  alarms: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['OK', 'ALARM']),
      since: z.iso.datetime(),
      cause: z.string().optional(),
    }),
  ),
});

/** The health of a source from its last monitor run: one small object for readers, dashboards and `status`. */
export type PublishedHealth = z.infer<typeof PublishedHealthSchema>;

export const readHealth = (store: ObjectStore, source: string): Promise<PublishedHealth | undefined> =>
  readJson(store, healthKey(source), PublishedHealthSchema);

/** Publishes the findings of a monitor run. */
export const publishHealth = async (
  store: ObjectStore,
  { source, streams }: SourceAssessment,
  transitions: readonly AlarmTransition[],
  now: Date,
): Promise<void> => {
  const health: PublishedHealth = {
    source,
    generated_at: now.toISOString(),
    streams: streams.map(({ stream, verdict, since, cause, because: explanation }) => ({
      stream,
      verdict,
      ...(since && { since: since.toISOString() }),
      cause,
      because: explanation,
    })),
    alarms: transitions.map(({ name, record: { state, since, cause } }) => ({
      name,
      state,
      since: since.toISOString(),
      ...(cause !== undefined && { cause }),
    })),
  };
  await writeJson(store, healthKey(source), health);
};
