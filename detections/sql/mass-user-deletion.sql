-- title: Zoom Users Deleted in Mass
-- level: high
-- Made from mass-user-deletion.yml by: npm run detections
WITH matched AS (
  SELECT * FROM zoom_operation WHERE (category_type ILIKE 'User'
  OR category_type ILIKE 'Users'
  OR category_type ILIKE 'User Management') AND ((action ILIKE '%Delete%' ESCAPE '\'
  OR action ILIKE '%Remove%' ESCAPE '\')
  OR (operation_detail ILIKE 'Delete User%' ESCAPE '\'
  OR operation_detail ILIKE 'Remove User%' ESCAPE '\'
  OR operation_detail ILIKE 'Deactivate User%' ESCAPE '\'))
), counted AS (
  SELECT *, COUNT(*) OVER recent AS event_count FROM matched
  WINDOW recent AS (
    PARTITION BY operator ORDER BY CAST(event_time AS TIMESTAMP)
    RANGE BETWEEN INTERVAL 3600 SECONDS PRECEDING AND CURRENT ROW
  )
), reached AS (
  SELECT *, event_count >= 10 AS is_reached FROM counted
)
SELECT * EXCLUDE is_reached FROM reached
QUALIFY is_reached AND NOT coalesce(lag(is_reached) OVER (PARTITION BY operator ORDER BY event_time, event_id), false);
