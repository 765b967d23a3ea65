-- title: Zoom Administrator Signs In From a New Network
-- id: 3d9e4f70-5c2b-4f0a-a2d1-9e6b8c5a1f43
-- status: experimental
-- level: high
-- tags: attack.initial-access, attack.privilege-escalation, attack.t1078.004
-- An administrator signed in from a network that they never used before, though they had signed in from others. An
-- administrator is who had operated the account, or had got a privileged role, before the sign-in. No country: rows have none.
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
), administrators AS (
  SELECT account, min(since) AS since FROM (
    SELECT actor_email AS account, CAST(event_time AS TIMESTAMP) AS since FROM zoom_operation
    UNION ALL
    SELECT unnest(target_emails), CAST(event_time AS TIMESTAMP) FROM zoom_operation WHERE list_contains(weakened, 'role')
  )
  GROUP BY account
)
SELECT event_id, event_time, email, ip_address, any_value(network) AS network, client_type
FROM seen
JOIN administrators USING (account)
WHERE nth_from_network = 1 AND nth > 1 AND since < instant
GROUP BY event_id, event_time, email, ip_address, client_type
ORDER BY event_time;
