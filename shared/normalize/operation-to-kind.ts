import { ACTIVITIES, ENTITY_ACTIVITIES, type OcsfActivity } from './ocsf-activity.ts';
import type { HeadVerb, OperationDetail, Target } from './operation-detail.ts';
import { snakeCased } from './text.ts';
import { singleChange } from './single-change.ts';
import type { Verb } from './verb.ts';

/** The event type, as ours and as OCSF's. */
export interface EventKind {
  readonly eventType: string;
  readonly activity: OcsfActivity;
}

/** The kind of an operation: by its category's rules, else `<category>.<verb>` of an entity. */
export const operationToKind = (category: string, verb: Verb, detail: OperationDetail): EventKind => {
  const known = CATEGORIES.get(category);
  return (
    known?.rules.find(({ applies }) => applies(detail, verb)) ?? {
      eventType: `${known?.noun ?? snakeCased(category)}.${verb}`,
      activity: ENTITY_ACTIVITIES[verb],
    }
  );
};

type Condition = (detail: OperationDetail, verb: Verb) => boolean;

interface Rule extends EventKind {
  readonly applies: Condition;
}

const rule = (eventType: string, activity: OcsfActivity, applies: Condition): Rule => ({
  eventType,
  activity,
  applies,
});

const targets =
  (type: Target['type']): Condition =>
  ({ target }) =>
    target?.type === type;
const says =
  (headVerb: HeadVerb): Condition =>
  (detail) =>
    detail.verb === headVerb;
const does =
  (wanted: Verb): Condition =>
  (_, verb) =>
    verb === wanted;
const all =
  (...conditions: Condition[]): Condition =>
  (detail, verb) =>
    conditions.every((condition) => condition(detail, verb));

/** An unambiguous assignment of one role to one user: not of several users, and no name that contains " to ". */
const assignsOneRole: Condition = (detail) => singleChange(detail)?.new_value !== undefined;
const changesLicense: Condition = (detail) => {
  const change = singleChange(detail);
  return change?.kind === 'change' && change.setting?.toLowerCase() === 'change type';
};

interface Category {
  /** The first part of the event types of its other rows. */
  readonly noun: string;
  /** The first rule that applies wins. Rules use the action, the head and a single change: users write the rest. */
  readonly rules: readonly Rule[];
}

const USER: Category = {
  noun: 'user',
  rules: [
    rule('user.activate', ACTIVITIES.enableAccount, all(says('Activate'), targets('user'))),
    rule('user.deactivate', ACTIVITIES.disableAccount, all(says('Deactivate'), targets('user'))),
    rule('user.role_change', ACTIVITIES.assignPrivileges, all(says('Change Role'), assignsOneRole)),
    rule('user.role_change', ACTIVITIES.updateEntity, says('Change Role')),
    rule('user.create', ACTIVITIES.createAccount, all(does('create'), targets('user'))),
    rule('user.delete', ACTIVITIES.deleteAccount, all(does('delete'), targets('user'))),
    rule('user.license_change', ACTIVITIES.updateEntity, changesLicense),
  ],
};

const GROUP: Category = {
  noun: 'group',
  rules: [
    // Zoom's text for a change of members is not known; a head that names a user can be nothing else.
    rule('group.update', ACTIVITIES.updateEntity, targets('user')),
    rule('group.create', ACTIVITIES.createGroup, all(does('create'), targets('group'))),
    rule('group.delete', ACTIVITIES.deleteGroup, all(does('delete'), targets('group'))),
    rule('group.setting_change', ACTIVITIES.updateEntity, does('update')),
  ],
};

const ACCOUNT: Category = {
  noun: 'account',
  rules: [rule('account.setting_change', ACTIVITIES.updateEntity, does('update'))],
};

/** The categories whose rows are more than a create, read, update or delete; names in lower case. */
const CATEGORIES: ReadonlyMap<string, Category> = new Map([
  ['user', USER],
  ['user group', GROUP],
  ['account', ACCOUNT],
  ['sso', { ...ACCOUNT, noun: 'sso' }],
  ['saml', { ...ACCOUNT, noun: 'saml' }],
  ['single sign-on', { ...ACCOUNT, noun: 'single_sign_on' }],
]);
