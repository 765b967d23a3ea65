import type { Account } from './account.ts';
import { type Answer, apiError } from './response.ts';
import { addDays, dayOf, startOf } from './calendar.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Settings } from './options.ts';
import type { RateLabel } from './content/content-endpoints.ts';

type HeaderStyle = Exclude<Settings['limitHeaders'], 'mixed'>;

/** Zoom's limits by plan: per second for each label, per day for Heavy requests only. Both reports are Heavy. */
const PLAN_LIMITS = {
  free: { perSecond: { Light: 4, Medium: 2, Heavy: 1 }, perDay: 1_000 },
  pro: { perSecond: { Light: 30, Medium: 20, Heavy: 10 }, perDay: 30_000 },
  business: { perSecond: { Light: 80, Medium: 60, Heavy: 40 }, perDay: 60_000 },
} as const;

/** Counts an account's requests by label. All its apps share the budget. Days end at 00:00 UTC. */
export interface RateLimits {
  /** The refusal, if this request exceeds a limit. A refused request is not counted. Default: a Heavy one. */
  spend(account: Account, label?: RateLabel): Answer | undefined;
  /** The rate-limit headers of a successful response. */
  headers(account: Account, label?: RateLabel): Record<string, string>;
  /** A 429 without an exceeded limit, for the faults. */
  perSecondAnswer(code?: number): Answer;
  dailyAnswer(retryAt: number): Answer;
}

export const createRateLimits = (settings: Settings, now: () => number, chance: SeededRandom): RateLimits => {
  const spentBySecond: Record<RateLabel, Map<Account, { second: number; count: number }>> = {
    Light: new Map(),
    Medium: new Map(),
    Heavy: new Map(),
  };
  const spentByDay = new Map<Account, { day: string; count: number }>();

  const limitOf = (account: Account, label: RateLabel, window: 'perSecond' | 'perDay'): number => {
    const chosen = settings.limits[window];
    if (chosen === 'off' || (window === 'perDay' && label !== 'Heavy')) return Infinity;
    if (chosen !== 'plan') return chosen;
    const limits = PLAN_LIMITS[account.state.plan];
    return window === 'perDay' ? limits.perDay : limits.perSecond[label];
  };
  const usageOf = (account: Account, label: RateLabel) => {
    const second = Math.floor(now() / 1000);
    const day = dayOf(now());
    const bySecond = spentBySecond[label].get(account);
    const byDay = spentByDay.get(account);
    const usage = {
      second: bySecond?.second === second ? bySecond : { second, count: 0 },
      day: byDay?.day === day ? byDay : { day, count: 0 },
    };
    spentBySecond[label].set(account, usage.second);
    spentByDay.set(account, usage.day);
    return usage;
  };
  const style = (): HeaderStyle =>
    settings.limitHeaders === 'mixed'
      ? chance.pick(['rich', 'bare', 'iso', 'seconds', 'http-date'])
      : settings.limitHeaders;
  const nextSecond = () => (Math.floor(now() / 1000) + 1) * 1000;

  const perSecondAnswer = (code = 429, limit = 40, label: RateLabel = 'Heavy'): Answer => {
    const rich = { ...budget('QPS', limit, 0, label), 'x-ratelimit-reset': String(nextSecond() / 1000) };
    const message = 'You have reached the maximum per-second rate limit for this API. Try again later.';
    return withHeaders(apiError(429, code, message), style(), rich, nextSecond(), now());
  };
  const dailyAnswer = (retryAt: number, limit = 60_000): Answer => {
    const rich = { ...budget('Daily-limit', limit, 0), 'retry-after': isoSeconds(retryAt) };
    const message =
      'You have reached the maximum daily rate limit for this API. ' +
      'Refer to the response header for details on when you can make another request.';
    return withHeaders(apiError(429, 429, message), style(), rich, retryAt, now());
  };

  return {
    spend: (account, label = 'Heavy') => {
      const { second, day } = usageOf(account, label);
      const perDay = limitOf(account, label, 'perDay');
      const perSecond = limitOf(account, label, 'perSecond');
      if (day.count >= perDay) return dailyAnswer(startOf(addDays(day.day, 1)), perDay);
      if (second.count >= perSecond) return perSecondAnswer(429, perSecond, label);
      second.count++;
      if (label === 'Heavy') day.count++;
      return undefined;
    },
    headers: (account, label = 'Heavy') => {
      const limit = limitOf(account, label, 'perDay');
      return settings.limitHeaders === 'rich' && limit !== Infinity
        ? budget('Daily-limit', limit, limit - usageOf(account, label).day.count)
        : { 'x-ratelimit-category': label };
    },
    perSecondAnswer,
    dailyAnswer,
  };
};

const budget = (
  type: 'QPS' | 'Daily-limit',
  limit: number,
  remaining: number,
  label: RateLabel = 'Heavy',
) => ({
  'x-ratelimit-category': label,
  'x-ratelimit-type': type,
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(remaining),
});

/** Whole seconds, rounded up: as `2025-01-20T00:00:00Z`, the documented form. */
const isoSeconds = (instant: number): string =>
  new Date(Math.ceil(instant / 1000) * 1000).toISOString().replace('.000', '');

const withHeaders = (
  response: Answer,
  style: HeaderStyle,
  rich: Record<string, string>,
  retryAt: number,
  now: number,
): Answer => {
  const headers: Record<HeaderStyle, Record<string, string>> = {
    rich,
    bare: {},
    iso: { 'retry-after': isoSeconds(retryAt) },
    seconds: { 'retry-after': String(Math.ceil((retryAt - now) / 1000)) },
    'http-date': { 'retry-after': new Date(Math.ceil(retryAt / 1000) * 1000).toUTCString() },
  };
  return { ...response, headers: { ...response.headers, ...headers[style] } };
};
