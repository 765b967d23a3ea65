-- Roles given and taken
-- Who gave whom which role, and is it a privileged one?
-- One row per user, newest first, for the last 30 days. A row that was not fully parsed may be free text that looks like a role.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - INTERVAL '30' DAY
)
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  coalesce(target_email, target_name, CASE WHEN item.control = 'role' THEN item.setting END) AS person,
  item.old_value AS old_role,
  item.new_value AS new_role,
  coalesce(regexp_like(item.new_value, '(?i)\b(owner|admin)'), false) AS privileged,
  action,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN UNNEST(detail.changes) AS item (setting, kind, old_value, new_value, locked, text, control, direction) ON true
WHERE detail.verb = 'Change Role'
  OR event_type = 'user.role_change'
  OR (category IN ('user', 'users', 'user_management') AND lower(item.setting) IN ('role', 'user role'))
ORDER BY event_time DESC, event_id, person, old_role, new_role
