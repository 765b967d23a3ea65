/** One committed object of a slice's log. */
export interface LoggedObject {
  readonly sequence: number;
  /** The store's fingerprint of the object when it was read. */
  readonly version: string;
  readonly rows: number;
  /** The digests of its rows as bytes, in the order they stand in it. */
  readonly digests: Uint8Array;
  /** How many of its rows can't be placed in time and so are no events. */
  readonly rejected: number;
  /** The time of its newest placed row that was not in the future when it was committed; empty if it has none. */
  readonly newest: string;
}
