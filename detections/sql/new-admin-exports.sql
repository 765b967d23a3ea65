-- title: Zoom Administrator Exports Soon After the Grant
-- level: high
-- Made from new-admin-exports.yml by: npm run detections
WITH first_events AS (
  SELECT event_id AS first_event_id, CAST(event_time AS TIMESTAMP) AS first_time, unnest(target_emails) AS person
  FROM zoom_operation WHERE list_contains(weakened, 'role') AND (event_type ILIKE 'user.role\_change' ESCAPE '\'
  OR target_type ILIKE 'user')
), second_events AS (
  SELECT *, actor_email AS person FROM zoom_operation WHERE (detail.verb ILIKE 'Export'
  OR detail.verb ILIKE 'Download')
  OR (action ILIKE '%Export%' ESCAPE '\'
  OR action ILIKE '%Download%' ESCAPE '\')
  OR (operation_detail ILIKE 'Export %' ESCAPE '\'
  OR operation_detail ILIKE 'Download %' ESCAPE '\')
), sequences AS (
  SELECT second_events.*, first_event_id
  FROM second_events JOIN first_events USING (person)
  WHERE CAST(event_time AS TIMESTAMP) BETWEEN first_time AND first_time + INTERVAL 86400 SECONDS
    AND event_id <> first_event_id
  QUALIFY row_number() OVER (PARTITION BY first_event_id, person ORDER BY event_time, event_id) = 1
)
SELECT * EXCLUDE first_event_id FROM sequences
QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY first_event_id) = 1;
