import type { SliceOutcome } from '../../../shared/collect/collect-slice.ts';
import { NO_COUNTS } from '../../../shared/collect/slice-counts.ts';
import { dayOf } from '../../../shared/model/day.ts';

/** The outcome of a tip listing that found nothing new. */
export const anOutcome = (changes: Partial<SliceOutcome> = {}): SliceOutcome => ({
  ...NO_COUNTS,
  slice: { source: 'acme', stream: 'operation', day: dayOf(new Date('2026-06-01T00:00:00Z')) },
  listing: 'tip',
  complete: false,
  cutShort: false,
  unknownCategories: [],
  unknownFields: [],
  ...changes,
});
