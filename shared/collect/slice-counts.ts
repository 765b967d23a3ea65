import { addDetails, type Projected } from './log/projection.ts';

/** The counts of listing a slice; `read` = `delivered` + `duplicate` + `held` + `rejected`. */
export interface SliceCounts {
  /** Rows that Zoom returned. */
  readonly read: number;
  /** Rows committed that became events. */
  readonly delivered: number;
  /** Rows that were in the log already, or that were read twice. */
  readonly duplicate: number;
  /** Copies beyond those proven: true twins across a page edge, or one row served twice. The next listing decides. */
  readonly held: number;
  /** Rows committed that have no readable time, or are kept as text: they are in `rejected/`. */
  readonly rejected: number;
  /** Rows committed with a repeated name: the raw log has all values, projections have the last one. */
  readonly repeatedNames: number;
  /** Pages with invalid UTF-8 from which rows were committed: U+FFFD replaces the invalid bytes. */
  readonly invalidUtf8: number;
  /** Rows of the log that this whole listing no longer has. They are kept. */
  readonly vanished: number;
  /** Those of them that the previous whole listing still had. */
  readonly newlyVanished: number;
  /** Rows committed whose own UTC day is not the day Zoom lists them under. */
  readonly dayMismatch: number;
  /** Objects written: raw objects and projections, including those that an earlier run did not finish. */
  readonly objects: number;
  /** Bytes of those that this run committed. */
  readonly bytes: number;
  /** How many details of the delivered operations were parsed, and how completely. */
  readonly details: Projected['details'];
  /** Those of them whose category this release does not know. */
  readonly categoryUnknown: number;
  /** From each delivered event to its delivery, in milliseconds; none if the slice was not listed before. */
  readonly lagsMs: readonly number[];
}

export const NO_COUNTS: SliceCounts = {
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
};

/**
 * Two listings of a slice as one. The second listing delivered the copies that the first one held, held them again, or showed
 * that they are not separate events: `held` and `vanished` are those of the second listing.
 */
export const addCounts = (first: SliceCounts, second: SliceCounts): SliceCounts => ({
  read: first.read + second.read,
  delivered: first.delivered + second.delivered,
  duplicate: first.duplicate + first.held + second.duplicate,
  held: second.held,
  rejected: first.rejected + second.rejected,
  repeatedNames: first.repeatedNames + second.repeatedNames,
  invalidUtf8: first.invalidUtf8 + second.invalidUtf8,
  vanished: second.vanished,
  newlyVanished: first.newlyVanished + second.newlyVanished,
  dayMismatch: first.dayMismatch + second.dayMismatch,
  objects: first.objects + second.objects,
  bytes: first.bytes + second.bytes,
  details: addDetails(first.details, second.details),
  categoryUnknown: first.categoryUnknown + second.categoryUnknown,
  lagsMs: [...first.lagsMs, ...second.lagsMs],
});
