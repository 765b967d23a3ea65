import type { WholeList } from '../read-list.ts';
import type { RoutedRow } from '../recording-rows.ts';

/** What the listing of one unit brought. */
export interface UnitListing {
  readonly rows: readonly RoutedRow[];
  /** Rows that are kept, but do not say which meeting or which file they are about. */
  readonly unreadable: number;
  readonly list: Pick<WholeList, 'beganAt' | 'endedAt' | 'total' | 'isProven'> & { readonly count: number };
}

/** A part of a listing that is read by itself: the recordings of a host over a range of days, or the meetings of a day. */
export interface Unit {
  /** Stable, so that a listing that broke off continues: `host:abc`. */
  readonly name: string;
  list(signal: AbortSignal): Promise<UnitListing>;
}
