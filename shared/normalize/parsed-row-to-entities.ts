import { ACTIVITIES, type OcsfActivity } from './ocsf-activity.ts';
import type { OcsfDialect } from './ocsf-dialect.ts';
import type { OcsfEntity, OcsfEvent, OcsfSetting } from './ocsf-event.ts';
import type { Change, Target } from './operation-detail.ts';
import { personToUser } from './person.ts';
import type { ParsedRow } from './parsed-row.ts';

/** The target of an operation, before and (where values changed) after it. */
export const parsedRowToEntities = (
  parsedRow: ParsedRow,
  dialect: OcsfDialect,
  activity: OcsfActivity,
): Pick<OcsfEvent, 'entity' | 'entity_result'> => {
  const identity = identityOf(parsedRow, dialect);
  const changes = parsedRow.detail?.changes ?? [];
  const onlyState = ONLY_STATES.get(activity);
  if (onlyState) return { entity: withSettings(identity, changes, onlyState) };

  const entity = withSettings(identity, changes, (change) => change.old_value);
  const after = withSettings(identity, changes, (change) => change.new_value);
  return after === identity ? { entity } : { entity, entity_result: after };
};

type ValueOf = (change: Change) => string | undefined;

/** Before its creation and after its deletion there is nothing to compare with. */
const ONLY_STATES: ReadonlyMap<OcsfActivity, ValueOf> = new Map<OcsfActivity, ValueOf>([
  [ACTIVITIES.createEntity, ({ old_value, new_value }) => new_value ?? old_value],
  [ACTIVITIES.deleteEntity, ({ old_value, new_value }) => old_value ?? new_value],
]);

const identityOf = ({ category, detail }: ParsedRow, dialect: OcsfDialect): OcsfEntity => {
  const type = category ?? 'Unknown';
  const name = detail?.target?.name ?? detail?.section ?? type;
  const typed = (detail?.target && TYPED[detail.target.type]?.(detail.target, dialect)) ?? {
    type,
    type_id: category === undefined ? 0 : 99,
  };
  return dialect.hasTypedEntities ? { name, ...typed } : { name, type: typed.type };
};

type TypedEntity = Pick<OcsfEntity, 'type' | 'type_id' | 'user' | 'group'>;

/** OCSF has a type for users and for groups, but none for roles. */
const TYPED: Partial<Record<Target['type'], (target: Target, dialect: OcsfDialect) => TypedEntity>> = {
  user: (target, dialect) => ({ type: 'User', type_id: 2, user: personToUser(target, dialect) }),
  group: ({ name }) => ({ type: 'Group', type_id: 3, group: { name } }),
};

/** The entity with its settings: a list of pairs, because keys must not come from data. The entity itself if there are none. */
const withSettings = (entity: OcsfEntity, changes: readonly Change[], valueOf: ValueOf): OcsfEntity => {
  const settings: OcsfSetting[] = [];
  for (const change of changes) {
    const value = valueOf(change);
    if (change.setting !== undefined && value !== undefined) settings.push({ name: change.setting, value });
  }
  return settings.length === 0 ? entity : { ...entity, data: { settings } };
};
