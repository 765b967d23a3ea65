import { inPeriod, type Period, untilEnd } from './period.ts';
import { countIn, type FirstRows, firstRows, readRows, type RunQuery, TABLE_ROWS, textIn } from './rows.ts';

/** A setting that is weaker than it was, as of its last change. */
export interface WeakSetting {
  /** When it was last weakened, as RFC 3339. */
  readonly time: string;
  readonly actor: string;
  readonly control: string;
  /** The page, the group, or the object that has the setting; empty for the account. */
  readonly place: string;
  readonly setting: string;
  /** `unlocked`: groups or users can change it. */
  readonly effect: 'weakened' | 'unlocked';
  readonly oldValue: string;
  readonly newValue: string;
  /** How reliable it is: `detail.status` of the line. */
  readonly status: string;
  readonly source: string;
}

/** Settings of one control that were weakened in the period: still weak at its end, or strengthened after it. */
export interface WeakenedControl {
  readonly control: string;
  readonly weak: number;
  readonly strengthened: number;
}

/** The settings that were weakened, in the period or before it. */
export interface SettingFigures {
  readonly byControl: readonly WeakenedControl[];
  /** At the end of the period, the newest first. */
  readonly stillWeak: FirstRows<WeakSetting>;
  /** The first day of the operations that were read; empty if there are none. */
  readonly readFrom: string;
}

/** Text of a cell. Rows may have megabytes. */
const cell = (expression: string): string => `left(${expression}, 400)`;

/**
 * The last effect of each setting: on its value (weakened, strengthened) and on its lock (unlocked, locked). A setting is one
 * name in one place of one source. A change in no direction leaves the last effect.
 */
const effects = (period: Period): string => `
  WITH items AS MATERIALIZED (
    SELECT
      event_time, event_id, dt, source, area,
      coalesce(actor_email, actor_name) AS actor,
      detail.status AS status,
      concat_ws(' ', target_type, target_name, target_email) AS target,
      coalesce(detail.section, '') AS section,
      generate_subscripts(detail.changes, 1) AS position,
      unnest(detail.changes) AS change
    FROM zoom_operation
    WHERE ${untilEnd(period)}
  ),
  directed AS (
    SELECT * FROM items WHERE change.direction IS NOT NULL AND change.control NOT IN ('role', 'license')
  ),
  effects AS (
    SELECT *, 'value' AS aspect, change.direction AS effect
    FROM directed WHERE change.direction IN ('weakened', 'strengthened')
    UNION ALL
    SELECT *, 'lock' AS aspect,
      CASE WHEN change.direction = 'unlocked' OR change.locked = false THEN 'unlocked' ELSE 'locked' END AS effect
    FROM directed WHERE change.direction IN ('unlocked', 'locked') OR change.locked IS NOT NULL
  ),
  last_effects AS (
    SELECT *,
      bool_or(effect IN ('weakened', 'unlocked') AND ${inPeriod(period)}) OVER setting AS weakened_in_period
    FROM effects
    WINDOW setting AS (PARTITION BY source, area, target, section, lower(change.setting), aspect)
    QUALIFY row_number() OVER (setting ORDER BY event_time DESC, event_id DESC, position DESC) = 1
  )`;

/** Finds the settings that were weakened, and those that still are at the end of a period. */
export const readSettingFigures = async (runQuery: RunQuery, period: Period): Promise<SettingFigures> => {
  const weak = `effect IN ('weakened', 'unlocked')`;
  const controls = await readRows(
    runQuery,
    `${effects(period)}
     SELECT change.control AS control, count(*) FILTER (WHERE ${weak}) AS weak, count(*) FILTER (WHERE NOT ${weak}) AS strengthened
     FROM last_effects WHERE weakened_in_period GROUP BY ALL ORDER BY count(*) DESC, control`,
  );
  const settings = await readRows(
    runQuery,
    `${effects(period)}
     SELECT
       CAST(event_time AS TIMESTAMP) AS event_time, ${cell('actor')} AS actor, change.control AS control,
       ${cell("concat_ws(' · ', nullif(target, ''), nullif(section, ''))")} AS place, ${cell('change.setting')} AS setting, effect,
       ${cell('change.old_value')} AS old_value, ${cell('change.new_value')} AS new_value, status, source,
       count(*) OVER () AS total
     FROM last_effects WHERE ${weak}
     ORDER BY event_time DESC, event_id, position, aspect LIMIT ${TABLE_ROWS}`,
  );
  const [first] = await readRows(
    runQuery,
    `SELECT min(dt) AS first FROM zoom_operation WHERE ${untilEnd(period)}`,
  );
  return {
    byControl: controls.map((row) => ({
      control: textIn(row, 'control'),
      weak: countIn(row, 'weak'),
      strengthened: countIn(row, 'strengthened'),
    })),
    stillWeak: firstRows(settings, (row) => ({
      time: textIn(row, 'event_time'),
      actor: textIn(row, 'actor'),
      control: textIn(row, 'control'),
      place: textIn(row, 'place'),
      setting: textIn(row, 'setting'),
      effect: textIn(row, 'effect') === 'unlocked' ? 'unlocked' : 'weakened',
      oldValue: textIn(row, 'old_value'),
      newValue: textIn(row, 'new_value'),
      status: textIn(row, 'status'),
      source: textIn(row, 'source'),
    })),
    readFrom: textIn(first, 'first'),
  };
};
