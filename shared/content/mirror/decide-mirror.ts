import { DAY_MS } from '../../model/duration.ts';
import type { ContentMode, MirrorRules } from '../../model/content-config.ts';
import { type Brake, findBrake } from './find-brake.ts';
import type { Hold } from './hold.ts';
import type { ResolvedHold } from './hold-people.ts';
import { isHiddenNow, type MirrorItem } from './mirror-item.ts';

/** All that decides about the files of a source. */
export interface MirrorSubject {
  readonly mode: Exclude<ContentMode, 'once'>;
  /** The files that are away from Zoom, or marked as hidden. */
  readonly items: readonly MirrorItem[];
  /** Every file of the source. */
  readonly files: number;
  readonly holds: readonly ResolvedHold[];
  /** The departures that an operator released from the brake. */
  readonly released: ReadonlySet<string>;
  readonly rules: MirrorRules;
}

/** What a mirror does with each file. */
export interface MirrorDecision {
  /** Those whose grace is over. They are hidden, unless the brake is on. */
  readonly due: readonly MirrorItem[];
  readonly hide: readonly MirrorItem[];
  readonly show: readonly {
    readonly item: MirrorItem;
    readonly because: 'back' | 'mode' | 'hold';
    readonly hold?: string;
  }[];
  /** Those that are hidden later, if nothing changes. */
  readonly waiting: readonly { readonly item: MirrorItem; readonly until: Date }[];
  /** Those that a hold keeps in view. */
  readonly kept: readonly { readonly item: MirrorItem; readonly hold: string }[];
  /** Those that are hidden already, and stay so. */
  readonly hidden: readonly MirrorItem[];
  /** Why nothing is hidden now. */
  readonly brake: Brake | undefined;
}

/**
 * Decides what is hidden and what is shown. A file is hidden that has left Zoom by evidence, whose grace is over, and that no hold
 * keeps, unless too many left within a day. It is shown again if it is back at Zoom, if a hold keeps it, or if the source is no mirror.
 */
export const decideMirror = (subject: MirrorSubject, now: Date): MirrorDecision => {
  const { mode, items, files, holds, released, rules } = subject;
  const show: MirrorDecision['show'][number][] = [];
  const waiting: MirrorDecision['waiting'][number][] = [];
  const kept: MirrorDecision['kept'][number][] = [];
  const hidden: MirrorItem[] = [];
  const due: MirrorItem[] = [];
  for (const item of items) {
    const isHidden = isHiddenNow(item);
    if (item.hidden && !isHidden) show.push({ item, because: 'back' });
    if (!item.gone) continue;
    if (mode !== 'mirror') {
      if (isHidden) show.push({ item, because: 'mode' });
      continue;
    }
    const hold = holdOn(item, holds);
    if (hold) {
      kept.push({ item, hold: hold.name });
      if (isHidden) show.push({ item, because: 'hold', hold: hold.name });
      continue;
    }
    const until = new Date(Date.parse(item.gone.at) + rules.graceDays * DAY_MS);
    if (isHidden) hidden.push(item);
    else if (until > now) waiting.push({ item, until });
    else due.push(item);
  }
  const away = items.filter(({ gone }) => gone);
  const brake = mode === 'mirror' ? findBrake({ away, due, files, released, rules }, now) : undefined;
  return { due, hide: brake ? [] : due, show, waiting, kept, hidden, brake };
};

/** The first hold, in order of names, that keeps a file. A file whose people are not known may be anyone's. */
export const holdOn = (
  { slice: { day }, people }: Pick<MirrorItem, 'slice' | 'people'>,
  holds: readonly ResolvedHold[],
): Hold | undefined =>
  holds
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .find(
      ({ names, from, to }) =>
        (from === undefined || day >= from) &&
        (to === undefined || day <= to) &&
        (names === 'all' || people === undefined || people.some((person) => names.has(person))),
    );
