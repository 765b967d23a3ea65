-- Account settings changed
-- Which settings of the whole account were changed, from what to what, and by whom?
-- One row per setting, newest first, for the last 30 days. Single sign-on has its own query: sso-changes.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - 30
)
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  coalesce(detail.section, target_name) AS place,
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
WHERE area = 'account_settings'
ORDER BY event_time DESC, event_id, setting
