import { type Answer, apiError, validationFailed } from './response.ts';
import { addDays, dayOf, monthsBefore, parseDay } from './calendar.ts';
import type { Settings } from './options.ts';
import type { StreamName } from './row-store.ts';

/** The validated parameters of a report request. */
export interface ReportQuery {
  /** As echoed: timestamps cut to their dates, a silent cut of the span not shown. */
  readonly from: string;
  readonly to: string;
  readonly pageSize: number;
  /** Operation logs only; undefined for all. */
  readonly category: string | undefined;
  readonly pageToken: string | undefined;
  /** The days that are listed, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
}

const CATEGORIES = new Set(
  (
    'all user user_settings account billing im recording phone_contacts ' +
    'webinar sub_account role zoom_rooms'
  ).split(' '),
);

/** A month is at most 31 days, both ends included. A longer span is cut to 30. */
const MONTH_DAYS = 31;
const CUT_DAYS = 30;

/**
 * Checks the parameters of a report: dates in UTC with both ends included, `from` and `to` required for operation logs
 * only, 1 to 300 rows a page (default 30). Returns Zoom's refusal of the first invalid parameter.
 */
export const readReportQuery = (
  stream: StreamName,
  query: URLSearchParams,
  now: number,
  { overAMonth, tooOld }: Pick<Settings, 'overAMonth' | 'tooOld'>,
): { readonly query: ReportQuery } | { readonly rejection: Answer } => {
  const today = dayOf(now);
  const dayNamed = (name: string, ifAbsent: string) =>
    query.has(name) || stream === 'operation' ? parseDay(query.get(name) ?? '') : ifAbsent;
  const refuse = (field: string, message: string) => ({ rejection: validationFailed(field, message) });

  const to = dayNamed('to', today);
  if (to === undefined) return refuse('to', 'Invalid field. Use the format yyyy-mm-dd.');
  const from = dayNamed('from', to);
  if (from === undefined) return refuse('from', 'Invalid field. Use the format yyyy-mm-dd.');
  if (from > to) return refuse('from', 'The start date cannot be later than the end date.');

  const sizeText = query.get('page_size') ?? '30';
  const pageSize = /^\d{1,9}$/.test(sizeText) ? Number(sizeText) : 0;
  if (pageSize < 1 || pageSize > 300) return refuse('page_size', 'The value must be between 1 and 300.');

  const category = (stream === 'operation' ? query.get('category_type') : null) ?? 'all';
  if (!CATEGORIES.has(category)) return refuse('category_type', 'Invalid field.');

  const isLong = to > addDays(from, MONTH_DAYS - 1);
  if (isLong && overAMonth === 'refuse') {
    return { rejection: apiError(400, 300, 'The date range cannot exceed one month.') };
  }
  const oldest = monthsBefore(today, 6);
  if (from < oldest && tooOld === 'refuse') {
    return { rejection: apiError(400, 300, 'Only data of the recent 6 months can be queried.') };
  }

  return {
    query: {
      from,
      to,
      pageSize,
      category: category === 'all' ? undefined : category,
      pageToken:
        query.get('next_page_token') === '' ? undefined : (query.get('next_page_token') ?? undefined),
      firstDay: from < oldest ? oldest : from,
      lastDay: isLong ? addDays(from, CUT_DAYS - 1) : to,
    },
  };
};
