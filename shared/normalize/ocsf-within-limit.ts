import { cutText } from '../model/well-formed.ts';
import type { OcsfEvent } from './ocsf-event.ts';

/**
 * The event with no string longer than its release allows. The whole row is then in `unmapped`, which has no limits. Every
 * text of an event is from its row, so a short row needs no check.
 */
export const ocsfWithinLimit = (event: OcsfEvent, longestText: number | undefined): OcsfEvent => {
  if (longestText === undefined || (event.raw_data ?? '').length <= longestText) return event;
  const { raw_data, unmapped, ...rest } = event;
  return { ...(shortened(rest, longestText) as OcsfEvent), unmapped: { ...unmapped, raw_data } };
};

const shortened = (value: unknown, longest: number): unknown => {
  if (typeof value === 'string') return cutText(value, longest);
  if (Array.isArray(value)) return value.map((item) => shortened(item, longest));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shortened(item, longest)]));
};
