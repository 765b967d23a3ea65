-- Account settings changed
-- Which settings of the whole account were changed, from what to what, and by whom?
-- One row per setting, newest first, for the last 30 days. Single sign-on has its own query: sso-changes.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - INTERVAL '30' DAY
)
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  coalesce(detail.section, target_name) AS place,
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
WHERE area = 'account_settings'
ORDER BY event_time DESC, event_id, setting
