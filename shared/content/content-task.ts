import {
  BudgetSpentError,
  ConfigurationError,
  messageOf,
  RateLimitedError,
  reasonOf,
  UpstreamError,
} from '../errors.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import { type Day, dayOf, daysBetween } from '../model/day.ts';
import { CENSUS_STREAM, CONTENT_STREAMS } from './content-streams.ts';
import type { DayRange } from './windows.ts';

/** What a run collects. */
export interface ContentTask extends DayRange {
  readonly streams: readonly ContentStreamName[];
}

/** A stream, or a part of it, that a run could not finish, and why. */
export interface ContentProblem {
  readonly stream: ContentStreamName;
  /** The unit, such as `host:abc`; undefined for the whole stream. */
  readonly unit?: string | undefined;
  readonly reason: string;
  readonly message: string;
}

/** A choice that includes no one collects nothing, and is never taken for a choice of everyone. */
export const NO_ONE_CHOSEN: ContentProblem = {
  stream: CENSUS_STREAM,
  reason: 'no-one-chosen',
  message:
    'The choice of people includes no one: a group has no members, all chosen people are excluded, or all of them have left the account. ' +
    'Check --people, --groups and --exclude, or "people" in the configuration.',
};

/** Whether a choice of people came out empty. */
export const isNoOne = (chosen: readonly unknown[], isEveryone: boolean): boolean =>
  chosen.length === 0 && !isEveryone;

/** The days of a stream that a run is about. */
export const daysOfTask = (stream: ContentStreamName, { from, to }: DayRange, now: Date): Day[] =>
  CONTENT_STREAMS[stream].isOfListingDay ? [dayOf(now)] : daysBetween(from, to);

/** Whether a failure stops one stream, and not the others: what Zoom refuses, and a limit. */
export const isOfStream = (error: unknown): boolean =>
  error instanceof RateLimitedError ||
  error instanceof BudgetSpentError ||
  (error instanceof ConfigurationError && error.scope === 'stream') ||
  error instanceof UpstreamError;

export const toProblem = (
  stream: ContentStreamName,
  unit: string | undefined,
  error: unknown,
): ContentProblem => ({
  stream,
  unit,
  reason: (error instanceof Error ? LIST_REASONS[error.name] : undefined) ?? reasonOf(error),
  message: messageOf(error),
});

/** The reasons of lists that were read, but do not show everything. */
const LIST_REASONS: Readonly<Record<string, string>> = {
  ListEndedEarlyError: 'list-ended-early',
  UnreadableRowsError: 'unreadable-rows',
};

/** The streams of a run in the order in which they are listed: those that use Zoom's quota of the day come last. */
export const inListingOrder = (streams: readonly ContentStreamName[]): ContentStreamName[] =>
  streams.toSorted((a, b) => Number(usesDailyQuota(a)) - Number(usesDailyQuota(b)));

const usesDailyQuota = (stream: ContentStreamName): boolean => {
  const { listing } = CONTENT_STREAMS[stream];
  return listing !== 'census' && listing.usesDailyQuota;
};
