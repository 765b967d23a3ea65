-- Role definitions changed
-- Which roles were created, edited or deleted, and what can their members do now that they could not do before?
-- One row per privilege, newest first, for the last 30 days.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - INTERVAL '30' DAY
)
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  verb,
  target_name AS role,
  item.setting AS privilege,
  item.old_value,
  item.new_value,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN UNNEST(detail.changes) AS item (setting, kind, old_value, new_value, locked, text, control, direction) ON true
WHERE category IN ('role', 'role_management')
  AND coalesce(detail.verb, '') <> 'Change Role'
ORDER BY event_time DESC, event_id, privilege
