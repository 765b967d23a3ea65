import { DAY_MS } from '../calendar.ts';
import { type Answer, apiError, validationFailed } from '../response.ts';

/** The instants of a request, both included. */
export interface InstantRange {
  readonly from: number;
  readonly to: number;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Reads `from` and `to`: required date-times, or dates at midnight UTC. Returns Zoom's refusal of the first invalid one. */
export const readInstantRange = (
  query: URLSearchParams,
  mostDays: number,
): InstantRange | { readonly rejection: Answer } => {
  const [from, to] = [instantOf(query.get('from')), instantOf(query.get('to'))];
  if (Number.isNaN(from) || Number.isNaN(to)) {
    const field = Number.isNaN(from) ? 'from' : 'to';
    return { rejection: validationFailed(field, "Invalid field. Use the format yyyy-MM-dd'T'HH:mm:ss'Z'.") };
  }
  if (from > to) {
    return { rejection: validationFailed('from', 'The start date cannot be later than the end date.') };
  }
  return to - from > mostDays * DAY_MS
    ? { rejection: apiError(400, 300, `The date range cannot exceed ${mostDays} days.`) }
    : { from, to };
};

const instantOf = (text: string | null): number =>
  text !== null && INSTANT.test(text) ? Date.parse(text) : NaN;
