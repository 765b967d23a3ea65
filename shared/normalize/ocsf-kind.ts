import { ACTIVITIES, type OcsfActivity } from './ocsf-activity.ts';
import type { OcsfEvent } from './ocsf-event.ts';
import type { Outcome } from './parsed-row.ts';

/** The attributes that depend only on the kind of an event, not on its row. */
export type OcsfKind = Pick<
  OcsfEvent,
  | 'category_uid'
  | 'category_name'
  | 'class_uid'
  | 'class_name'
  | 'activity_id'
  | 'type_uid'
  | 'type_name'
  | 'severity_id'
  | 'severity'
  | 'status_id'
  | 'status'
>;

/** The kind of an event with this activity and outcome. */
export const ocsfKindOf = (activity: OcsfActivity, outcome: Outcome): OcsfKind => ({
  category_uid: 3,
  category_name: 'Identity & Access Management',
  class_uid: activity.classUid,
  class_name: activity.className,
  activity_id: activity.activityId,
  type_uid: activity.typeUid,
  type_name: activity.typeName,
  severity_id: 1,
  severity: 'Informational',
  ...STATUSES[outcome],
});

const STATUSES: Readonly<Record<Outcome, Pick<OcsfEvent, 'status_id' | 'status'>>> = {
  unknown: { status_id: 0, status: 'Unknown' },
  success: { status_id: 1, status: 'Success' },
  failure: { status_id: 2, status: 'Failure' },
};

/** The same as the beginning of a JSON object. There are a few dozen kinds, so each is serialized in advance. */
export const ocsfKindJson = (activity: OcsfActivity, outcome: Outcome): string =>
  WRITTEN[outcome].get(activity) ?? written(activity, outcome);

const written = (activity: OcsfActivity, outcome: Outcome): string =>
  JSON.stringify(ocsfKindOf(activity, outcome)).slice(0, -1);

const allWritten = (outcome: Outcome): ReadonlyMap<OcsfActivity, string> =>
  new Map(Object.values(ACTIVITIES).map((activity) => [activity, written(activity, outcome)]));

const WRITTEN: Readonly<Record<Outcome, ReadonlyMap<OcsfActivity, string>>> = {
  unknown: allWritten('unknown'),
  success: allWritten('success'),
  failure: allWritten('failure'),
};
