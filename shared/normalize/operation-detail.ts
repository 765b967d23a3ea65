import * as z from 'zod';
import { WORDS, type WordName } from './head-words.ts';
import { TARGET_TYPES } from './target-type.ts';

export type { TargetType } from './target-type.ts';

/** The protections and permissions that a setting can belong to. */
export const CONTROLS = [
  'mfa',
  'sso',
  'sign_in_method',
  'password',
  'session',
  'passcode',
  'waiting_room',
  'encryption',
  'recording_access',
  'retention',
  'app_approval',
  'remote_control',
  'chat',
  'network',
  'domain',
  'role',
  'license',
  'audit',
  'other',
] as const;
export type Control = (typeof CONTROLS)[number];

/** The effect of a change on security. `changed`: in no direction that the name and the values determine. */
export const DIRECTIONS = ['weakened', 'strengthened', 'unlocked', 'locked', 'changed'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The change of a setting, from an item of a detail. */
export const ChangeSchema = z.strictObject({
  /** Absent if the item could not be parsed. */
  setting: z.string().min(1).optional(),
  kind: z.enum(['change', 'set', 'value', 'ambiguous', 'text']),
  old_value: z.string().min(1).optional(),
  new_value: z.string().min(1).optional(),
  locked: z.boolean().optional(),
  text: z.string().min(1).optional(),
  /** Absent if the item could not be parsed. */
  control: z.enum(CONTROLS).optional(),
  /** Only in a detail with one possible reading. */
  direction: z.enum(DIRECTIONS).optional(),
});
export type Change = z.infer<typeof ChangeSchema>;

/** The target of an operation. */
export const TargetSchema = z.strictObject({
  type: z.enum(TARGET_TYPES),
  name: z.string().min(1),
  /** In lower case. */
  email: z.string().optional(),
});
export type Target = z.infer<typeof TargetSchema>;

/** Heads that name a setting of the people in the items: `Change Role  - ann@example.com: from A to B`. */
const SETTING_HEADS = ['Change Role', 'Change Type', 'Change License'] as const;

/** The verbs that a head can begin with. */
export const HEAD_VERBS = [...(Object.keys(WORDS) as WordName[]), ...SETTING_HEADS] as const;
export type HeadVerb = WordName | (typeof SETTING_HEADS)[number];

/** How reliable a parsed detail is. Users write parts of these texts: only `full` results may decide anything. */
export const DETAIL_STATUSES = ['full', 'likely', 'partial', 'none'] as const;
export type DetailStatus = (typeof DETAIL_STATUSES)[number];

/** What could be parsed from an `operation_detail`. Events always contain the text verbatim as well. */
export const OperationDetailSchema = z.strictObject({
  status: z.enum(DETAIL_STATUSES),
  verb: z.enum(HEAD_VERBS).optional(),
  target: TargetSchema.optional(),
  /** The group that a user entered or left. */
  group: z.string().min(1).optional(),
  section: z.string().min(1).optional(),
  /** The addresses that the items list, in lower case: members, or the users of a batch. */
  people: z.array(z.string().min(1)).min(1).optional(),
  changes: z.array(ChangeSchema).min(1).optional(),
});
export type OperationDetail = z.infer<typeof OperationDetailSchema>;
