-- Mass changes
-- Who changed ten things or more of one kind, or ten people or more, within one hour?
-- Clock hours, newest first, for the last 30 days. A burst across the full hour shows as two rows, or as none.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - 30
)
SELECT
  date_trunc('hour', CAST(event_time AS TIMESTAMP)) AS hour_start,
  coalesce(actor_email, actor_name) AS actor,
  area,
  verb,
  count(DISTINCT event_id) AS events,
  count(DISTINCT email) FILTER (WHERE email <> lower(coalesce(actor_email, ''))) AS people,
  min(CAST(event_time AS TIMESTAMP)) AS first_time,
  max(CAST(event_time AS TIMESTAMP)) AS last_time,
  min(operation_detail) AS example,
  source
FROM operations
LEFT JOIN unnest(any_emails) AS item(email) ON true
WHERE verb <> 'read'
GROUP BY
  date_trunc('hour', CAST(event_time AS TIMESTAMP)),
  coalesce(actor_email, actor_name),
  area,
  verb,
  source
HAVING count(DISTINCT event_id) >= 10
  OR count(DISTINCT email) FILTER (WHERE email <> lower(coalesce(actor_email, ''))) >= 10
ORDER BY hour_start DESC, events DESC, people DESC, actor, area, verb
