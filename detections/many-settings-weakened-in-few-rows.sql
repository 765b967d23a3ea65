-- title: Zoom Settings Weakened in Few Rows
-- id: 5b6e0c52-9c0e-4c33-8a0d-1c9a3c3d7c21
-- status: experimental
-- level: high
-- tags: attack.persistence, attack.credential-access, attack.t1556
-- An operator weakened or unlocked five settings or more within an hour, in fewer than five rows: one page of settings, saved
-- once, is one row. many-settings-weakened counts rows. Sigma counts no parts of a row, so this is a query.
WITH rows_with_weakened AS (
  SELECT *,
    coalesce(actor_email, lower(actor_name)) AS operator_key,
    len(list_filter(detail.changes, lambda change: change.direction IN ('weakened', 'unlocked')
      AND change.control NOT IN ('role', 'license'))) AS settings
  FROM zoom_operation
), counted AS (
  SELECT *,
    sum(settings) OVER recent AS settings_within_an_hour,
    count(*) OVER recent AS rows_within_an_hour
  FROM rows_with_weakened
  WHERE settings > 0
  WINDOW recent AS (
    PARTITION BY operator_key ORDER BY CAST(event_time AS TIMESTAMP)
    RANGE BETWEEN INTERVAL 1 HOUR PRECEDING AND CURRENT ROW
  )
), reached AS (
  SELECT *, settings_within_an_hour >= 5 AND rows_within_an_hour < 5 AS is_reached FROM counted
)
SELECT event_id, event_time, operator, operation_detail, CAST(settings_within_an_hour AS INTEGER) AS settings_within_an_hour
FROM reached
WINDOW before AS (PARTITION BY operator_key ORDER BY event_time, event_id)
QUALIFY is_reached AND NOT coalesce(
  lag(is_reached) OVER before
  AND CAST(lag(event_time) OVER before AS TIMESTAMP) >= CAST(event_time AS TIMESTAMP) - INTERVAL 1 HOUR, false)
ORDER BY event_time;
