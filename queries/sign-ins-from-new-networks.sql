-- Sign-ins from new networks
-- Who signed in, in the last 7 days, from a network that they had not used in the 30 days before today?
-- A network is a /24 of IPv4, or the first three groups of IPv6. A person's first sign-in is not listed: it proves nothing.
WITH sign_ins AS (
  SELECT
    event_id,
    event_time,
    source,
    dt,
    coalesce(actor_email, actor_name) AS person,
    client_type,
    any_ip_addresses,
    row_number() OVER (
      PARTITION BY source, lower(coalesce(actor_email, actor_name)) ORDER BY event_time, event_id
    ) AS nth
  FROM zoom_activity
  WHERE dt >= current_date - 30
    AND event_type = 'user.sign_in'
    AND actor_name IS NOT NULL
    AND any_ip_addresses IS NOT NULL
),
addresses AS (
  SELECT
    *,
    CASE
      WHEN regexp_matches(ip_address, '^::') THEN '::'
      WHEN regexp_matches(ip_address, ':')
        THEN regexp_extract(split_part(ip_address, '::', 1) || ':0:0', '^[^:]+:[^:]+:[^:]+') || '::'
      ELSE regexp_extract(ip_address, '^[0-9]+[.][0-9]+[.][0-9]+') || '.0'
    END AS network
  FROM sign_ins
  CROSS JOIN UNNEST(any_ip_addresses) AS listed (ip_address)
),
counted AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY source, lower(person), network ORDER BY event_time, event_id) AS nth_from_network
  FROM addresses
)
SELECT
  CAST(event_time AS TIMESTAMP) AS event_time,
  person,
  network,
  ip_address,
  client_type,
  nth - 1 AS earlier_sign_ins,
  source,
  event_id
FROM counted
WHERE nth_from_network = 1
  AND nth > 1
  AND dt >= current_date - 7
ORDER BY event_time DESC, event_id
