-- Single sign-on changes
-- Who changed single sign-on or SAML, from what to what, and what did the SSO and SAML mapping change automatically?
-- One row per setting, newest first, for the last 30 days. Zoom does not document these rows: all that name SSO or SAML count.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - INTERVAL '30' DAY
)
SELECT
  CAST(from_iso8601_timestamp(event_time) AS timestamp) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  CASE
    WHEN regexp_like(action, '(?i)\b(sso|saml|single[ -]sign[ -]?on)\b') THEN 'mapping'
    WHEN actor_email IS NULL AND regexp_like(operator, '(?i)\b(sso|saml|single[ -]sign[ -]?on)\b') THEN 'mapping'
    WHEN actor_name IS NULL THEN 'unknown'
    ELSE 'person'
  END AS changed_by,
  coalesce(detail.section, target_name, category_type) AS place,
  item.setting,
  item.old_value,
  item.new_value,
  detail.status AS reading,
  operation_detail,
  source,
  event_id
FROM operations
LEFT JOIN UNNEST(detail.changes) AS item (setting, kind, old_value, new_value, locked, text, control, direction) ON true
WHERE area = 'sso'
  OR regexp_like(action, '(?i)\b(sso|saml|single[ -]sign[ -]?on)\b')
  OR (actor_email IS NULL AND regexp_like(operator, '(?i)\b(sso|saml|single[ -]sign[ -]?on)\b'))
ORDER BY event_time DESC, event_id, setting
