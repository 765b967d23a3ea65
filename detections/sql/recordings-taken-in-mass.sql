-- title: Zoom Recordings Shared, Downloaded or Deleted in Mass
-- level: high
-- Made from recordings-taken-in-mass.yml by: npm run detections
WITH matched AS (
  SELECT * FROM zoom_operation WHERE event_type ILIKE 'recording.%' ESCAPE '\' AND ((detail.verb ILIKE 'Share'
  OR detail.verb ILIKE 'Download'
  OR detail.verb ILIKE 'Export'
  OR detail.verb ILIKE 'Delete'
  OR detail.verb ILIKE 'Remove')
  OR (action ILIKE '%Share%' ESCAPE '\'
  OR action ILIKE '%Download%' ESCAPE '\'
  OR action ILIKE '%Export%' ESCAPE '\'
  OR action ILIKE '%Delete%' ESCAPE '\'
  OR action ILIKE '%Remove%' ESCAPE '\'))
), counted AS (
  SELECT *, COUNT(*) OVER recent AS event_count FROM matched
  WINDOW recent AS (
    PARTITION BY coalesce(actor_email, lower(actor_name)) ORDER BY CAST(event_time AS TIMESTAMP)
    RANGE BETWEEN INTERVAL 3600 SECONDS PRECEDING AND CURRENT ROW
  )
), reached AS (
  SELECT *, event_count >= 20 AS is_reached FROM counted
)
SELECT * EXCLUDE is_reached FROM reached
WINDOW before AS (PARTITION BY coalesce(actor_email, lower(actor_name)) ORDER BY event_time, event_id)
QUALIFY is_reached AND NOT coalesce(
  lag(is_reached) OVER before
  AND CAST(lag(event_time) OVER before AS TIMESTAMP) >= CAST(event_time AS TIMESTAMP) - INTERVAL 3600 SECONDS, false);
