-- Settings weakened
-- Which protection was switched off, which access was opened, which limit was relaxed, and by whom?
-- Newest first, for the last 30 days. The control and direction are those of mapping version 2: replay older days first.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - INTERVAL '30' DAY
),
items AS (
  SELECT
    event_time, actor_email, actor_name, area, detail.status AS reading, operation_detail, source, event_id,
    coalesce(detail.section, target_name) AS place,
    item.setting,
    item.old_value,
    item.new_value,
    item.control,
    CASE
      WHEN item.direction IN ('weakened', 'unlocked') THEN item.direction
      WHEN item.direction IS NOT NULL AND item.locked = false THEN 'unlocked'
    END AS weakening
  FROM operations
  CROSS JOIN UNNEST(detail.changes) AS item (setting, kind, old_value, new_value, locked, text, control, direction)
  WHERE item.control NOT IN ('role', 'license')
)
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  weakening,
  control,
  area,
  place,
  setting,
  old_value,
  new_value,
  reading,
  operation_detail,
  source,
  event_id
FROM items
WHERE weakening IS NOT NULL
ORDER BY event_time DESC, event_id, setting
