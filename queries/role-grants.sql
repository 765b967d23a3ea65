-- Roles given and taken
-- Who gave whom which role, and is it a privileged one?
-- One row per user, newest first, for the last 30 days. A row that was not fully parsed may be free text that looks like a role.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - 30
)
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  coalesce(target_email, target_name, CASE WHEN change.control = 'role' THEN change.setting END) AS person,
  change.old_value AS old_role,
  change.new_value AS new_role,
  coalesce(regexp_matches(change.new_value, '(?i)\b(owner|admin)'), false) AS privileged,
  action,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN unnest(detail.changes) AS item(change) ON true
WHERE detail.verb = 'Change Role'
  OR event_type = 'user.role_change'
  OR (category IN ('user', 'users', 'user_management') AND lower(change.setting) IN ('role', 'user role'))
ORDER BY event_time DESC, event_id, person, old_role, new_role
