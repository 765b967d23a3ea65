-- Deleted recordings
-- Which recordings left Zoom, who deleted them, and where had that person signed in from before?
-- One row per recording, newest first, for the last 30 days. The operation log names who deleted: a row without one left by retention or was not logged.
WITH departed AS (
  SELECT source, zoom.uuid AS meeting_uuid, min("at") AS gone_at, count(DISTINCT item) AS files
  FROM zoom_custody
  WHERE state = 'gone' AND stream = 'recording' AND CAST("at" AS TIMESTAMP) >= current_date - 30
  GROUP BY source, zoom.uuid
),
known AS (
  SELECT
    source,
    meeting_uuid,
    any_value(meeting_id) AS meeting_id,
    any_value(topic) AS topic,
    any_value(host_id) AS host_id,
    count(DISTINCT item) AS all_files
  FROM zoom_recordings
  GROUP BY source, meeting_uuid
),
held AS (
  SELECT source, zoom.uuid AS meeting_uuid, count(DISTINCT item) AS held_files
  FROM zoom_custody
  WHERE state IN ('held', 'same-as')
  GROUP BY source, zoom.uuid
),
people AS (
  SELECT source, person_id, arg_max(email, ingest_time) AS email
  FROM zoom_people
  GROUP BY source, person_id
),
deletions AS (
  SELECT source, event_time, actor_email, actor_name, operation_detail
  FROM zoom_operation
  WHERE dt >= current_date - 60 AND verb = 'delete' AND regexp_matches(operation_detail, '(?i)\brecording')
),
sign_ins AS (
  SELECT source, CAST(event_time AS TIMESTAMP) AS event_time, lower(actor_email) AS email, ip_address, client_type
  FROM zoom_activity
  WHERE dt >= current_date - 60 AND type = 'Sign in'
),
deleted AS (
  SELECT
    d.source,
    d.meeting_uuid,
    arg_max(o.event_time, o.event_time) AS deleted_at,
    arg_max(coalesce(o.actor_email, o.actor_name), o.event_time) AS deleted_by
  FROM departed AS d
  JOIN known AS k ON k.source = d.source AND k.meeting_uuid = d.meeting_uuid
  JOIN deletions AS o
    ON o.source = d.source
    AND o.event_time <= d.gone_at
    AND (
      contains(o.operation_detail, k.meeting_id)
      OR (k.topic <> '' AND contains(lower(o.operation_detail), lower(k.topic)))
    )
  GROUP BY d.source, d.meeting_uuid
)
SELECT
  CAST(d.gone_at AS TIMESTAMP) AS gone_at,
  k.topic,
  p.email AS host,
  x.deleted_by,
  CAST(x.deleted_at AS TIMESTAMP) AS deleted_at,
  s.event_time AS signed_in_at,
  s.ip_address,
  s.client_type,
  d.files AS files_gone,
  coalesce(h.held_files, 0) AS files_held,
  d.source,
  d.meeting_uuid
FROM departed AS d
LEFT JOIN known AS k ON k.source = d.source AND k.meeting_uuid = d.meeting_uuid
LEFT JOIN held AS h ON h.source = d.source AND h.meeting_uuid = d.meeting_uuid
LEFT JOIN people AS p ON p.source = k.source AND p.person_id = k.host_id
LEFT JOIN deleted AS x ON x.source = d.source AND x.meeting_uuid = d.meeting_uuid
ASOF LEFT JOIN sign_ins AS s
  ON s.source = x.source AND s.email = lower(x.deleted_by) AND s.event_time <= CAST(x.deleted_at AS TIMESTAMP)
ORDER BY gone_at DESC, meeting_uuid
