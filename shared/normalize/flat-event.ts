import * as z from 'zod';
import { STREAM_NAMES, type StreamName } from '../model/stream.ts';
import { AREAS } from './area.ts';
import { MAPPING_VERSION, SCHEMA_VERSION } from './format.ts';
import { CONTROLS, OperationDetailSchema, TargetSchema } from './operation-detail.ts';

const text = z.string().min(1);
const texts = z.array(text).min(1);
const controls = z.array(z.enum(CONTROLS)).min(1);

/** The fields that we add to a row. An empty attribute is absent. */
export const EnvelopeSchema = z.strictObject({
  event_id: z.uuid(),
  schema_version: z.literal(SCHEMA_VERSION),
  mapping_version: z.literal(MAPPING_VERSION),
  event_time: z.iso.datetime({ precision: 3 }),
  ingest_time: z.iso.datetime({ precision: 3 }),
  stream: z.enum(STREAM_NAMES as [StreamName, ...StreamName[]]),
  log_type: text,
  event_type: text,
  area: z.enum(AREAS),
  account_id: text,
  category: text.optional(),
  verb: z.enum(['create', 'read', 'update', 'delete', 'other']).optional(),
  actor_email: text.optional(),
  actor_name: text.optional(),
  target_type: TargetSchema.shape.type.optional(),
  target_name: text.optional(),
  target_email: text.optional(),
  /** The addresses of everyone the operation was about, in lower case. */
  target_emails: texts.optional(),
  controls: controls.optional(),
  weakened: controls.optional(),
  unlocked: controls.optional(),
  detail: OperationDetailSchema.optional(),
  any_emails: texts.optional(),
  any_ip_addresses: texts.optional(),
  any_usernames: texts.optional(),
  any_domain_names: texts.optional(),
});
export type Envelope = z.infer<typeof EnvelopeSchema>;

const ENVELOPE_FIELDS: ReadonlySet<string> = new Set(Object.keys(EnvelopeSchema.shape));

/** Whether a field's name is one of ours. */
export const isEnvelopeField = (name: string): name is keyof Envelope => ENVELOPE_FIELDS.has(name);

/**
 * A row's own fields under their own names, and our envelope. `_row` contains the fields of the row that readers could not
 * have at the top, and those with a name of ours: the envelope is always ours.
 */
export const FlatEventSchema = EnvelopeSchema.extend({
  _row: z.record(z.string(), z.unknown()).optional(),
}).loose();
export type FlatEvent = z.infer<typeof FlatEventSchema>;
