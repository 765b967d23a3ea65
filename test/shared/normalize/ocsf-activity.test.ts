import { describe, expect, it } from '@jest/globals';
import {
  ACTIVITIES,
  ENTITY_ACTIVITIES,
  EXACT_ENTITY_ACTIVITIES,
} from '../../../shared/normalize/ocsf-activity.ts';

/** OCSF's own numbers and captions (classes 3001, 3002, 3004, 3005 and 3006 of release 1.8.0). */
const OCSF: Readonly<Record<keyof typeof ACTIVITIES, string>> = {
  logon: '3002 Authentication 1 Logon',
  logoff: '3002 Authentication 2 Logoff',
  otherAuthentication: '3002 Authentication 99 Other',
  createAccount: '3001 Account Change 1 Create',
  enableAccount: '3001 Account Change 2 Enable',
  disableAccount: '3001 Account Change 5 Disable',
  deleteAccount: '3001 Account Change 6 Delete',
  resetPassword: '3001 Account Change 4 Password Reset',
  lockAccount: '3001 Account Change 9 Lock',
  enableFactor: '3001 Account Change 10 MFA Factor Enable',
  disableFactor: '3001 Account Change 11 MFA Factor Disable',
  unlockAccount: '3001 Account Change 12 Unlock',
  otherAccount: '3001 Account Change 99 Other',
  assignPrivileges: '3005 User Access Management 1 Assign Privileges',
  revokePrivileges: '3005 User Access Management 2 Revoke Privileges',
  addMember: '3006 Group Management 3 Add User',
  removeMember: '3006 Group Management 4 Remove User',
  deleteGroup: '3006 Group Management 5 Delete',
  createGroup: '3006 Group Management 6 Create',
  createEntity: '3004 Entity Management 1 Create',
  readEntity: '3004 Entity Management 2 Read',
  updateEntity: '3004 Entity Management 3 Update',
  deleteEntity: '3004 Entity Management 4 Delete',
  moveEntity: '3004 Entity Management 5 Move',
  enrollEntity: '3004 Entity Management 6 Enroll',
  unenrollEntity: '3004 Entity Management 7 Unenroll',
  enableEntity: '3004 Entity Management 8 Enable',
  disableEntity: '3004 Entity Management 9 Disable',
  activateEntity: '3004 Entity Management 10 Activate',
  deactivateEntity: '3004 Entity Management 11 Deactivate',
  suspendEntity: '3004 Entity Management 12 Suspend',
  resumeEntity: '3004 Entity Management 13 Resume',
  unknownEntity: '3004 Entity Management 0 Unknown',
  otherEntity: '3004 Entity Management 99 Other',
};

const CLASSES = {
  3001: 'accountChange',
  3002: 'authentication',
  3004: 'entityManagement',
  3005: 'userAccess',
  3006: 'groupManagement',
} as const;

describe('an activity', () => {
  it.each(Object.entries(OCSF) as [keyof typeof ACTIVITIES, string][])(
    'has the numbers and captions of OCSF: %s is %s',
    (name, expected) => {
      const { classUid, className, activityId, typeUid, typeName, caption, ...rest } = ACTIVITIES[name];

      expect(`${classUid} ${className} ${activityId} ${caption ?? 'Other'}`).toBe(expected);
      expect([typeUid, typeName]).toEqual([
        Number(`${classUid}${String(activityId).padStart(2, '0')}`),
        `${className}: ${caption ?? 'Other'}`,
      ]);
      expect(rest.class).toBe(CLASSES[classUid]);
    },
  );

  it('has no caption for 99, which has the word of the source', () => {
    expect(ACTIVITIES.otherEntity).not.toHaveProperty('caption');
  });

  it('of an entity is the very one that a verb names', () => {
    expect(EXACT_ENTITY_ACTIVITIES).toEqual({
      move: ACTIVITIES.moveEntity,
      enroll: ACTIVITIES.enrollEntity,
      unenroll: ACTIVITIES.unenrollEntity,
      enable: ACTIVITIES.enableEntity,
      disable: ACTIVITIES.disableEntity,
      activate: ACTIVITIES.activateEntity,
      deactivate: ACTIVITIES.deactivateEntity,
      suspend: ACTIVITIES.suspendEntity,
      resume: ACTIVITIES.resumeEntity,
    });
  });

  it('of an entity is that of its verb', () => {
    expect(ENTITY_ACTIVITIES).toEqual({
      create: ACTIVITIES.createEntity,
      read: ACTIVITIES.readEntity,
      update: ACTIVITIES.updateEntity,
      delete: ACTIVITIES.deleteEntity,
      other: ACTIVITIES.otherEntity,
    });
  });
});
