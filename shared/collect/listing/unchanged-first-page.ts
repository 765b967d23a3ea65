import { identifyListed } from '../../model/raw-row.ts';
import type { Slice } from '../../model/slice.ts';
import type { Format } from '../../normalize/index.ts';
import { orderOf } from './listing-tally.ts';
import type { Page } from '../ports.ts';
import type { SliceState } from '../state/slice-state.ts';

/**
 * Most tips find the first page just as the last listing left it. All its rows are in the log then, for a log only grows,
 * and there is nothing to do: such a tip needs neither the log nor its counts, however long the day is.
 *
 * Gives that page's order, if the log has its rows and nothing was left undone: every object there is was there when the
 * page was remembered, which is done last, and is projected in every format that is asked for.
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

/** Whether a page is the one known. The last page of a list is none: it makes the listing a whole one, which is news. */
export const isUnchangedFirstPage = ({ stream }: Slice, { rows, last }: Page, known: string): boolean =>
  !last && orderOf(rows.map((row) => identifyListed(stream, row))) === known;
