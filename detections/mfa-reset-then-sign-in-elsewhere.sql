-- title: Zoom Second Factor Reset, Then Sign-In From Elsewhere
-- id: 6a7b2c1e-0f7d-4a4e-8b0c-7d3f2f9b4e32
-- status: experimental
-- level: high
-- tags: attack.credential-access, attack.initial-access, attack.t1556.006, attack.t1078.004
-- The second factor of a user was reset or turned off. Within a day the user signed in from a network that they never used
-- before, though they had signed in from others. Sigma has no "first seen", so this is a query.
WITH addresses AS (
  SELECT *, CAST(event_time AS TIMESTAMP) AS instant, lower(email) AS account, split_part(address, '::', 1) AS groups
  FROM zoom_activity, UNNEST(any_ip_addresses) AS listed (address)
  WHERE event_type = 'user.sign_in' AND email <> ''
), located AS (
  SELECT *,
    CASE
      WHEN contains(address, ':') THEN concat(
        coalesce(nullif(split_part(groups, ':', 1), ''), '0'), ':',
        coalesce(nullif(split_part(groups, ':', 2), ''), '0'), '::/32')
      ELSE concat(split_part(address, '.', 1), '.', split_part(address, '.', 2), '.0.0/16')
    END AS network
  FROM addresses
), seen AS (
  SELECT *,
    row_number() OVER (PARTITION BY account, network ORDER BY instant, event_id) AS nth_from_network,
    dense_rank() OVER (PARTITION BY account ORDER BY instant, event_id) AS nth
  FROM located
), resets AS (
  SELECT unnest(target_emails) AS account, CAST(event_time AS TIMESTAMP) AS reset_at, event_time AS reset_time, operator
  FROM zoom_operation
  WHERE list_contains(weakened, 'mfa')
)
SELECT
  seen.event_id, seen.event_time, seen.email, seen.ip_address, any_value(seen.network) AS new_network,
  arg_max(resets.reset_time, reset_at) AS reset_time,
  arg_max(resets.operator, reset_at) AS reset_by
FROM seen
JOIN resets ON resets.account = seen.account AND instant BETWEEN reset_at AND reset_at + INTERVAL 1 DAY
WHERE nth_from_network = 1 AND nth > 1
GROUP BY seen.event_id, seen.event_time, seen.email, seen.ip_address
ORDER BY seen.event_time;
