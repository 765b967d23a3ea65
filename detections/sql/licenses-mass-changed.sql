-- title: Zoom Licenses Changed in Mass
-- level: medium
-- Made from licenses-mass-changed.yml by: npm run detections
WITH matched AS (
  SELECT * FROM zoom_operation WHERE (category_type ILIKE '%User%' ESCAPE '\'
  OR category_type ILIKE '%License%' ESCAPE '\') AND (operation_detail ILIKE '%License: %' ESCAPE '\'
  OR operation_detail ILIKE '%License  - %' ESCAPE '\'
  OR operation_detail ILIKE '%License Type: %' ESCAPE '\'
  OR operation_detail ILIKE '%Change Type: from%' ESCAPE '\'
  OR operation_detail ILIKE '%User Type: from%' ESCAPE '\')
), counted AS (
  SELECT *, COUNT(*) OVER recent AS event_count FROM matched
  WINDOW recent AS (
    PARTITION BY operator ORDER BY CAST(event_time AS TIMESTAMP)
    RANGE BETWEEN INTERVAL 3600 SECONDS PRECEDING AND CURRENT ROW
  )
), reached AS (
  SELECT *, event_count >= 20 AS is_reached FROM counted
)
SELECT * EXCLUDE is_reached FROM reached
QUALIFY is_reached AND NOT coalesce(lag(is_reached) OVER (PARTITION BY operator ORDER BY event_time, event_id), false);
