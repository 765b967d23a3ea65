-- Events not fully parsed
-- Which kinds of events have no specific area, or a detail that could not be parsed?
-- The last 30 days, most frequent first. All of these events were delivered with their full text.
SELECT
  stream,
  category,
  event_type,
  area,
  detail.status AS reading,
  count(*) AS events,
  min(event_time) AS first_time,
  max(event_time) AS last_time,
  min(operation_detail) AS example
FROM zoom_events
WHERE dt >= current_date - 30
  AND (
    area = 'other'
    OR verb = 'other'
    OR event_type = 'user.session_other'
    OR detail.status IN ('none', 'partial')
  )
GROUP BY stream, category, event_type, area, detail.status
ORDER BY events DESC, stream, category, event_type, reading
