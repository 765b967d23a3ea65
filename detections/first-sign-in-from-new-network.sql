-- title: Zoom Account Signs In From a New Network
-- id: 8d0b5c7e-3b1a-4c1d-8e0b-0f6f5f0a9c42
-- status: experimental
-- level: low
-- tags: attack.initial-access, attack.t1078.004
-- The first sign-in of an account from a network, if it had signed in before from others. A network is the first 16 bits of
-- an IPv4 address, the first 32 of an IPv6 address. All that lies in the table is what has been seen: collect the six months
-- that Zoom keeps first, then ask for the days that are new to you. Sigma has no "first seen", so this is a query.
WITH addresses AS (
  SELECT *, CAST(event_time AS TIMESTAMP) AS instant, lower(email) AS account, split_part(address, '::', 1) AS groups
  FROM zoom_activity, UNNEST(any_ip_addresses) AS listed (address)
  WHERE event_type = 'user.sign_in' AND email <> ''
), sign_ins AS (
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
  FROM sign_ins
)
SELECT event_id, event_time, email, ip_address, network, client_type, nth - 1 AS sign_ins_before
FROM seen
WHERE nth_from_network = 1 AND nth > 1
ORDER BY event_time;
