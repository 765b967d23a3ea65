import { DEFAULT_LOOKBACK_DAYS } from '../../shared/app/connector.ts';
import { addDays, type Day, DaySchema } from '../../shared/model/day.ts';
import { runChild } from '../child.ts';
import { BENCH_DAY } from '../day.ts';
import type { Scale } from '../scale.ts';
import { scratchFolder } from '../scratch.ts';
import { startLivingZoom } from '../zoom/living.ts';
import type { Deployed } from './deployment.ts';
import { LogCounter } from './log-lines.ts';
import type { FunctionsDay } from './steady-day.ts';
import { type DayUsage, functionUsage } from './usage.ts';

/** A closed day is listed again a week after it closed. */
const CONFIRMED_AFTER = 7;

/** On the measured day, one day of this age closes, and one is confirmed. */
const CLOSES = DEFAULT_LOOKBACK_DAYS + 1;
const CONFIRMS = CLOSES + CONFIRMED_AFTER;
const DAYS_BEFORE = CONFIRMS + 1;

/** A day in the steady state for each size, with the default schedule: rows of both streams, including late rows. */
export const measureSteadyDays = async (
  { sizes, minutes }: Scale['day'],
  deployed: Deployed,
  report: (text: string) => void,
): Promise<DayUsage[]> => {
  const measured: DayUsage[] = [];
  for (const rowsPerDay of sizes) {
    report(`a steady day of ${rowsPerDay.toLocaleString('en-US')} rows`);
    measured.push(await measureSteadyDay(rowsPerDay, minutes, deployed));
  }
  return measured;
};

const measureSteadyDay = async (
  rowsPerDay: number,
  minutes: number,
  { pollerMib, watchMib }: Deployed,
): Promise<DayUsage> => {
  const day = DaySchema.parse(BENCH_DAY);
  const company = (from: Day, to: Day) => ({
    seed: 1,
    from,
    to,
    rowsPerDay,
    weekends: 1,
    lateness: { hours: 24 },
  });
  // The days between are not listed on the measured day: they need no rows.
  const confirmed = addDays(day, -CONFIRMS);
  const companies = [company(confirmed, confirmed), company(addDays(day, -CLOSES), day)];
  const now = `${addDays(day, -DAYS_BEFORE)}T00:00:00Z`;
  await using zoom = await startLivingZoom({ now, companies });
  using folder = scratchFolder();
  const log = new LogCounter();
  const wanted = { folder: folder.path, day, daysBefore: DAYS_BEFORE, minutes };
  const { polls, watches, delivered, cloudWatchRequests } = await runChild<FunctionsDay>(
    'day/steady-day.ts',
    wanted,
    zoom.environment,
    (line) => log.hear(line),
  );

  return {
    rowsPerDay,
    delivered,
    poller: functionUsage(polls, pollerMib),
    watch: functionUsage(watches, watchMib),
    cloudWatchRequests,
    logged: log.logged,
  };
};
