-- Group settings changed
-- Which settings of which group were changed or locked, from what to what, and by whom?
-- One row per setting, newest first, for the last 30 days. An edit that names no setting is shown too: Zoom writes such rows.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - 30
)
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  target_name AS group_name,
  change.setting AS setting,
  change.old_value AS old_value,
  change.new_value AS new_value,
  change.locked AS locked,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN unnest(detail.changes) AS item(change) ON true
WHERE area = 'group_settings'
ORDER BY event_time DESC, event_id, setting
