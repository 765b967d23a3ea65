-- Sign-ins and sign-outs
-- Who signed in and out, when, from where and with what?
-- Newest first, for the last 30 days. Zoom's report has no failed sign-ins.
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS person,
  event_type,
  ip_address,
  client_type,
  version,
  source,
  event_id
FROM zoom_activity
WHERE dt >= current_date - INTERVAL '30' DAY
ORDER BY event_time DESC, event_id
