-- Billing changes
-- What was changed about plans, subscriptions and billing contacts, and by whom?
-- One row per setting, newest first, for the last 30 days.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - 30
)
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  action,
  detail.section AS place,
  change.setting AS setting,
  change.old_value AS old_value,
  change.new_value AS new_value,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN unnest(detail.changes) AS item(change) ON true
WHERE area = 'billing'
ORDER BY event_time DESC, event_id, setting
