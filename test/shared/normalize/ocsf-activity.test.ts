import { describe, expect, it } from '@jest/globals';
import { ACTIVITIES, ENTITY_ACTIVITIES } from '../../../shared/normalize/ocsf-activity.ts';

/** OCSF's own numbers and captions (classes 3001, 3002, 3004, 3005 and 3006 of release 1.8.0). */
const OCSF: Readonly<Record<keyof typeof ACTIVITIES, string>> = {
  logon: '3002 Authentication 1 Logon',
  logoff: '3002 Authentication 2 Logoff',
  otherAuthentication: '3002 Authentication 99 Other',
  createAccount: '3001 Account Change 1 Create',
  enableAccount: '3001 Account Change 2 Enable',
  disableAccount: '3001 Account Change 5 Disable',
  deleteAccount: '3001 Account Change 6 Delete',
  assignPrivileges: '3005 User Access Management 1 Assign Privileges',
  deleteGroup: '3006 Group Management 5 Delete',
  createGroup: '3006 Group Management 6 Create',
  createEntity: '3004 Entity Management 1 Create',
  readEntity: '3004 Entity Management 2 Read',
  updateEntity: '3004 Entity Management 3 Update',
  deleteEntity: '3004 Entity Management 4 Delete',
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
