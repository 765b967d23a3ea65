-- title: Zoom Account Signs In From Two Distant Networks at Once
-- id: 2f1f8a0e-7f1c-4f0e-9a55-5c3a6f2f5b71
-- status: experimental
-- level: medium
-- tags: attack.initial-access, attack.t1078.004
-- An account signed in from two networks within fifteen minutes. Where an address is, the rows don't say: two networks are
-- distant if their addresses differ in the first 16 bits (IPv4) or 32 bits (IPv6). The two families are not compared, for
-- one device has both. Sigma can count addresses but can't tell their networks apart, so this is a query.
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
), sign_ins AS (
  SELECT event_id, event_time, instant, account, email, ip_address, contains(address, ':') AS is_ipv6,
    list_sort(list(DISTINCT network)) AS networks
  FROM located
  GROUP BY ALL
)
SELECT
  here.event_id, here.event_time, here.email, here.ip_address, array_to_string(here.networks, ', ') AS network,
  count(*) AS sign_ins_elsewhere,
  arg_max(there.event_time, there.instant) AS event_time_elsewhere,
  arg_max(there.ip_address, there.instant) AS ip_address_elsewhere
FROM sign_ins AS here
JOIN sign_ins AS there
  ON there.account = here.account
  AND there.is_ipv6 = here.is_ipv6
  AND NOT list_has_any(there.networks, here.networks)
  AND there.instant >= here.instant - INTERVAL 15 MINUTES
  AND (there.instant < here.instant OR (there.instant = here.instant AND there.event_id < here.event_id))
GROUP BY ALL
ORDER BY here.event_time;
