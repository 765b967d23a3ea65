import type { Area } from './area.ts';

/** The rules by which the rows of a category get their event type and OCSF class. */
export type CategoryRules = 'user' | 'group' | 'role' | 'account';

/** A category of operations. */
export interface Category {
  /** Its spellings. Case, plurals, `_` and an appended "Management" or "Settings" need no spelling of their own. */
  readonly names: readonly string[];
  /** The first part of its event types. */
  readonly noun: string;
  /** The area of its rows, unless the detail is more specific. */
  readonly area: Area;
  /** Absent if all its rows are the creation, reading, update or deletion of an entity. */
  readonly rules?: CategoryRules;
}

/** Every category that this release knows: one line each. The tables, the parser and the metrics read it. */
export const CATEGORIES: readonly Category[] = [
  { names: ['account', 'account profile'], noun: 'account', area: 'account_settings', rules: 'account' },
  { names: ['security'], noun: 'security', area: 'account_settings', rules: 'account' },
  // The owning account creates, moves and removes a sub account: that is administration of the account.
  { names: ['sub account'], noun: 'sub_account', area: 'account_settings' },

  { names: ['sso'], noun: 'sso', area: 'sso', rules: 'account' },
  { names: ['saml'], noun: 'saml', area: 'sso', rules: 'account' },
  { names: ['single sign on'], noun: 'single_sign_on', area: 'sso', rules: 'account' },

  { names: ['user group', 'group'], noun: 'group', area: 'group', rules: 'group' },
  { names: ['role'], noun: 'role', area: 'role', rules: 'role' },
  { names: ['user'], noun: 'user', area: 'user', rules: 'user' },
  // Settings that an administrator edits for one user belong to that user.
  { names: ['user settings'], noun: 'user_settings', area: 'user' },

  { names: ['license'], noun: 'license', area: 'license' },
  { names: ['billing'], noun: 'billing', area: 'billing' },
  { names: ['plan'], noun: 'plan', area: 'billing' },
  { names: ['subscription'], noun: 'subscription', area: 'billing' },

  // Users' content, and access to it.
  { names: ['channel'], noun: 'channels', area: 'content' },
  { names: ['chat'], noun: 'chat', area: 'content' },
  { names: ['team chat'], noun: 'team_chat', area: 'content' },
  { names: ['im'], noun: 'im', area: 'content' },
  { names: ['meeting'], noun: 'meeting', area: 'content' },
  { names: ['recording'], noun: 'recording', area: 'content' },
  { names: ['webinar'], noun: 'webinar', area: 'content' },
  { names: ['whiteboard'], noun: 'whiteboard', area: 'content' },

  // Devices, numbers and address books, and categories that are not known yet, have no area above.
  { names: ['phone'], noun: 'phone', area: 'other' },
  { names: ['phone contact'], noun: 'phone_contacts', area: 'other' },
  { names: ['zoom room'], noun: 'zoom_rooms', area: 'other' },
];
