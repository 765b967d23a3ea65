import type { RowDigest } from '../model/raw-row.ts';

/** One committed object of a slice's log. */
export interface LoggedObject {
  readonly sequence: number;
  /** The store's fingerprint of the object when it was read. */
  readonly version: string;
  /** The digests of its rows in the order they stand in it. */
  readonly digests: readonly RowDigest[];
  /** How many of its rows can't be placed in time and so are no events. */
  readonly rejected: number;
  /** The time of its newest placed row; empty if it has none. */
  readonly newest: string;
}
