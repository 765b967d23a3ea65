-- Who viewed what
-- Who viewed, searched, exported, downloaded or shared what?
-- Newest first, for the last 30 days. Only what Zoom logs: administrators who view reports, chats, recordings and personal data.
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  action,
  category_type,
  operation_detail,
  source,
  event_id
FROM zoom_operation
WHERE dt >= current_date - INTERVAL '30' DAY
  AND (
    verb = 'read'
    OR regexp_like(action, '(?i)\b(view|read|search|export|download|preview|play|share)')
  )
ORDER BY event_time DESC, event_id
