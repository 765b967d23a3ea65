/** What an operation can be about. */
export const TARGET_TYPES = [
  'user',
  'group',
  'role',
  'channel',
  'recording',
  'meeting',
  'webinar',
  'room',
  'account',
  'sub_account',
  'call_queue',
  'app',
  'domain',
] as const;
export type TargetType = (typeof TARGET_TYPES)[number];
