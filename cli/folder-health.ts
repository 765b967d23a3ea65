import type { Archive } from '../shared/connector.ts';
import { DEFAULT_LOOKBACK_DAYS } from '../shared/model/source-config.ts';
import { healthOf, type StreamHealth } from './stream-health.ts';

/** What is expected of what a person polls into a folder or a bucket. */
export interface FolderExpectations {
  readonly lookbackDays: number;
  /** Of each stream. */
  readonly dropOffMinutes: number;
}

export const DEFAULT_EXPECTATIONS: FolderExpectations = {
  lookbackDays: DEFAULT_LOOKBACK_DAYS,
  dropOffMinutes: 1440,
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
      learnedBaseline: false,
      quietDays: [],
    },
    now,
  );
  const judgements = health.map(({ judgement }) => judgement);
  return healthOf(status, judgements, place, lookbackDays);
};
