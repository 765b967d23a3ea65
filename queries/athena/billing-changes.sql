-- Billing changes
-- What was changed about plans, subscriptions and billing contacts, and by whom?
-- One row per setting, newest first, for the last 30 days.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - INTERVAL '30' DAY
)
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  action,
  detail.section AS place,
  item.setting,
  item.old_value,
  item.new_value,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN UNNEST(detail.changes) AS item (setting, kind, old_value, new_value, locked, text, control, direction) ON true
WHERE area = 'billing'
ORDER BY event_time DESC, event_id, setting
