/** A moment, with its text in every record: formatting is expensive for many of them. */
export interface Instant {
  /** Milliseconds since 1970. */
  readonly ms: number;
  /** RFC 3339 in UTC with milliseconds. */
  readonly text: string;
}

/** Throws a RangeError for an invalid date. */
export const instantOf = (date: Date): Instant => ({ ms: date.getTime(), text: date.toISOString() });
