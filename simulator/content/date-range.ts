import { addDays, dayOf, monthsBefore, parseDay } from '../calendar.ts';
import { type Answer, apiError, validationFailed } from '../response.ts';
import type { Settings } from '../options.ts';

/** The days of a request: as echoed, and as listed (both included). */
export interface DateRange {
  readonly from: string;
  readonly to: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

/** A month is at most 31 days, both ends included. A longer span is cut to 30, without a word in the response. */
const MONTH_DAYS = 31;
const CUT_DAYS = 30;

/** Reads `from` and `to`: dates in UTC, both today by default. Returns Zoom's refusal of the first invalid one. */
export const readDateRange = (
  query: URLSearchParams,
  now: number,
  { overAMonth, tooOld }: Pick<Settings, 'overAMonth'> & { readonly tooOld?: Settings['tooOld'] },
): DateRange | { readonly rejection: Answer } => {
  const today = dayOf(now);
  const to = parseDay(query.get('to') ?? today);
  const from = parseDay(query.get('from') ?? to ?? today);
  if (to === undefined || from === undefined) {
    const field = to === undefined ? 'to' : 'from';
    return { rejection: validationFailed(field, 'Invalid field. Use the format yyyy-mm-dd.') };
  }
  if (from > to) {
    return { rejection: validationFailed('from', 'The start date cannot be later than the end date.') };
  }
  const isLong = to > addDays(from, MONTH_DAYS - 1);
  if (isLong && overAMonth === 'refuse') {
    return { rejection: apiError(400, 300, 'The date range cannot exceed one month.') };
  }
  const oldest = monthsBefore(today, 6);
  if (tooOld === 'refuse' && from < oldest) {
    return { rejection: apiError(400, 300, 'Only data of the recent 6 months can be queried.') };
  }
  return {
    from,
    to,
    firstDay: tooOld === 'empty' && from < oldest ? oldest : from,
    lastDay: isLong ? addDays(from, CUT_DAYS - 1) : to,
  };
};
