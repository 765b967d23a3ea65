-- Settings weakened
-- Which protection was switched off, which access was opened, which limit was relaxed, and by whom?
-- Newest first, for the last 30 days. The control and direction are those of mapping version 2: replay older days first.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - 30
),
items AS (
  SELECT
    event_time, actor_email, actor_name, area, detail.status AS reading, operation_detail, source, event_id,
    coalesce(detail.section, target_name) AS place,
    change.setting,
    change.old_value,
    change.new_value,
    change.control,
    CASE
      WHEN change.direction IN ('weakened', 'unlocked') THEN change.direction
      WHEN change.direction IS NOT NULL AND change.locked = false THEN 'unlocked'
    END AS weakening
  FROM operations
  CROSS JOIN unnest(detail.changes) AS item(change)
  WHERE change.control NOT IN ('role', 'license')
)
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
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
