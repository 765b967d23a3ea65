-- Licenses given and taken
-- Who gave whom which license, and who lost one?
-- One row per user and license, newest first, for the last 30 days. Licenses of new users are included.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - 30
)
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  coalesce(target_email, target_name, CASE WHEN detail.section IS NOT NULL THEN change.setting END) AS person,
  change.old_value AS old_license,
  change.new_value AS new_license,
  action,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN unnest(detail.changes) AS item(change) ON true
WHERE (area = 'license' AND coalesce(category, '') NOT IN ('user', 'user_management'))
  OR (
    category IN ('user', 'user_management')
    AND (
      lower(change.setting) IN ('change type', 'user type', 'license', 'licenses', 'license type')
      OR regexp_matches(detail.section, '(?i)\blicen[cs]e')
    )
  )
ORDER BY event_time DESC, event_id, person, old_license, new_license
