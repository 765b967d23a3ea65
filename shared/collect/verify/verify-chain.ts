import { addDays, type Day } from '../../model/day.ts';
import type { Difference } from './verify-difference.ts';
import type { AnySlice } from '../../model/slice.ts';
import type { ObjectStore } from '../ports.ts';
import { type FoundEntry, readEntriesStrictly } from './verify-ledger.ts';

/** Days whose entries name each other without a break. A copy of its head elsewhere protects the whole chain. */
export interface ChainSegment {
  readonly from: Day;
  readonly to: Day;
  /** SHA-256 of the newest entry of the last day. */
  readonly head: string;
}

/** The part of an entry that the chain needs. */
export interface ChainLink {
  readonly key: string;
  readonly day: Day;
  readonly sha256: string;
  /** Undefined for an entry that can't be read. */
  readonly previous: string | null | undefined;
  readonly closedAt: string | undefined;
}

/** An entry as a link: small enough to keep all of a stream's. */
export const linkOf = ({ key, slice, sha256, entry }: FoundEntry): ChainLink => ({
  key,
  day: slice.day,
  sha256,
  previous: entry?.previous,
  closedAt: entry?.closed_at,
});

/** The links of the day before a range and of the day after it: the first and the last entry of the range are chained to them. */
export const linksAround = async (
  store: ObjectStore,
  stream: Omit<AnySlice, 'day'>,
  { from, to }: { readonly from?: Day | undefined; readonly to?: Day | undefined },
): Promise<ChainLink[]> => {
  const around = [from && addDays(from, -1), to && addDays(to, 1)].filter((day) => day !== undefined);
  const found = await Promise.all(around.map((day) => readEntriesStrictly(store, { ...stream, day })));
  return found.flatMap(({ entries }) => entries.map(linkOf));
};

/**
 * Follows the chain of one stream's ledger: every entry names an entry of the day before, as it was then, or none if there was
 * none. So the next day's entry detects a change or removal. For a range, pass the links of the day before and the day after,
 * too.
 */
export const verifyChain = (
  links: readonly ChainLink[],
  { from, to }: { readonly from?: Day | undefined; readonly to?: Day | undefined },
): { segments: ChainSegment[]; differences: Difference[] } => {
  const byDay = Map.groupBy(links, ({ day }) => day);
  const differences: Difference[] = [];
  const segments: ChainSegment[] = [];
  for (const day of [...byDay.keys()].sort()) {
    if (from !== undefined && day < from) continue;
    const ofDay = byDay.get(day) ?? [];
    const before = byDay.get(addDays(day, -1)) ?? [];
    const named = new Set(before.map(({ sha256 }) => sha256));
    differences.push(...ofDay.flatMap((link) => brokenLink(link, before, named)));
    if (to !== undefined && day > to) continue;

    const head = ofDay.at(-1)?.sha256 ?? '';
    const isJoined = ofDay.some(({ previous }) => typeof previous === 'string' && named.has(previous));
    const segment = segments.at(-1);
    if (isJoined && segment) segments[segments.length - 1] = { ...segment, to: day, head };
    else segments.push({ from: day, to: day, head });
  }
  return { segments, differences };
};

const brokenLink = (
  { key, day, previous, closedAt }: ChainLink,
  before: readonly ChainLink[],
  named: ReadonlySet<string>,
): Difference[] => {
  const yesterday = addDays(day, -1);
  if (typeof previous === 'string' && !named.has(previous)) {
    const what =
      before.length === 0 ? 'there is none: it was removed' : 'no entry matches: one was changed or removed';
    const message = `It names the entry of ${yesterday} with the SHA-256 ${previous}, but ${what}.`;
    return [{ kind: 'chain-broken', key, message }];
  }
  const passedOver = before.find((link) => link.closedAt !== undefined && link.closedAt < (closedAt ?? ''));
  if (previous === null && passedOver) {
    const message = `It names no entry of ${yesterday}, although that day had closed before: ${passedOver.key}.`;
    return [{ kind: 'chain-broken', key, message }];
  }
  return [];
};
