import { type Day, dayOf } from '../model/day.ts';

/** The requests that Zoom allows an account in a day, for all its apps together. */
export interface DailyQuota {
  readonly limit: number;
  readonly remaining: number;
  /** The UTC day that it is for: at midnight a new one begins. */
  readonly day: Day;
}

/** The daily quota from response headers; undefined if they have none, or a per-second one. */
export const quotaOf = (headers: Readonly<Record<string, string>>, now: Date): DailyQuota | undefined => {
  if (!/daily/i.test(headers['x-ratelimit-type'] ?? '')) return undefined;
  const limit = Number(headers['x-ratelimit-limit']);
  const remaining = Number(headers['x-ratelimit-remaining']);
  return limit > 0 && remaining >= 0 ? { limit, remaining, day: dayOf(now) } : undefined;
};
