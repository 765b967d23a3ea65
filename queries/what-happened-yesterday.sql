-- What happened yesterday
-- What happened yesterday (UTC), in order of time, sign-ins and changes together?
-- Both streams of every source. For the days before, count further back from current_date.
SELECT
  event_time,
  area,
  event_type,
  coalesce(actor_email, actor_name) AS actor,
  coalesce(target_email, target_name) AS target,
  ip_address,
  client_type,
  operation_detail,
  source,
  event_id
FROM zoom_events
WHERE dt = current_date - 1
ORDER BY event_time, event_id
