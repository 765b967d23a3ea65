-- title: Zoom Users Deleted in Mass by Provisioning
-- level: medium
-- Made from mass-user-deletion-by-scim.yml by: npm run detections
WITH matched AS (
  SELECT * FROM zoom_operation WHERE (event_type ILIKE 'user.delete'
  OR event_type ILIKE 'user.deactivate') AND action ILIKE 'SCIM%' ESCAPE '\'
), listed AS (
  SELECT *, unnest(target_emails) AS listed_value FROM matched
), counted AS (
  SELECT *, COUNT(DISTINCT listed_value) OVER recent AS value_count FROM listed
  WINDOW recent AS (
    PARTITION BY coalesce(actor_email, lower(actor_name)) ORDER BY CAST(event_time AS TIMESTAMP)
    RANGE BETWEEN INTERVAL 3600 SECONDS PRECEDING AND CURRENT ROW
  )
), reached AS (
  SELECT * EXCLUDE listed_value, value_count >= 50 AS is_reached FROM counted
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY listed_value) = 1
)
SELECT * EXCLUDE is_reached FROM reached
WINDOW before AS (PARTITION BY coalesce(actor_email, lower(actor_name)) ORDER BY event_time, event_id)
QUALIFY is_reached AND NOT coalesce(
  lag(is_reached) OVER before
  AND CAST(lag(event_time) OVER before AS TIMESTAMP) >= CAST(event_time AS TIMESTAMP) - INTERVAL 3600 SECONDS, false);
