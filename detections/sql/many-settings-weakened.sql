-- title: Zoom Settings Weakened in Series
-- level: high
-- Made from many-settings-weakened.yml by: npm run detections
WITH matched AS (
  SELECT * FROM zoom_operation WHERE (list_contains(weakened, 'mfa')
  OR list_contains(weakened, 'sso')
  OR list_contains(weakened, 'sign_in_method')
  OR list_contains(weakened, 'password')
  OR list_contains(weakened, 'session')
  OR list_contains(weakened, 'passcode')
  OR list_contains(weakened, 'waiting_room')
  OR list_contains(weakened, 'encryption')
  OR list_contains(weakened, 'recording_access')
  OR list_contains(weakened, 'retention')
  OR list_contains(weakened, 'app_approval')
  OR list_contains(weakened, 'remote_control')
  OR list_contains(weakened, 'chat')
  OR list_contains(weakened, 'network')
  OR list_contains(weakened, 'domain')
  OR list_contains(weakened, 'audit')
  OR list_contains(weakened, 'other'))
  OR (list_contains(unlocked, 'mfa')
  OR list_contains(unlocked, 'sso')
  OR list_contains(unlocked, 'sign_in_method')
  OR list_contains(unlocked, 'password')
  OR list_contains(unlocked, 'session')
  OR list_contains(unlocked, 'passcode')
  OR list_contains(unlocked, 'waiting_room')
  OR list_contains(unlocked, 'encryption')
  OR list_contains(unlocked, 'recording_access')
  OR list_contains(unlocked, 'retention')
  OR list_contains(unlocked, 'app_approval')
  OR list_contains(unlocked, 'remote_control')
  OR list_contains(unlocked, 'chat')
  OR list_contains(unlocked, 'network')
  OR list_contains(unlocked, 'domain')
  OR list_contains(unlocked, 'audit')
  OR list_contains(unlocked, 'other'))
), counted AS (
  SELECT *, COUNT(*) OVER recent AS event_count FROM matched
  WINDOW recent AS (
    PARTITION BY coalesce(actor_email, lower(actor_name)) ORDER BY CAST(event_time AS TIMESTAMP)
    RANGE BETWEEN INTERVAL 3600 SECONDS PRECEDING AND CURRENT ROW
  )
), reached AS (
  SELECT *, event_count >= 5 AS is_reached FROM counted
)
SELECT * EXCLUDE is_reached FROM reached
WINDOW before AS (PARTITION BY coalesce(actor_email, lower(actor_name)) ORDER BY event_time, event_id)
QUALIFY is_reached AND NOT coalesce(
  lag(is_reached) OVER before
  AND CAST(lag(event_time) OVER before AS TIMESTAMP) >= CAST(event_time AS TIMESTAMP) - INTERVAL 3600 SECONDS, false);
