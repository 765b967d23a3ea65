import * as z from 'zod';
import { healthStateKey } from '../contract/object-keys.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { readJson, writeJson } from '../collect/state/state-file.ts';
import type { AlarmRecord } from '../health/alarm-record.ts';

const InstantSchema = z.iso.datetime().transform((text) => new Date(text));

/** As stored: the names of fields are fixed, so that a new release reads what an older one wrote. */
const AlarmRecordSchema = z.object({
  state: z.enum(['OK', 'ALARM']),
  since: InstantSchema,
  cause: z.string().optional(),
  wellSince: InstantSchema.optional(),
  clearedAt: InstantSchema.optional(),
  flaps: z.boolean(),
});

const HealthRecordSchema = z.object({
  watchedSince: InstantSchema,
  /** By the alarm's name. */
  alarms: z.record(z.string(), AlarmRecordSchema),
  /** The audit lines of the last days that were posted. */
  posted: z.array(z.string()),
});

/** The state that a monitor run of a source stores for the next one. */
export interface HealthRecord {
  readonly watchedSince: Date;
  readonly alarms: Readonly<Record<string, AlarmRecord>>;
  readonly posted: readonly string[];
}

/** The record of a source; a new one if it was not monitored yet. */
export const readHealthRecord = async (
  store: ObjectStore,
  source: string,
  now: Date,
): Promise<HealthRecord> => {
  const read = await readJson(store, healthStateKey(source), HealthRecordSchema);
  if (!read) return { watchedSince: now, alarms: {}, posted: [] };
  const alarms = Object.entries(read.alarms).map(([name, alarm]): [string, AlarmRecord] => [
    name,
    {
      state: alarm.state,
      since: alarm.since,
      cause: alarm.cause,
      healthySince: alarm.wellSince,
      clearedAt: alarm.clearedAt,
      flaps: alarm.flaps,
    },
  ]);
  return { ...read, alarms: Object.fromEntries(alarms) };
};

export const writeHealthRecord = (store: ObjectStore, source: string, record: HealthRecord): Promise<void> =>
  writeJson(store, healthStateKey(source), {
    ...record,
    alarms: Object.fromEntries(
      Object.entries(record.alarms).map(([name, { healthySince, ...alarm }]) => [
        name,
        { ...alarm, wellSince: healthySince },
      ]),
    ),
  });
