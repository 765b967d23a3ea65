-- title: Zoom Licenses Changed in Mass
-- level: medium
-- Made from licenses-mass-changed.yml by: npm run detections
WITH matched AS (
  SELECT * FROM zoom_operation WHERE (area ILIKE 'license'
  OR ((category_type ILIKE '%User%' ESCAPE '\'
  OR category_type ILIKE '%License%' ESCAPE '\') AND (operation_detail ILIKE '%License: %' ESCAPE '\'
  OR operation_detail ILIKE '%License  - %' ESCAPE '\'
  OR operation_detail ILIKE '%License Type: %' ESCAPE '\'
  OR operation_detail ILIKE '%Change Type: from%' ESCAPE '\'
  OR operation_detail ILIKE '%User Type: from%' ESCAPE '\') AND (NOT coalesce(detail.status ILIKE 'full', false)))) AND (NOT coalesce(action ILIKE 'SCIM%' ESCAPE '\', false))
), listed AS (
  SELECT *, unnest(target_emails) AS listed_value FROM matched
), counted AS (
  SELECT *, COUNT(DISTINCT listed_value) OVER recent AS value_count FROM listed
  WINDOW recent AS (
    PARTITION BY coalesce(actor_email, lower(actor_name)) ORDER BY CAST(event_time AS TIMESTAMP)
    RANGE BETWEEN INTERVAL 3600 SECONDS PRECEDING AND CURRENT ROW
  )
), reached AS (
  SELECT * EXCLUDE listed_value, value_count >= 20 AS is_reached FROM counted
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY listed_value) = 1
)
SELECT * EXCLUDE is_reached FROM reached
WINDOW before AS (PARTITION BY coalesce(actor_email, lower(actor_name)) ORDER BY event_time, event_id)
QUALIFY is_reached AND NOT coalesce(
  lag(is_reached) OVER before
  AND CAST(lag(event_time) OVER before AS TIMESTAMP) >= CAST(event_time AS TIMESTAMP) - INTERVAL 3600 SECONDS, false);
