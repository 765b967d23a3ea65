-- Group settings changed
-- Which settings of which group were changed or locked, from what to what, and by whom?
-- One row per setting, newest first, for the last 30 days. An edit that names no setting is shown too: Zoom writes such rows.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - INTERVAL '30' DAY
)
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  target_name AS group_name,
  item.setting,
  item.old_value,
  item.new_value,
  item.locked,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN UNNEST(detail.changes) AS item (setting, kind, old_value, new_value, locked, text, control, direction) ON true
WHERE area = 'group_settings'
ORDER BY event_time DESC, event_id, setting
