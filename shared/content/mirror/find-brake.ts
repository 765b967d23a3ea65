import { DAY_MS } from '../../model/duration.ts';
import type { MirrorRules } from '../../model/content-config.ts';
import { departureOf, isHiddenNow, type MirrorItem } from './mirror-item.ts';

/** No more than the limits may leave Zoom, or be hidden, within so long. */
const PERIOD_MS = DAY_MS;

/** Why nothing is hidden: so many files left Zoom within a day that they may have been deleted by mistake, or by an attacker. */
export interface Brake {
  /** Those that an operator must look at, in order of their departure. */
  readonly items: readonly MirrorItem[];
  /** The files of the source, without those that had left before. */
  readonly total: number;
}

/** The departures of a source. */
export interface BrakeSubject {
  /** Every file that is away from Zoom, hidden or not. */
  readonly away: readonly MirrorItem[];
  /** Those of them whose grace is over, and that no hold keeps. */
  readonly due: readonly MirrorItem[];
  /** Every file of the source, whether it is at Zoom or not. */
  readonly files: number;
  /** The departures that an operator released. */
  readonly released: ReadonlySet<string>;
  readonly rules: Pick<MirrorRules, 'brakePercent' | 'brakeItems'>;
}

/**
 * Finds out whether more files left within a day than may be hidden: by their departures, so that an operator hears of it while they
 * are still in Zoom's trash, and by what would be hidden within a day. A departure that an operator released does not count.
 */
export const findBrake = (subject: BrakeSubject, now: Date): Brake | undefined => {
  const { away, released } = subject;
  const counted = away.filter((item) => !released.has(departureOf(item))).sort(byDeparture);
  const suspects = new Set<MirrorItem>();
  let total = subject.files;
  for (const group of [...crowdedDays(subject, counted), ...crowdedHiding(subject, counted, now)]) {
    for (const item of group.items) suspects.add(item);
    total = Math.min(total, group.total);
  }
  const items = counted.filter((item) => suspects.has(item) && !isHiddenNow(item));
  return items.length === 0 ? undefined : { items, total };
};

interface Group {
  readonly items: readonly MirrorItem[];
  readonly total: number;
}

/** The days, from any departure on, in which too many left. */
const crowdedDays = ({ away, files, rules }: BrakeSubject, counted: readonly MirrorItem[]): Group[] => {
  const times = away.map(leftAt).sort((a, b) => a - b);
  const groups: Group[] = [];
  let [end, before, grouped] = [0, 0, 0];
  for (const [begin, item] of counted.entries()) {
    const from = leftAt(item);
    while (end < counted.length && leftAt(counted[end] ?? item) < from + PERIOD_MS) end += 1;
    while (before < times.length && (times[before] ?? from) < from) before += 1;
    const total = files - before;
    if (!isTooMany(end - begin, total, rules)) continue;
    groups.push({ items: counted.slice(Math.max(begin, grouped), end), total });
    grouped = end;
  }
  return groups;
};

/** What would be hidden now, with what was hidden within the last day. */
const crowdedHiding = (
  { away, due, files, released, rules }: BrakeSubject,
  counted: readonly MirrorItem[],
  now: Date,
): Group[] => {
  const hiddenSince = (item: MirrorItem): boolean =>
    isHiddenNow(item) && now.getTime() - Date.parse(item.hidden?.at ?? '') < PERIOD_MS;
  const items = due.filter((item) => !released.has(departureOf(item)));
  const total = files - away.filter((item) => isHiddenNow(item) && !hiddenSince(item)).length;
  return isTooMany(items.length + counted.filter(hiddenSince).length, total, rules) ? [{ items, total }] : [];
};

const isTooMany = (
  count: number,
  total: number,
  { brakeItems, brakePercent }: BrakeSubject['rules'],
): boolean => count > brakeItems || count * 100 > brakePercent * total;

const leftAt = ({ gone }: MirrorItem): number => Date.parse(gone?.at ?? '');

const byDeparture = (a: MirrorItem, b: MirrorItem): number => leftAt(a) - leftAt(b);
