import { cutText } from '../model/well-formed.ts';
import type { Envelope, FlatEvent } from './flat-event.ts';
import type { OcsfEvent } from './ocsf-event.ts';
import { isOcsf } from './without-detail.ts';

/**
 * An event in which every text that only repeats a part of its row is truncated to a length, and every list of such texts to
 * as many as fit into it. The row itself is unchanged, and so are the actor, the ids and the times.
 */
export const withShortCopies = (event: FlatEvent | OcsfEvent, longest: number): FlatEvent | OcsfEvent => {
  const isCopy = isOcsf(event) ? isOcsfCopy(event) : isFlatCopy;
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [name, isCopy(name) ? shortened(value, longest) : value]),
  ) as FlatEvent | OcsfEvent;
};

const FLAT_COPIES: ReadonlySet<string> = new Set([
  'category',
  'target_name',
  'target_emails',
  'any_emails',
  'any_ip_addresses',
  'any_usernames',
  'any_domain_names',
] satisfies (keyof Envelope)[]);

const isFlatCopy = (name: string): boolean => FLAT_COPIES.has(name);

const OCSF_COPIES: ReadonlySet<string> = new Set([
  'activity_name',
  'message',
  'metadata',
  'entity',
  'group',
  'privileges',
  'unmapped',
  'observables',
] satisfies (keyof OcsfEvent)[]);

/** The user of a sign-in is its actor; elsewhere it is the target. */
const isOcsfCopy =
  ({ class_uid }: OcsfEvent) =>
  (name: string): boolean =>
    OCSF_COPIES.has(name) || (name === 'user' && class_uid !== 3002);

/** The event's id, account and times, and the row itself, which OCSF 1.1.0 has in `unmapped`. */
const WHOLE: ReadonlySet<string> = new Set(['uid', 'tenant_uid', 'original_time', 'raw_data']);

const shortened = (value: unknown, longest: number): unknown => {
  if (typeof value === 'string') return cutText(value, longest);
  if (Array.isArray(value)) return firstOf(value, longest).map((item) => shortened(item, longest));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, WHOLE.has(name) ? item : shortened(item, longest)]),
  );
};

/** The first items of a list, at least one, that together are not longer than a text may be. */
const firstOf = (items: readonly unknown[], longest: number): readonly unknown[] => {
  let length = 0;
  const end = items.findIndex((item) => (length += typeof item === 'string' ? item.length : 1) > longest);
  return end === -1 ? items : items.slice(0, Math.max(end, 1));
};
