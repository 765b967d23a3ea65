import type { Category, CategoryRules } from './categories.ts';
import { type WordName, wordOf } from './head-words.ts';
import {
  ACTIVITIES,
  ENTITY_ACTIVITIES,
  EXACT_ENTITY_ACTIVITIES,
  type OcsfActivity,
} from './ocsf-activity.ts';
import type { Change, HeadVerb, OperationDetail, Target } from './operation-detail.ts';
import { isBasicRole, isKnownRole } from './role-names.ts';
import { isLicenseSetting, isRoleSetting } from './setting-names.ts';
import { snakeCased } from './text.ts';
import { singleChange, soleChange } from './single-change.ts';
import type { Verb } from './verb.ts';

/** The event type, as ours and as OCSF's. */
export interface EventKind {
  readonly eventType: string;
  readonly activity: OcsfActivity;
}

/** What an operation did, and to what. */
export interface Operation {
  /** The known category, if it is one. */
  readonly category: Category | undefined;
  /** The category as the row has it; empty if there is none. */
  readonly categoryText: string;
  readonly verb: Verb;
  /** The verb that says it: the action's, or that of the text; undefined if neither is known. */
  readonly verbName: WordName | undefined;
  /** Whether the row has an action or a text with a verb. */
  readonly hasVerb: boolean;
  readonly detail: OperationDetail;
}

/** The kind of an operation: by its category's rules, else `<category>.<verb>` of an entity. */
export const operationToKind = (operation: Operation): EventKind => {
  const { category, categoryText, verb } = operation;
  const rules = category?.rules === undefined ? [] : RULES[category.rules];
  const rule = rules.find(({ applies }) => applies(operation));
  if (!rule)
    return {
      eventType: `${category?.noun ?? snakeCased(categoryText)}.${verb}`,
      activity: entityActivity(operation),
    };
  return { eventType: rule.eventType, activity: rule.activity ?? entityActivity(operation) };
};

/** The activity that has the very verb, else the one of the verb's kind. */
const entityActivity = ({ verb, verbName, hasVerb }: Operation): OcsfActivity => {
  const exact = verbName === undefined ? undefined : wordOf(verbName).exact;
  if (exact !== undefined) return EXACT_ENTITY_ACTIVITIES[exact];
  return hasVerb ? ENTITY_ACTIVITIES[verb] : ACTIVITIES.unknownEntity;
};

type Condition = (operation: Operation) => boolean;

interface Rule {
  readonly eventType: string;
  /** Absent for the activity of the verb. */
  readonly activity?: OcsfActivity;
  readonly applies: Condition;
}

const rule = (eventType: string, activity: OcsfActivity | undefined, applies: Condition): Rule => ({
  eventType,
  ...(activity && { activity }),
  applies,
});

const targets =
  (type: Target['type']): Condition =>
  ({ detail }) =>
    detail.target?.type === type;
const says =
  (...headVerbs: HeadVerb[]): Condition =>
  ({ detail }) =>
    headVerbs.some((verb) => verb === detail.verb);
const does =
  (wanted: Verb): Condition =>
  ({ verb }) =>
    verb === wanted;
const by =
  (...words: WordName[]): Condition =>
  ({ verbName }) =>
    words.some((name) => name === verbName);
const all =
  (...conditions: Condition[]): Condition =>
  (operation) =>
    conditions.every((condition) => condition(operation));

/** Words that were not understood may name a part of the target: "Remove License from ann@example.com". */
const isWhole: Condition = ({ detail }) => soleChange(detail)?.kind !== 'text';

/** The sole change of a user's role: in a detail that can be parsed in one way, or between known roles. */
export const roleChangeOf = (detail: OperationDetail): Change | undefined => {
  const change = soleChange(detail);
  if (change === undefined || !isRoleSetting(change.setting)) return undefined;
  if (detail.status !== 'full' && !hasKnownRoles(change)) return undefined;
  if (detail.verb !== 'Change Role') return detail.target?.email === undefined ? undefined : change;
  return detail.target === undefined || change.new_value === undefined ? undefined : change;
};

const hasKnownRoles = ({ old_value, new_value }: Change): boolean =>
  isKnownRole(new_value) && (old_value === undefined || isKnownRole(old_value));

/** The role that was lost with a step down to the basic role; undefined for any other change. */
export const lostRoleOf = ({ old_value, new_value }: Change): string | undefined => {
  if (isBasicRole(old_value)) return undefined;
  return new_value === undefined || isBasicRole(new_value) ? old_value : undefined;
};

const losesRole: Condition = ({ detail }) => {
  const change = roleChangeOf(detail);
  return change !== undefined && lostRoleOf(change) !== undefined;
};
const getsRole: Condition = ({ detail }) => roleChangeOf(detail)?.new_value !== undefined;

