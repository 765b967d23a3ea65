const ROLE_SETTINGS: ReadonlySet<string | undefined> = new Set([
  'role',
  'user role',
  'change role',
  'change user role',
]);
const LICENSE_SETTINGS: ReadonlySet<string | undefined> = new Set([
  'change type',
  'type',
  'user type',
  'license',
  'licenses',
  'license type',
  'change license',
]);
const LICENSES: ReadonlySet<string | undefined> = new Set(['basic', 'licensed', 'pro', 'on-prem', 'none']);

/** Whether a user's setting of this name is the role. */
export const isRoleSetting = (setting: string | undefined): boolean =>
  ROLE_SETTINGS.has(setting?.toLowerCase());

/** Whether a user's setting of this name is the license. */
export const isLicenseSetting = (setting: string | undefined): boolean =>
  LICENSE_SETTINGS.has(setting?.toLowerCase());

/** Whether it is a license that every account has. */
export const isKnownLicense = (value: string | undefined): boolean => LICENSES.has(value?.toLowerCase());
