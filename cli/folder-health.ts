import { type Archive, DEFAULT_LOOKBACK_DAYS } from '../shared/connector.ts';
import { healthOf, type StreamHealth } from './stream-health.ts';

/** What is expected of what a person polls into a folder or a bucket. */
export interface FolderExpectations {
  readonly lookbackDays: number;
  /** A fixed limit for the silence of each stream; what is usual is learned unless there is one. */
  readonly dropOffMinutes?: number | undefined;
}

export const DEFAULT_EXPECTATIONS: FolderExpectations = {
  lookbackDays: DEFAULT_LOOKBACK_DAYS,
};

/** Reads how the streams in a folder or a bucket are. How often they are polled, the polls so far tell. */
export const readFolderHealth = async (
  archive: Archive,
  place: string,
  { lookbackDays, dropOffMinutes }: FolderExpectations,
  now: Date,
): Promise<StreamHealth[]> => {
  const status = await archive.status(now, lookbackDays);
  const health = await archive.health(
    {
      auth: 'server-to-server',
      pollMs: undefined,
      lookbackDays,
      dropOffMinutes: { operation: dropOffMinutes, activity: dropOffMinutes },
      learnedBaseline: true,
      quietDays: [],
    },
    now,
  );
  const judgements = health.map(({ judgement }) => judgement);
  return healthOf(status, judgements, place, lookbackDays);
};
