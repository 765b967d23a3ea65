import * as z from 'zod';

/** What an item of a detail says about a setting. */
export const ChangeSchema = z.strictObject({
  /** Absent where the item could not be taken apart. */
  setting: z.string().min(1).optional(),
  kind: z.enum(['change', 'set', 'value', 'ambiguous', 'text']),
  old_value: z.string().min(1).optional(),
  new_value: z.string().min(1).optional(),
  locked: z.boolean().optional(),
  text: z.string().min(1).optional(),
});
export type Change = z.infer<typeof ChangeSchema>;

/** Whom or what an operation was done to. */
export const TargetSchema = z.strictObject({
  type: z.enum(['user', 'group', 'role']),
  name: z.string().min(1),
  email: z.string().optional(),
});
export type Target = z.infer<typeof TargetSchema>;

/** The verbs a head begins with. */
export const HEAD_VERBS = [
  'Add',
  'Create',
  'Delete',
  'Remove',
  'Edit',
  'Update',
  'Activate',
  'Deactivate',
  'Change Role',
] as const;
export type HeadVerb = (typeof HEAD_VERBS)[number];

/** How sure a reading is. Users write into these texts: only `full` readings may decide anything. */
export const DETAIL_STATUSES = ['full', 'likely', 'partial', 'none'] as const;
export type DetailStatus = (typeof DETAIL_STATUSES)[number];

/** What could be read out of an `operation_detail`. The text itself always stands verbatim beside it. */
export const OperationDetailSchema = z.strictObject({
  status: z.enum(DETAIL_STATUSES),
  verb: z.enum(HEAD_VERBS).optional(),
  target: TargetSchema.optional(),
  section: z.string().min(1).optional(),
  changes: z.array(ChangeSchema).min(1).optional(),
});
export type OperationDetail = z.infer<typeof OperationDetailSchema>;
