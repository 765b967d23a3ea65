import * as z from 'zod';
import { STREAM_NAMES, type StreamName } from '../model/stream.ts';
import { AREAS } from './area.ts';
import { SCHEMA_VERSION } from './mapping-version.ts';
import { OperationDetailSchema, TargetSchema } from './operation-detail.ts';

const text = z.string().min(1);
const texts = z.array(text).min(1);

/** What we add to a row. An attribute that would be empty is absent. */
export const EnvelopeSchema = z.strictObject({
  event_id: z.uuid(),
  schema_version: z.literal(SCHEMA_VERSION),
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

/** At the top a row may have put anything under a name of ours. */
const anything = z.unknown().optional();
const topShape = Object.fromEntries(Object.keys(EnvelopeSchema.shape).map((name) => [name, anything]));

/**
 * A row's own fields under their own names, and our envelope beside them. Where the row has a field of one of our
 * names, the row's stands at the top and ours in `_connector`, which is there (if need be empty) whenever that happens.
 * `_row` holds the few fields that readers could not have at the top.
 */
export const FlatEventSchema = z
  .looseObject({
    ...(topShape as Record<keyof Envelope, typeof anything>),
    _connector: EnvelopeSchema.partial().optional(),
    _row: z.record(z.string(), z.unknown()).optional(),
  })
  .superRefine((event, context) => {
    const { error } = EnvelopeSchema.safeParse(envelopeOf(event));
    for (const { message, path } of error?.issues ?? []) context.addIssue({ code: 'custom', message, path });
  });
export type FlatEvent = z.infer<typeof FlatEventSchema>;

/** Our part of an event. What the row may have put in an optional field's place is none of it. */
const envelopeOf = (
  event: Readonly<Record<string, unknown>> & { readonly _connector?: object | undefined },
): object => {
  const isOurs = (name: string): boolean =>
    isEnvelopeField(name) && !(event._connector && EnvelopeSchema.shape[name].safeParse(undefined).success);
  return {
    ...Object.fromEntries(Object.entries(event).filter(([name]) => isOurs(name))),
    ...event._connector,
  };
};
