import { identifyListed } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import type { Format } from '../../normalize/index.ts';
import { orderOf } from './listing-tally.ts';
import type { Page } from '../ports.ts';
import type { SliceState } from '../state/slice-state.ts';

/**
 * Most tip listings find the first page unchanged since the last listing. Then all its rows are in the log, because a log only
 * grows, and there is nothing to do: such a listing needs neither the log nor its counts, for a day of any length.
 *
 * Returns that page's order, if the log has its rows and no work is left: every object existed when the page was remembered,
 * which is the last step, and is projected in every requested format.
 */
export const unchangedFirstPage = (
  state: SliceState | undefined,
  objects: number,
  formats: readonly Format[],
): string | undefined => {
  if (!state?.firstPage || state.objects !== objects) return undefined;
  const known = new Set(state.firstPage.formats);
  return formats.every((format) => known.has(format)) ? state.firstPage.order : undefined;
};

/** Whether a page is the known one. The last page of a list is not: it makes the listing a whole one, which must be recorded. */
export const isUnchangedFirstPage = ({ stream }: Slice, { rows, last }: Page, known: string): boolean =>
  !last && orderOf(rows.map((row) => identifyListed(stream, row))) === known;
