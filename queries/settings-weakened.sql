-- Settings weakened
-- Which protection was switched off, which access was opened, which limit was relaxed, and by whom?
-- Newest first, for the last 30 days. Classified by the English names of the settings: a heuristic, not proof.
WITH operations AS (
  SELECT * FROM zoom_operation WHERE dt >= current_date - 30
),
items AS (
  SELECT
    event_time, actor_email, actor_name, area, detail.status AS reading, operation_detail, source, event_id,
    coalesce(detail.section, target_name) AS place,
    change.setting AS setting,
    change.old_value AS old_value,
    change.new_value AS new_value,
    change.locked AS locked
  FROM operations
  CROSS JOIN unnest(detail.changes) AS item(change)
  WHERE change.kind = 'change'
    AND coalesce(detail.verb, '') <> 'Change Role'
  UNION ALL
  -- A text that could not be parsed may still end in "from ON to OFF".
  SELECT
    event_time, actor_email, actor_name, area, detail.status AS reading, operation_detail, source, event_id,
    CAST(NULL AS VARCHAR) AS place,
    regexp_extract(operation_detail, '(?i)^(.+) from (on|off|enabled|disabled) to (on|off|enabled|disabled)\s*$', 1) AS setting,
    regexp_extract(operation_detail, '(?i)^(.+) from (on|off|enabled|disabled) to (on|off|enabled|disabled)\s*$', 2) AS old_value,
    regexp_extract(operation_detail, '(?i)^(.+) from (on|off|enabled|disabled) to (on|off|enabled|disabled)\s*$', 3) AS new_value,
    CAST(NULL AS BOOLEAN) AS locked
  FROM operations
  WHERE detail.status = 'none'
    AND regexp_matches(operation_detail, '(?i)^(.+) from (on|off|enabled|disabled) to (on|off|enabled|disabled)\s*$')
),
judged AS (
  SELECT
    *,
    CASE
      WHEN lower(trim(old_value)) = 'locked' AND lower(trim(new_value)) = 'unlocked' THEN 'unlocked'
      WHEN lower(trim(old_value)) IN ('on', 'enabled', 'yes', 'true')
        AND lower(trim(new_value)) IN ('off', 'disabled', 'no', 'false')
        AND regexp_matches(setting, '(?i)require|two-factor|multi-factor|\b[2m]fa\b|passcode|password|waiting room|encrypt|authenticat|secured|watermark|sign users out|include (at least|both)|needs an? |\b(lock|block|restrict)')
        THEN 'protection switched off'
      WHEN lower(trim(old_value)) IN ('off', 'disabled', 'no', 'false')
        AND lower(trim(new_value)) IN ('on', 'enabled', 'yes', 'true')
        AND regexp_matches(setting, '(?i)\ballow\b.*\b(sign|join|record|download|share|access|external|guest|anonymous)|join before host|can download|\banyone\b')
        THEN 'access switched on'
      WHEN TRY_CAST(new_value AS DOUBLE) < TRY_CAST(old_value AS DOUBLE)
        AND regexp_matches(setting, '(?i)length|at least|minimum|characters|one of the last|history')
        THEN 'limit lowered'
      WHEN TRY_CAST(new_value AS DOUBLE) > TRY_CAST(old_value AS DOUBLE)
        AND regexp_matches(setting, '(?i)\bsign.* out\b|time-?out|expire|idle')
        THEN 'limit raised'
      WHEN locked = false THEN 'unlocked'
    END AS weakening
  FROM items
)
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
  coalesce(actor_email, actor_name) AS actor,
  weakening,
  area,
  place,
  setting,
  old_value,
  new_value,
  reading,
  operation_detail,
  source,
  event_id
FROM judged
WHERE weakening IS NOT NULL
ORDER BY event_time DESC, event_id, setting
