import type { SliceOutcome } from '../../shared/app/connector.ts';
import { dayOf } from '../../shared/model/day.ts';

/** What a tip listing that found nothing new came to. */
export const anOutcome = (changes: Partial<SliceOutcome> = {}): SliceOutcome => ({
  slice: { source: 'acme', stream: 'operation', day: dayOf(new Date('2026-06-01T00:00:00Z')) },
  listing: 'tip',
  complete: false,
  cutShort: false,
  read: 0,
  delivered: 0,
  duplicate: 0,
  held: 0,
  rejected: 0,
  repeatedNames: 0,
  invalidUtf8: 0,
  vanished: 0,
  newlyVanished: 0,
  dayMismatch: 0,
  objects: 0,
  bytes: 0,
  details: {},
  categoryUnknown: 0,
  lagsMs: [],
  unknownCategories: [],
  unknownFields: [],
  ...changes,
});
