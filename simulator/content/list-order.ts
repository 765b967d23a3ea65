import { hash } from 'node:crypto';
import type { RowOrder } from '../listing.ts';

/** Newest first, oldest first, or in an order that depends on the id alone: Zoom promises none. */
export const inOrder = <T>(
  items: T[],
  order: RowOrder,
  sortKey: (item: T) => readonly [instant: number, id: string],
): T[] => {
  const sortKeys = new Map(items.map((item) => [item, sortKey(item)]));
  const idOf = (item: T) => sortKeys.get(item)?.[1] ?? '';
  if (order === 'shuffled') {
    const keys = new Map(items.map((item) => [item, hash('sha256', idOf(item))]));
    return items.sort((a, b) => ((keys.get(a) ?? '') < (keys.get(b) ?? '') ? -1 : 1));
  }
  const instantOf = (item: T) => sortKeys.get(item)?.[0] ?? 0;
  items.sort((a, b) => instantOf(b) - instantOf(a) || (idOf(a) < idOf(b) ? -1 : 1));
  return order === 'oldest-first' ? items.reverse() : items;
};
