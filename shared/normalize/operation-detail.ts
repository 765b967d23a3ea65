import * as z from 'zod';

/** The change of a setting, from an item of a detail. */
export const ChangeSchema = z.strictObject({
  /** Absent if the item could not be parsed. */
  setting: z.string().min(1).optional(),
  kind: z.enum(['change', 'set', 'value', 'ambiguous', 'text']),
  old_value: z.string().min(1).optional(),
  new_value: z.string().min(1).optional(),
  locked: z.boolean().optional(),
  text: z.string().min(1).optional(),
});
export type Change = z.infer<typeof ChangeSchema>;

/** The target of an operation. */
export const TargetSchema = z.strictObject({
  type: z.enum(['user', 'group', 'role']),
  name: z.string().min(1),
  email: z.string().optional(),
});
export type Target = z.infer<typeof TargetSchema>;

/** The verbs that a head can begin with. */
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

/** How reliable a parsed detail is. Users write parts of these texts: only `full` results may decide anything. */
export const DETAIL_STATUSES = ['full', 'likely', 'partial', 'none'] as const;
export type DetailStatus = (typeof DETAIL_STATUSES)[number];

/** What could be parsed from an `operation_detail`. Events always contain the text verbatim as well. */
export const OperationDetailSchema = z.strictObject({
  status: z.enum(DETAIL_STATUSES),
  verb: z.enum(HEAD_VERBS).optional(),
  target: TargetSchema.optional(),
  section: z.string().min(1).optional(),
  changes: z.array(ChangeSchema).min(1).optional(),
});
export type OperationDetail = z.infer<typeof OperationDetailSchema>;
