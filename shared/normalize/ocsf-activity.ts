import type { ExactActivity } from './head-words.ts';
import type { Verb } from './verb.ts';

/** One activity of an OCSF class, with every number and caption that follows from it. */
export interface OcsfActivity {
  readonly class: OcsfClassName;
  readonly classUid: OcsfClassUid;
  readonly className: string;
  readonly activityId: number;
  /** Absent for activity 99, for which the event has the source's own word. */
  readonly caption?: string;
  readonly typeUid: number;
  readonly typeName: string;
}

/** The classes in use, all of OCSF's category 3. */
export type OcsfClassName =
  'accountChange' | 'authentication' | 'entityManagement' | 'userAccess' | 'groupManagement';

export type OcsfClassUid = 3001 | 3002 | 3004 | 3005 | 3006;

const UNKNOWN = 0;
const OTHER = 99;

const activity = (
  name: OcsfClassName,
  classUid: OcsfClassUid,
  className: string,
  activityId: number,
  caption?: string,
): OcsfActivity => ({
  class: name,
  classUid,
  className,
  activityId,
  ...(caption === undefined ? {} : { caption }),
  typeUid: classUid * 100 + activityId,
  typeName: `${className}: ${caption ?? 'Other'}`,
});

const authentication = (id: number, caption?: string) =>
  activity('authentication', 3002, 'Authentication', id, caption);
const accountChange = (id: number, caption?: string) =>
  activity('accountChange', 3001, 'Account Change', id, caption);
const userAccess = (id: number, caption: string) =>
  activity('userAccess', 3005, 'User Access Management', id, caption);
const groupManagement = (id: number, caption: string) =>
  activity('groupManagement', 3006, 'Group Management', id, caption);
const entityManagement = (id: number, caption?: string) =>
  activity('entityManagement', 3004, 'Entity Management', id, caption);

/**
 * Every activity that a row can become. OCSF 1.9.0 deprecates Account Change and User Access Management and gives
 * roles a class of their own: then this table and those that name its entries change, and nothing else.
 */
export const ACTIVITIES = {
  logon: authentication(1, 'Logon'),
  logoff: authentication(2, 'Logoff'),
  otherAuthentication: authentication(OTHER),

  createAccount: accountChange(1, 'Create'),
  enableAccount: accountChange(2, 'Enable'),
  disableAccount: accountChange(5, 'Disable'),
  deleteAccount: accountChange(6, 'Delete'),
  resetPassword: accountChange(4, 'Password Reset'),
  lockAccount: accountChange(9, 'Lock'),
  enableFactor: accountChange(10, 'MFA Factor Enable'),
  disableFactor: accountChange(11, 'MFA Factor Disable'),
  unlockAccount: accountChange(12, 'Unlock'),
  otherAccount: accountChange(OTHER),

  assignPrivileges: userAccess(1, 'Assign Privileges'),
  revokePrivileges: userAccess(2, 'Revoke Privileges'),

  addMember: groupManagement(3, 'Add User'),
  removeMember: groupManagement(4, 'Remove User'),
  deleteGroup: groupManagement(5, 'Delete'),
  createGroup: groupManagement(6, 'Create'),

  createEntity: entityManagement(1, 'Create'),
  readEntity: entityManagement(2, 'Read'),
  updateEntity: entityManagement(3, 'Update'),
  deleteEntity: entityManagement(4, 'Delete'),
  moveEntity: entityManagement(5, 'Move'),
  enrollEntity: entityManagement(6, 'Enroll'),
  unenrollEntity: entityManagement(7, 'Unenroll'),
  enableEntity: entityManagement(8, 'Enable'),
  disableEntity: entityManagement(9, 'Disable'),
  activateEntity: entityManagement(10, 'Activate'),
  deactivateEntity: entityManagement(11, 'Deactivate'),
  suspendEntity: entityManagement(12, 'Suspend'),
  resumeEntity: entityManagement(13, 'Resume'),
  unknownEntity: entityManagement(UNKNOWN, 'Unknown'),
  otherEntity: entityManagement(OTHER),
} as const;

/** The activity of a verb for targets that no class covers. */
export const ENTITY_ACTIVITIES: Readonly<Record<Verb, OcsfActivity>> = {
  create: ACTIVITIES.createEntity,
  read: ACTIVITIES.readEntity,
  update: ACTIVITIES.updateEntity,
  delete: ACTIVITIES.deleteEntity,
  other: ACTIVITIES.otherEntity,
};

/** The activities of targets that no class covers, for verbs that OCSF names exactly. */
export const EXACT_ENTITY_ACTIVITIES: Readonly<Record<ExactActivity, OcsfActivity>> = {
  move: ACTIVITIES.moveEntity,
  enroll: ACTIVITIES.enrollEntity,
  unenroll: ACTIVITIES.unenrollEntity,
  enable: ACTIVITIES.enableEntity,
  disable: ACTIVITIES.disableEntity,
  activate: ACTIVITIES.activateEntity,
  deactivate: ACTIVITIES.deactivateEntity,
  suspend: ACTIVITIES.suspendEntity,
  resume: ACTIVITIES.resumeEntity,
};
