import { isClosedValue } from './closed-value.ts';
import { isEmail } from './email.ts';
import type { Change } from './operation-detail.ts';
import { listedAddresses } from './person.ts';
import { isKnownRole } from './role-names.ts';
import { isKnownLicense, isLicenseSetting, isRoleSetting } from './setting-names.ts';

/** Whether the new value of a change is not free text, so that it cannot imitate the item after it. */
export const isClosedChange = ({ setting, new_value }: Change): boolean =>
  isClosedFor(setting, new_value) || listedAddresses(new_value) !== undefined;

/** Whether no value of a change is free text, and it says what the setting was changed to. */
export const isWhollyClosed = (change: Change): boolean => {
  const { setting, kind, old_value, new_value } = change;
  if (kind === 'change') return isClosedFor(setting, old_value) && isClosedFor(setting, new_value);
  return kind === 'set' && isClosedFor(setting, new_value);
};

/** Roles and licenses are closed where the setting is one; the items of a batch have people for names. */
const isClosedFor = (setting: string | undefined, value: string | undefined): boolean => {
  if (isClosedValue(value)) return true;
  const isPerson = setting !== undefined && isEmail(setting);
  if ((isPerson || isRoleSetting(setting)) && isKnownRole(value)) return true;
  return (isPerson || isLicenseSetting(setting)) && isKnownLicense(value);
};
