/** One committed object of a slice's log. */
export interface LoggedObject {
  readonly sequence: number;
  /** The store's fingerprint of the object when it was read. */
  readonly version: string;
  readonly rows: number;
  /** The digests of its rows as bytes, in their order in the object. */
  readonly digests: Uint8Array;
  /** The number of its rows without a readable time, which are not events. */
  readonly rejected: number;
  /** The newest time of its rows that was not in the future when they were committed; empty if there is none. */
  readonly newest: string;
}
