import { expect, it } from '@jest/globals';
import { ACTIVITIES } from '../../../shared/normalize/ocsf-activity.ts';
import { ocsfKindJson, ocsfKindOf } from '../../../shared/normalize/ocsf-kind.ts';

it.each([
  ['success', { status_id: 1, status: 'Success' }],
  ['failure', { status_id: 2, status: 'Failure' }],
  ['unknown', { status_id: 0, status: 'Unknown' }],
] as const)(
  'the sort of an event that ended so is written as the beginning of its JSON: %s',
  (outcome, status) => {
    for (const activity of Object.values(ACTIVITIES)) {
      const kind = ocsfKindOf(activity, outcome);

      expect(kind).toStrictEqual({
        category_uid: 3,
        category_name: 'Identity & Access Management',
        class_uid: activity.classUid,
        class_name: activity.className,
        activity_id: activity.activityId,
        type_uid: activity.typeUid,
        type_name: activity.typeName,
        severity_id: 1,
        severity: 'Informational',
        ...status,
      });
      for (const known of [activity, { ...activity }]) {
        expect(`${ocsfKindJson(known, outcome)}}`).toBe(JSON.stringify(kind));
      }
    }
  },
);
