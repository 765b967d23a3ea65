-- User lifecycle changes
-- Which users were added, activated, deactivated or deleted, by whom and how?
-- Newest first, for the last 30 days. One event may be about several users: then person is empty, and operation_detail names them.
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  event_type,
  coalesce(target_email, target_name) AS person,
  action,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM zoom_operation
WHERE dt >= current_date - 30
  AND event_type IN ('user.create', 'user.activate', 'user.deactivate', 'user.delete')
ORDER BY event_time DESC, event_id
