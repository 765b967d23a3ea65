import type { Day } from '../model/day.ts';
import { inPeriod, type Period } from './period.ts';
import { countIn, readRows, type RunQuery, textIn } from './rows.ts';

/** How many events a day has of one kind, such as an area. */
export interface DailyCount {
  readonly day: Day;
  readonly kind: string;
  readonly count: number;
}

/** The events of a period. */
export interface EventFigures {
  readonly byArea: readonly DailyCount[];
  /** One event counts once for each of its controls. */
  readonly byControl: readonly DailyCount[];
  /** Operations of an older mapping, which have no controls. */
  readonly withoutControls: number;
}

/** Counts the events of a period by area and by control. */
export const readEventFigures = async (runQuery: RunQuery, period: Period): Promise<EventFigures> => {
  const areas = await readRows(
    runQuery,
    `SELECT dt, area AS kind, count(*) AS count FROM zoom_events WHERE ${inPeriod(period)} GROUP BY ALL ORDER BY ALL`,
  );
  // Operations without a control, too, so that those of an older mapping are counted.
  const controls = await readRows(
    runQuery,
    `SELECT dt, control AS kind, count(*) AS count, count(*) FILTER (WHERE mapping_version IS NULL) AS older
     FROM zoom_operation LEFT JOIN unnest(controls) AS item(control) ON true
     WHERE ${inPeriod(period)} GROUP BY ALL ORDER BY ALL`,
  );
  const toCount = (row: (typeof areas)[number]): DailyCount => ({
    day: textIn(row, 'dt') as Day,
    kind: textIn(row, 'kind'),
    count: countIn(row, 'count'),
  });
  return {
    byArea: areas.map(toCount),
    byControl: controls.map(toCount).filter(({ kind }) => kind !== ''),
    withoutControls: controls.reduce((sum, row) => sum + countIn(row, 'older'), 0),
  };
};
