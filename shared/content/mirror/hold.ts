import * as z from 'zod';
import { jsonBytes, parseJson } from '../../collect/state/state-file.ts';
import type { ObjectStore } from '../../collect/ports.ts';
import { holdKey, holdOfKey, holdReleaseKey, HOLDS_ROOT } from '../../contract/object-keys.ts';
import { ConfigurationError } from '../../errors.ts';
import { DaySchema } from '../../model/day.ts';
import { SourceNameSchema } from '../../model/slice.ts';

/** The version of this form. */
const FORM = 1;

/** The name of a hold: a part of its key. */
export const HoldNameSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);

const HoldSchema = z.object({
  form: z.literal(FORM),
  name: HoldNameSchema,
  at: z.iso.datetime(),
  by: z.string(),
  why: z.string().optional(),
  people: z.union([z.literal('all'), z.array(z.string()).min(1)]),
  from: DaySchema.optional(),
  to: DaySchema.optional(),
  source: SourceNameSchema.optional(),
});

const HoldReleaseSchema = z.object({
  form: z.literal(FORM),
  name: HoldNameSchema,
  at: z.iso.datetime(),
  by: z.string(),
  why: z.string().optional(),
});

/**
 * An operator's order to keep content in view: that of some people (addresses in lower case) and days (UTC, of the meeting or the
 * message), of one source or of all. Without a day it has no end on that side.
 */
export type Hold = z.output<typeof HoldSchema>;
export type HoldRelease = z.output<typeof HoldReleaseSchema>;

/** A hold, with its release if it is over. */
export interface RecordedHold {
  readonly hold: Hold;
  readonly release: HoldRelease | undefined;
}

/** Every hold by name, those that are over as well. Throws ConfigurationError for one that cannot be read: what it keeps is unknown. */
export const readHolds = async (store: ObjectStore): Promise<RecordedHold[]> => {
  const stored = await store.list(HOLDS_ROOT);
  const holds: RecordedHold[] = [];
  for (const { key } of stored) {
    const name = holdOfKey(key);
    if (name === undefined) continue;
    const hold = await readRecord(store, key, HoldSchema);
    if (hold) holds.push({ hold, release: await readRecord(store, holdReleaseKey(name), HoldReleaseSchema) });
  }
  return holds;
};

/** The holds of a source that are not over. Throws as `readHolds` does. */
export const readActiveHolds = async (store: ObjectStore, source: string): Promise<Hold[]> =>
  (await readHolds(store))
    .filter(({ hold, release }) => !release && (hold.source === undefined || hold.source === source))
    .map(({ hold }) => hold);

/** Writes a hold, once. A name is never used again: it would say two things. Throws ConfigurationError for a name that is taken. */
export const addHold = async (store: ObjectStore, hold: Omit<Hold, 'form'>): Promise<void> => {
  const key = holdKey(hold.name);
  if (await create(store, key, { form: FORM, ...hold })) return;
  throw new ConfigurationError(
    'usage',
    `There is a hold "${hold.name}" already, and a hold is never changed. Use another name, or see hold list.`,
  );
};

/** Ends a hold by a further record. Returns false if it was over. Throws ConfigurationError if there is none of this name. */
export const releaseHold = async (
  store: ObjectStore,
  release: Omit<HoldRelease, 'form'>,
): Promise<boolean> => {
  if (!(await store.read(holdKey(release.name)))) {
    throw new ConfigurationError('usage', `There is no hold "${release.name}". See hold list.`);
  }
  return create(store, holdReleaseKey(release.name), { form: FORM, ...release });
};

/** Whether the record is ours: written now, or by an attempt whose response was lost. */
const create = async (store: ObjectStore, key: string, record: object): Promise<boolean> => {
  const body = jsonBytes(record);
  return (
    (await store.create(key, body, {})) !== undefined || ((await store.read(key))?.equals(body) ?? false)
  );
};

const readRecord = async <T>(
  store: ObjectStore,
  key: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> => {
  const bytes = await store.read(key);
  if (!bytes) return undefined;
  const record = parseJson(bytes, schema);
  if (record !== undefined) return record;
  throw new ConfigurationError(
    'damaged-object',
    `${key} cannot be read, so what the hold keeps is not known, and nothing is hidden. Restore it from a copy.`,
  );
};
