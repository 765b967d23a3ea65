import { inPeriod, type Period } from './period.ts';
import { countIn, type FirstRows, firstRows, readRows, type RunQuery, TABLE_ROWS, textIn } from './rows.ts';

/** A change of a person's role. */
export interface RoleChange {
  /** As RFC 3339. */
  readonly time: string;
  readonly actor: string;
  readonly person: string;
  readonly oldRole: string;
  readonly newRole: string;
  /** Whether the new role is an owner or an administrator. */
  readonly isPrivileged: boolean;
  readonly status: string;
  readonly source: string;
}

/** The changes of roles in a period: grants of privileged roles first, then the newest. */
export interface RoleFigures {
  readonly changes: FirstRows<RoleChange>;
  readonly privileged: number;
}

/** Reads who gave whom which role. */
export const readRoleFigures = async (runQuery: RunQuery, period: Period): Promise<RoleFigures> => {
  const rows = await readRows(
    runQuery,
    `WITH changes AS (
       SELECT
         CAST(event_time AS TIMESTAMP) AS event_time, event_id, source,
         left(coalesce(actor_email, actor_name), 400) AS actor,
         left(coalesce(target_email, target_name, CASE WHEN change.control = 'role' THEN change.setting END), 400) AS person,
         left(change.old_value, 400) AS old_role, left(change.new_value, 400) AS new_role,
         coalesce(regexp_matches(change.new_value, '(?i)\\b(owner|admin)'), false) AS privileged,
         detail.status AS status
       FROM zoom_operation LEFT JOIN unnest(detail.changes) AS item(change) ON true
       WHERE ${inPeriod(period)} AND (
         detail.verb = 'Change Role' OR event_type = 'user.role_change'
         OR (category IN ('user', 'users', 'user_management') AND lower(change.setting) IN ('role', 'user role'))
       )
     )
     SELECT *, count(*) OVER () AS total, count(*) FILTER (WHERE privileged) OVER () AS all_privileged FROM changes
     ORDER BY privileged DESC, event_time DESC, event_id, person, old_role, new_role LIMIT ${TABLE_ROWS}`,
  );
  return {
    changes: firstRows(rows, (row) => ({
      time: textIn(row, 'event_time'),
      actor: textIn(row, 'actor'),
      person: textIn(row, 'person'),
      oldRole: textIn(row, 'old_role'),
      newRole: textIn(row, 'new_role'),
      isPrivileged: row['privileged'] === true,
      status: textIn(row, 'status'),
      source: textIn(row, 'source'),
    })),
    privileged: countIn(rows[0], 'all_privileged'),
  };
};
