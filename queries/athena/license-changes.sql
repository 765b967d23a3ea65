-- Licenses given and taken
-- Who gave whom which license, and who lost one?
-- One row per user and license, newest first, for the last 30 days. Licenses of new users are included.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - INTERVAL '30' DAY
)
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  coalesce(target_email, target_name, CASE WHEN detail.section IS NOT NULL THEN item.setting END) AS person,
  item.old_value AS old_license,
  item.new_value AS new_license,
  action,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN UNNEST(detail.changes) AS item (setting, kind, old_value, new_value, locked, text, control, direction) ON true
WHERE (area = 'license' AND coalesce(category, '') NOT IN ('user', 'user_management'))
  OR (
    category IN ('user', 'user_management')
    AND (
      lower(item.setting) IN ('change type', 'user type', 'license', 'licenses', 'license type')
      OR regexp_like(detail.section, '(?i)\blicen[cs]e')
    )
  )
ORDER BY event_time DESC, event_id, person, old_license, new_license
