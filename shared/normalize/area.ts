/** The part of the account that an event is about, so that "changes to billing" is one filter. */
export const AREAS = [
  'account_settings',
  'group_settings',
  'role',
  'license',
  'billing',
  'sso',
  'user',
  'group',
  'sign_in',
  'content',
  'other',
] as const;
export type Area = (typeof AREAS)[number];
