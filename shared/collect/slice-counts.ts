import { addDetails, type Projected } from './log/projection.ts';

/** What listing a slice counted; `read` = `delivered` + `duplicate` + `held` + `rejected`. */
export interface SliceCounts {
  /** Rows that Zoom answered. */
  readonly read: number;
  /** Rows committed that became events. */
  readonly delivered: number;
  /** Rows that the log had, or that were read twice. */
  readonly duplicate: number;
  /** Copies beyond those proven: true twins across a page edge, or one row served twice. The next listing tells. */
  readonly held: number;
  /** Rows committed that can't be placed in time, or are kept as text: they lie in `rejected/`. */
  readonly rejected: number;
  /** Rows committed in which a name stands twice: the raw log has them whole, what is made of it the last value. */
  readonly repeatedNames: number;
  /** Pages with bytes that are no UTF-8, of which rows were committed: U+FFFD stands in their place. */
  readonly invalidUtf8: number;
  /** Rows of the log that this listing, read to the end, no longer has. They are kept. */
  readonly vanished: number;
  /** Those of them that the whole listing before this one still had. */
  readonly newlyVanished: number;
  /** Rows committed whose own UTC day is not the day Zoom lists them under. */
  readonly dayMismatch: number;
  /** Objects written: raw objects and projections, those included that an earlier run had left undone. */
  readonly objects: number;
  /** Bytes of those that this run committed. */
  readonly bytes: number;
  /** How far the details of the operations delivered were understood. */
  readonly details: Projected['details'];
  /** Those of them whose category this release does not know. */
  readonly categoryUnknown: number;
  /** From each event delivered to its delivery, in milliseconds; none where nobody had looked before. */
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
 * that they are no events of their own: of `held` and `vanished` the second listing has the last word.
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
