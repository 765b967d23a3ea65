import type { TargetType } from './target-type.ts';

/** The action as one of five words; `other` if Zoom's own word has no equivalent. */
export type Verb = 'create' | 'read' | 'update' | 'delete' | 'other';

/** The activities of OCSF's Entity Management that a verb names exactly. Since OCSF 1.3.0. */
export type ExactActivity =
  'move' | 'enroll' | 'unenroll' | 'enable' | 'disable' | 'activate' | 'deactivate' | 'suspend' | 'resume';

interface Word {
  readonly verb: Verb;
  readonly exact?: ExactActivity;
  /** Settings pages begin with this word, too ("Share Screen"): it is a verb only before a target. */
  readonly isAmbiguous?: true;
}

/** Verbs, one a line, as a detail or an action can have them. A detail's verb may be in any case. */
export const WORDS = {
  Add: { verb: 'create' },
  Create: { verb: 'create' },
  Import: { verb: 'create' },
  Install: { verb: 'create' },
  Invite: { verb: 'create' },
  Copy: { verb: 'create' },
  View: { verb: 'read', isAmbiguous: true },
  Read: { verb: 'read', isAmbiguous: true },
  Export: { verb: 'read' },
  Download: { verb: 'read' },
  Search: { verb: 'read', isAmbiguous: true },
  List: { verb: 'read', isAmbiguous: true },
  Update: { verb: 'update' },
  Edit: { verb: 'update' },
  Change: { verb: 'update' },
  Modify: { verb: 'update' },
  Assign: { verb: 'update' },
  Unassign: { verb: 'update' },
  Set: { verb: 'update', isAmbiguous: true },
  Reset: { verb: 'update' },
  Restore: { verb: 'update' },
  Share: { verb: 'update', isAmbiguous: true },
  Approve: { verb: 'update' },
  Lock: { verb: 'update', isAmbiguous: true },
  Unlock: { verb: 'update' },
  Link: { verb: 'update', isAmbiguous: true },
  Move: { verb: 'update', exact: 'move' },
  Enroll: { verb: 'update', exact: 'enroll' },
  Unenroll: { verb: 'update', exact: 'unenroll' },
  Enable: { verb: 'update', exact: 'enable' },
  Disable: { verb: 'update', exact: 'disable' },
  Activate: { verb: 'update', exact: 'activate' },
  Deactivate: { verb: 'update', exact: 'deactivate' },
  Suspend: { verb: 'update', exact: 'suspend' },
  Resume: { verb: 'update', exact: 'resume' },
  Delete: { verb: 'delete' },
  Remove: { verb: 'delete' },
  Uninstall: { verb: 'delete' },
  Unlink: { verb: 'delete' },
  Disassociate: { verb: 'delete' },
  Revoke: { verb: 'delete' },
} as const satisfies Readonly<Record<string, Word>>;

/** One verb of the table. */
export type WordName = keyof typeof WORDS;

const BY_LOWER_CASE: ReadonlyMap<string | undefined, WordName> = new Map(
  (Object.keys(WORDS) as WordName[]).map((name) => [name.toLowerCase(), name]),
);

/** The verb that a text is, in any case. */
export const wordNameOf = (text: string | undefined): WordName | undefined =>
  BY_LOWER_CASE.get(text?.toLowerCase());

/** A verb's properties. */
export const wordOf = (name: WordName): Word => WORDS[name];

export interface TargetNoun {
  readonly type: TargetType;
  /** In lower case. */
  readonly nouns: readonly string[];
  /** The verbs that take it; absent for all. */
  readonly verbs?: readonly WordName[];
}

/** What an operation can be about, one a line. A name follows the noun. */
export const TARGET_NOUNS: readonly TargetNoun[] = [
  { type: 'user', nouns: ['user', 'users', 'member', 'members'] },
  { type: 'group', nouns: ['group', 'groups', 'user group', 'user groups'] },
  { type: 'role', nouns: ['role', 'roles'] },
  { type: 'channel', nouns: ['channel', 'channels'] },
  { type: 'recording', nouns: ['recording', 'recordings', 'cloud recording', 'cloud recordings'] },
  { type: 'meeting', nouns: ['meeting', 'meetings'] },
  { type: 'webinar', nouns: ['webinar', 'webinars'] },
  { type: 'room', nouns: ['room', 'rooms', 'zoom room', 'zoom rooms'] },
  // An account's settings follow the verbs that are missing here: "Update Account Settings".
  {
    type: 'account',
    nouns: ['account', 'accounts'],
    verbs: [
      'Add',
      'Create',
      'Delete',
      'Link',
      'Unlink',
      'Disassociate',
      'Activate',
      'Deactivate',
      'Suspend',
      'Restore',
    ],
  },
  { type: 'sub_account', nouns: ['sub account', 'sub accounts', 'subaccount', 'sub-account'] },
  { type: 'call_queue', nouns: ['call queue', 'call queues'] },
  { type: 'app', nouns: ['app', 'apps', 'application', 'applications'] },
  {
    type: 'domain',
    nouns: [
      'domain',
      'domains',
      'associated domain',
      'managed domain',
      'associated domains',
      'managed domains',
    ],
  },
];

/** Pages of settings that Zoom is known to have, in lower case: one blank before the hyphen suffices after them. */
export const SECTIONS: ReadonlySet<string> = new Set([
  'account profile',
  'account settings',
  'admin activity logs',
  'admin options',
  'app marketplace',
  'archiving',
  'audio conferencing',
  'email notification',
  'enhanced password requirement',
  'enhanced password rules',
  'im settings',
  'in meeting (advanced)',
  'in meeting (basic)',
  'integration',
  'ip address access control',
  'managed domains',
  'meeting',
  'passcode requirement',
  'password policy',
  'recording',
  'saml response mapping',
  'schedule meeting',
  'security',
  'sign-in methods',
  'sign-in password requirement',
  'single sign-on',
  'sso',
  'telephone',
  'webinar',
  'zoom phone',
]);
