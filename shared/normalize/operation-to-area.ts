import type { Area } from './area.ts';
import type { OperationDetail } from './operation-detail.ts';
import { singleChange } from './single-change.ts';

/** The area of a category, unless the detail is more specific. Zoom's display names, in lower case. */
const CATEGORIES: ReadonlyMap<string, Area> = new Map<string, Area>([
  ['account', 'account_settings'],
  ['account management', 'account_settings'],
  ['account profile', 'account_settings'],
  ['account settings', 'account_settings'],
  // The owning account creates, moves and removes a sub account: that is administration of the account.
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
  // Settings that an administrator edits for one user belong to that user.
  ['user settings', 'user'],

  // Users' content, and access to it.
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

  // Devices, numbers and address books, and categories that are not known yet, have no area above.
  ['phone', 'other'],
  ['phone contacts', 'other'],
  ['zoom rooms', 'other'],
]);

const SSO = /\b(?:SSO|SAML|single[ -]sign[ -]?on)\b/i;
/** A text that could not be parsed still begins with Zoom's own words: "Update SAML Response Mapping". */
const SSO_AT_ONCE = /^(?:[a-z]+ ){0,2}(?:SSO|SAML|single[ -]sign[ -]?on)\b/i;

const LICENSE_SETTINGS: ReadonlySet<string> = new Set([
  'change type',
  'user type',
  'license',
  'licenses',
  'license type',
]);
const ROLE_SETTINGS: ReadonlySet<string> = new Set(['role', 'user role']);

/** Whether this release assigns an area to a category (trimmed, in any case) explicitly. */
export const isKnownCategory = (category: string): boolean =>
  CATEGORIES.has(category.toLowerCase()) || SSO.test(category);

/** The facts of an operation that determine its area. */
export interface OperationFacts {
  /** In lower case; empty if there is none. */
  readonly category: string;
  readonly eventType: string;
  readonly detail: OperationDetail;
  readonly text: string;
}

/**
 * The area of an operation: by its category, then its head, then the single setting of a fully parsed detail. Users write into
 * details, so nothing else in them may decide it.
 */
export const operationToArea = (facts: OperationFacts): Area => {
  const area = CATEGORIES.get(facts.category) ?? (SSO.test(facts.category) ? 'sso' : 'other');
  if (facts.detail.verb === 'Change Role' && area !== 'content') return 'role';
  return REFINEMENTS[area]?.(facts) ?? area;
};

/** Areas whose rows may have a more specific area than that of their category. */
const REFINEMENTS: Partial<Record<Area, (facts: OperationFacts) => Area | undefined>> = {
  account_settings: ({ detail, text }) => {
    // A head that names a user, group or role ends in a name that a customer chose; a section is Zoom's.
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
