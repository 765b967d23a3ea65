-- title: Zoom Role Granted or Second Factor Off After Sign-In From a New Network
-- id: 0c8f7d0a-4d6b-4b57-9c0c-2a1d1f0c6f11
-- status: experimental
-- level: high
-- tags: attack.privilege-escalation, attack.persistence, attack.t1078.004, attack.t1098.003, attack.t1556.006
-- A person signed in from a network that they never used before, though they had signed in from others. Within a day the
-- same person gave a privileged role, widened one, or weakened the second factor. Sigma has no "first seen", so this is a query.
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
), new_networks AS (
  SELECT account, instant, network, ip_address, event_time FROM seen WHERE nth_from_network = 1 AND nth > 1
)
SELECT
  operation.event_id, operation.event_time, operation.operator, operation.operation_detail,
  arg_max(new_networks.network, instant) AS new_network,
  arg_max(new_networks.ip_address, instant) AS ip_address,
  arg_max(new_networks.event_time, instant) AS signed_in_at
FROM zoom_operation AS operation
JOIN new_networks
  ON new_networks.account = operation.actor_email
  AND CAST(operation.event_time AS TIMESTAMP) BETWEEN instant AND instant + INTERVAL 1 DAY
WHERE list_has_any(operation.weakened, ['role', 'mfa']) OR list_contains(operation.unlocked, 'mfa')
GROUP BY ALL
ORDER BY operation.event_time;
