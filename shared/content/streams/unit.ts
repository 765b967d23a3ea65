import type { Day } from '../../model/day.ts';
import type { ListedRow } from '../../model/listed-row.ts';
import type { WholeList } from '../read-list.ts';

/** A row with the day whose slice it belongs to. */
export interface RoutedRow {
  readonly day: Day;
  readonly row: ListedRow;
}

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
