const ROLE_SETTINGS: ReadonlySet<string> = new Set(['role', 'user role', 'change role', 'change user role']);
const LICENSE_SETTINGS: ReadonlySet<string> = new Set([
  'change type',
  'type',
  'user type',
  'license',
  'licenses',
  'license type',
  'change license',
]);
const LICENSES: ReadonlySet<string> = new Set(['basic', 'licensed', 'pro', 'on-prem', 'none']);

/** Whether a user's setting of this name is the role. */
export const isRoleSetting = (setting: string): boolean => ROLE_SETTINGS.has(setting.toLowerCase());

/** Whether a user's setting of this name is the license. */
export const isLicenseSetting = (setting: string): boolean => LICENSE_SETTINGS.has(setting.toLowerCase());

/** Whether it is a license that every account has. */
export const isKnownLicense = (value: string): boolean => LICENSES.has(value.toLowerCase());
