import * as z from 'zod';
import { DaySchema } from '../model/day.ts';
import { SourceNameSchema } from '../model/slice.ts';
import { STREAM_NAMES, type StreamName } from '../model/stream.ts';
import { AUDIT_CODE_NAMES } from './audit-codes.ts';

/** One line of text; names from operators and Zoom are sanitized before (see sanitize-entry.ts). */
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, 'must be one line of legible text');

const ActorSchema = z.strictObject({
  /** `operator`: at the command line. `administrator`: of the Zoom account, in the browser. `collector`: by itself. */
  kind: z.enum(['operator', 'administrator', 'collector']),
  name: text(100).optional(),
});
export type AuditActor = z.output<typeof ActorSchema>;

/** Values of any kind that a table can show, under names that every reader of JSON lines can use as a column. */
const DetailsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower-case letters, digits and underscores'),
  z.union([text(1000), z.number(), z.boolean()]),
);
export type AuditDetails = z.output<typeof DetailsSchema>;

/** One action or finding of the collector: who, what, when. It never contains a secret. */
export const AuditEntrySchema = z.strictObject({
  at: z.iso.datetime({ precision: 3 }),
  code: z.enum(AUDIT_CODE_NAMES),
  source: SourceNameSchema,
  actor: ActorSchema,
  stream: z.enum(STREAM_NAMES as [StreamName, ...StreamName[]]).optional(),
  /** The day that it is about, or the first and the last. */
  day: DaySchema.optional(),
  from: DaySchema.optional(),
  to: DaySchema.optional(),
  /** One plain sentence. */
  summary: text(1000),
  details: DetailsSchema.optional(),
});
export type AuditEntry = z.output<typeof AuditEntrySchema>;

/** An entry as it is read: codes and fields of a later release are accepted. */
export const AuditLineSchema = z.object({
  ...AuditEntrySchema.shape,
  code: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
});
export type AuditLine = z.output<typeof AuditLineSchema>;

/** The collector by itself. */
export const COLLECTOR: AuditActor = { kind: 'collector' };
