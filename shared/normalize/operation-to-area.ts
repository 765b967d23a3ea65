import type { Area } from './area.ts';
import type { OperationDetail } from './operation-detail.ts';
import { singleChange } from './single-change.ts';

/** Which area a category stands for, unless its detail says better. Zoom's display names, in lower case. */
const CATEGORIES: ReadonlyMap<string, Area> = new Map<string, Area>([
  ['account', 'account_settings'],
  ['account management', 'account_settings'],
  ['account profile', 'account_settings'],
  ['account settings', 'account_settings'],
  // A sub account is made, moved and cut off by the account that owns it: that is administration of the account.
  ['sub account', 'account_settings'],

  ['user group', 'group'],
  ['group', 'group'],
  ['group management', 'group'],

  ['role', 'role'],
  ['role management', 'role'],

  ['license', 'license'],
  ['licenses', 'license'],
  ['license management', 'license'],

  ['billing', 'billing'],
  ['plan', 'billing'],
  ['plans', 'billing'],
  ['subscription', 'billing'],
  ['subscriptions', 'billing'],

  ['user', 'user'],
  ['user management', 'user'],
  // Settings that an administrator edits for one user are that user's.
  ['user settings', 'user'],

  // What users say, show and keep, and who may reach it.
  ['channel', 'content'],
  ['channels', 'content'],
  ['chat', 'content'],
  ['team chat', 'content'],
  ['im', 'content'],
  ['meeting', 'content'],
  ['meetings', 'content'],
  ['recording', 'content'],
  ['recordings', 'content'],
  ['recording management', 'content'],
  ['webinar', 'content'],
  ['webinars', 'content'],
  ['whiteboard', 'content'],
  ['whiteboards', 'content'],

  // Devices, numbers and address books are none of the above; nor is whatever comes next.
  ['phone', 'other'],
  ['phone contacts', 'other'],
  ['zoom rooms', 'other'],
]);

const SSO = /\b(?:SSO|SAML|single[ -]sign[ -]?on)\b/i;
/** A text that could not be read still begins with Zoom's own words: "Update SAML Response Mapping". */
const SSO_AT_ONCE = /^(?:[a-z]+ ){0,2}(?:SSO|SAML|single[ -]sign[ -]?on)\b/i;

const LICENSE_SETTINGS: ReadonlySet<string> = new Set([
  'change type',
  'user type',
  'license',
  'licenses',
  'license type',
]);
const ROLE_SETTINGS: ReadonlySet<string> = new Set(['role', 'user role']);

/** Whether a category, trimmed and however its letters are cased, is one that this release puts into its area on purpose. */
export const isKnownCategory = (category: string): boolean =>
  CATEGORIES.has(category.toLowerCase()) || SSO.test(category);

/** What an operation says of itself. */
export interface OperationFacts {
  /** In lower case; empty if there is none. */
  readonly category: string;
  readonly eventType: string;
  readonly detail: OperationDetail;
  readonly text: string;
}

/**
 * The area of an operation. Its category decides, then its head, then the one setting of a reading that is sure:
 * users write into details, so nothing else in there may.
 */
export const operationToArea = (facts: OperationFacts): Area => {
  const area = CATEGORIES.get(facts.category) ?? (SSO.test(facts.category) ? 'sso' : 'other');
  if (facts.detail.verb === 'Change Role' && area !== 'content') return 'role';
  return REFINEMENTS[area]?.(facts) ?? area;
};

/** Under these a row may turn out to be about something closer than its category says. */
const REFINEMENTS: Partial<Record<Area, (facts: OperationFacts) => Area | undefined>> = {
  account_settings: ({ detail, text }) => {
    // A head that names a user, group or role ends in a name someone chose; a section is Zoom's.
    const isSso =
      SSO.test(detail.section ?? '') ||
      SSO.test(singleChange(detail)?.setting ?? '') ||
      (detail.status === 'none' && SSO_AT_ONCE.test(text));
    return isSso ? 'sso' : undefined;
  },
  user: ({ detail }) => {
    const setting = singleChange(detail)?.setting?.toLowerCase() ?? '';
    if (LICENSE_SETTINGS.has(setting)) return 'license';
    return ROLE_SETTINGS.has(setting) ? 'role' : undefined;
  },
  group: ({ eventType }) => (eventType === 'group.setting_change' ? 'group_settings' : undefined),
};