/** Several people, or values that cannot be separated. */
const namesRoles: Condition = ({ detail }) =>
  detail.verb === 'Change Role' ||
  (detail.people !== undefined && detail.changes?.some(({ control }) => control === 'role') === true);

const changesLicense: Condition = ({ detail }) => {
  const change = singleChange(detail);
  return change?.kind === 'change' && isLicenseSetting(change.setting);
};
const namesLicenses: Condition = says('Change Type', 'Change License');

/** The second factor of one user, as the only change. */
const factor =
  (isOn: boolean): Condition =>
  ({ detail }) => {
    const change = singleChange(detail);
    const direction = isOn ? 'strengthened' : 'weakened';
    return change?.control === 'mfa' && change.direction === direction && detail.target?.email !== undefined;
  };
const resetsPassword: Condition = ({ detail }) =>
  detail.verb === 'Reset' &&
  singleChange(detail)?.control === 'password' &&
  detail.target?.email !== undefined;

const ROLE_RULES: readonly Rule[] = [
  rule('user.role_change', ACTIVITIES.revokePrivileges, losesRole),
  rule('user.role_change', ACTIVITIES.assignPrivileges, getsRole),
  rule('user.role_change', ACTIVITIES.updateEntity, namesRoles),
];

const isRemoval = ({ verb }: OperationDetail): boolean => verb === 'Remove' || verb === 'Delete';
const ADDS_MEMBERS = /add/i;

/** Only a head that names users names the group that they entered or left. */
const isMembership: Condition = ({ detail }) =>
  detail.group !== undefined || (detail.target?.type === 'group' && detail.people !== undefined);

/** Whether members entered: by the item that lists them, else by the verb of the head. */
const entered: Condition = ({ detail }) => {
  const item = detail.target?.type === 'group' ? soleChange(detail)?.setting : undefined;
  return item === undefined ? !isRemoval(detail) : ADDS_MEMBERS.test(item);
};
const isOnePerson: Condition = ({ detail }) => (detail.people?.length ?? 1) === 1;
const not =
  (condition: Condition): Condition =>
  (operation) =>
    !condition(operation);

const MEMBER_RULES: readonly Rule[] = [
  rule('group.member_add', ACTIVITIES.addMember, all(isMembership, entered, isOnePerson)),
  rule('group.member_remove', ACTIVITIES.removeMember, all(isMembership, not(entered), isOnePerson)),
  rule('group.member_add', ACTIVITIES.updateEntity, all(isMembership, entered)),
  rule('group.member_remove', ACTIVITIES.updateEntity, isMembership),
];

/** The first rule that applies wins. Rules use the action, the head and a single change: users write the rest. */
const RULES: Readonly<Record<CategoryRules, readonly Rule[]>> = {
  user: [
    ...MEMBER_RULES,
    ...ROLE_RULES,
    rule('user.mfa_disable', ACTIVITIES.disableFactor, factor(false)),
    rule('user.mfa_enable', ACTIVITIES.enableFactor, factor(true)),
    rule('user.password_reset', ACTIVITIES.resetPassword, resetsPassword),
    rule('user.activate', ACTIVITIES.enableAccount, all(says('Activate', 'Enable'), targets('user'))),
    rule('user.deactivate', ACTIVITIES.disableAccount, all(says('Deactivate', 'Disable'), targets('user'))),
    rule('user.lock', ACTIVITIES.lockAccount, all(says('Lock'), targets('user'))),
    rule('user.unlock', ACTIVITIES.unlockAccount, all(says('Unlock'), targets('user'))),
    rule('user.unlink', undefined, by('Unlink', 'Disassociate', 'Revoke')),
    rule('user.create', ACTIVITIES.createAccount, all(does('create'), targets('user'), isWhole)),
    rule('user.delete', ACTIVITIES.deleteAccount, all(does('delete'), targets('user'), isWhole)),
    rule('user.license_change', ACTIVITIES.updateEntity, changesLicense),
    rule('user.license_change', ACTIVITIES.updateEntity, namesLicenses),
  ],
  group: [
    ...MEMBER_RULES,
    // A head that names a user can be nothing else than a change of members.
    rule('group.update', ACTIVITIES.updateEntity, targets('user')),
    rule('group.create', ACTIVITIES.createGroup, all(does('create'), targets('group'))),
    rule('group.delete', ACTIVITIES.deleteGroup, all(does('delete'), targets('group'))),
    rule('group.setting_change', undefined, does('update')),
  ],
  role: ROLE_RULES,
  account: [rule('account.setting_change', undefined, does('update'))],
};

/** The event types that have a rule, each once. */
export const RULED_EVENT_TYPES: ReadonlySet<string> = new Set(
  Object.values(RULES).flatMap((rules) => rules.map(({ eventType }) => eventType)),
);
