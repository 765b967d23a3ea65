-- Role definitions changed
-- Which roles were created, edited or deleted, and what can their members do now that they could not do before?
-- One row per privilege, newest first, for the last 30 days.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - 30
)
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  verb,
  target_name AS role,
  change.setting AS privilege,
  change.old_value AS old_value,
  change.new_value AS new_value,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN unnest(detail.changes) AS item(change) ON true
WHERE category IN ('role', 'role_management')
  AND coalesce(detail.verb, '') <> 'Change Role'
ORDER BY event_time DESC, event_id, privilege
