import type { Day } from '../model/day.ts';
import { inPeriod, type Period, untilEnd } from './period.ts';
import { countIn, type FirstRows, firstRows, readRows, type RunQuery, textIn } from './rows.ts';

/** The sign-ins of a day: from networks that the person had used before, and from others. */
export interface DailySignIns {
  readonly day: Day;
  readonly known: number;
  readonly fromNewNetwork: number;
}

/** A network that people signed in from in the period. */
export interface SignInNetwork {
  /** A /24 of IPv4, or the first three groups of IPv6. */
  readonly network: string;
  readonly signIns: number;
  readonly people: number;
  /** The people who had signed in before, but never from here. */
  readonly newPeople: number;
  /** As RFC 3339. */
  readonly lastSignIn: string;
}

/** The sign-ins of a period, and their networks: those with the most new people first. */
export interface SignInFigures {
  readonly daily: readonly DailySignIns[];
  readonly networks: FirstRows<SignInNetwork>;
}

const NETWORKS = 15;

/** Each sign-in with its network. Those before the period show which networks a person already used. */
const networks = (period: Period): string => `
  WITH sign_ins AS (
    SELECT
      event_id, event_time, source, dt, any_ip_addresses,
      lower(coalesce(actor_email, actor_name)) AS person,
      row_number() OVER (PARTITION BY source, lower(coalesce(actor_email, actor_name)) ORDER BY event_time, event_id) AS nth
    FROM zoom_activity
    WHERE ${untilEnd(period)} AND event_type = 'user.sign_in' AND actor_name IS NOT NULL AND any_ip_addresses IS NOT NULL
  ),
  addresses AS (
    SELECT *,
      CASE
        WHEN starts_with(ip_address, '::') THEN '::'
        WHEN contains(ip_address, ':')
          THEN regexp_extract(split_part(ip_address, '::', 1) || ':0:0', '^[^:]+:[^:]+:[^:]+') || '::/48'
        ELSE regexp_extract(ip_address, '^[0-9]+[.][0-9]+[.][0-9]+') || '.0/24'
      END AS network
    FROM sign_ins CROSS JOIN unnest(any_ip_addresses) AS listed(ip_address)
  ),
  counted AS (
    SELECT *, nth > 1 AND row_number() OVER (PARTITION BY source, person, network ORDER BY event_time, event_id) = 1 AS is_new
    FROM addresses
  )`;

/** Counts the sign-ins of a period by day and by network. */
export const readSignInFigures = async (runQuery: RunQuery, period: Period): Promise<SignInFigures> => {
  const days = await readRows(
    runQuery,
    `${networks(period)}
     SELECT dt, count(DISTINCT event_id) AS sign_ins, count(DISTINCT event_id) FILTER (WHERE is_new) AS new
     FROM counted WHERE ${inPeriod(period)} GROUP BY ALL ORDER BY ALL`,
  );
  const found = await readRows(
    runQuery,
    `${networks(period)}
     SELECT network, count(DISTINCT event_id) AS sign_ins, count(DISTINCT (source, person)) AS people,
       count(DISTINCT (source, person)) FILTER (WHERE is_new) AS new_people,
       max(CAST(event_time AS TIMESTAMP)) AS last_sign_in, count(*) OVER () AS total
     FROM counted WHERE ${inPeriod(period)} GROUP BY network
     ORDER BY new_people DESC, sign_ins DESC, network LIMIT ${NETWORKS}`,
  );
  return {
    daily: days.map((row) => ({
      day: textIn(row, 'dt') as Day,
      known: countIn(row, 'sign_ins') - countIn(row, 'new'),
      fromNewNetwork: countIn(row, 'new'),
    })),
    networks: firstRows(found, (row) => ({
      network: textIn(row, 'network'),
      signIns: countIn(row, 'sign_ins'),
      people: countIn(row, 'people'),
      newPeople: countIn(row, 'new_people'),
      lastSignIn: textIn(row, 'last_sign_in'),
    })),
  };
};
