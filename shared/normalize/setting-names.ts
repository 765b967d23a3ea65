/** The setting of a user's role, in lower case. */
export const ROLE_SETTING = /^(?:change )?(?:user |admin )?(?:roles?|role\(s\)|role name)$/;
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

/**
 * Fields that people fill in, also after up to two words: "Job Title", "Meeting Topic". The value may look like the item of
 * a setting. The names of roles and domains are settings.
 */
const FREE_FIELD =
  /^(?!(?:\S+ )?(?:role|domain) name)(?:[^\s:]+ ){0,2}(?:topic|name|title|description|agenda|subject|note|comment|department|location|company|cost cent(?:er|re)|manager|pronouns|reason|bio|division|employee id|phone number)s?(?::|$)/;
const LONGEST_FIELD = 128;

/** Whether people fill in the value of a setting of this name. */
export const isFreeField = (setting: string | undefined): boolean =>
  setting !== undefined && FREE_FIELD.test(setting.slice(0, LONGEST_FIELD).toLowerCase());

/** Whether a user's setting of this name is the role. */
export const isRoleSetting = (setting: string | undefined): boolean =>
  setting !== undefined && ROLE_SETTING.test(setting.toLowerCase());

/** Whether a user's setting of this name is the license. */
export const isLicenseSetting = (setting: string | undefined): boolean =>
  LICENSE_SETTINGS.has(setting?.toLowerCase());

/** Whether it is a license that every account has. */
export const isKnownLicense = (value: string | undefined): boolean => LICENSES.has(value?.toLowerCase());
