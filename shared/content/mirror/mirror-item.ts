import type { ContentSlice } from '../../model/slice.ts';
import type { CustodyRow } from '../custody-row.ts';
import type { ListedFile } from '../listed-file.ts';

/** A file that has left Zoom, or that is marked as hidden. */
export interface MirrorItem {
  readonly slice: ContentSlice;
  /** As the newest row lists it. */
  readonly file: ListedFile;
  /** How it left Zoom last; undefined if it is there. */
  readonly gone: Extract<CustodyRow, { state: 'gone' }> | undefined;
  /** How often it left so far. */
  readonly departure: number;
  /** The line that hides it; undefined if none does. */
  readonly hidden: Extract<CustodyRow, { state: 'hidden' }> | undefined;
  /** How often it was hidden so far. */
  readonly timesHidden: number;
  /** Ids and addresses of the people it belongs to; undefined if no list of people names its host. */
  readonly people: readonly string[] | undefined;
}

/** Whether a file is hidden for its present departure. A line about an earlier one hides nothing. */
export const isHiddenNow = ({
  gone,
  departure,
  hidden,
}: Pick<MirrorItem, 'gone' | 'departure' | 'hidden'>): boolean =>
  gone !== undefined && hidden?.gone === departure;

/** Identifies one departure of one file: what an operator released once is not released when it leaves again. */
export const departureOf = ({ file, departure }: Pick<MirrorItem, 'file' | 'departure'>): string =>
  `${file.item} ${departure}`;
