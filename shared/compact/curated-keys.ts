import type { Slice } from '../model/slice.ts';
import type { StreamName } from '../model/stream.ts';

/** What all files begin with that compaction writes. */
export const CURATED = 'curated';

const REVISION_DIGITS = 6;

/** Where the files of all days of a stream lie. */
export const curatedStreamPrefix = ({ source, stream }: { source: string; stream: StreamName }): string =>
  `${CURATED}/${stream}/source=${source}/`;

/** `curated/operation/source=acme/dt=2026-11-20/operation_2026-11-20_000001.parquet`: the day as of a ledger revision. */
export const curatedKey = (slice: Slice, revision: number): string =>
  `${curatedStreamPrefix(slice)}dt=${slice.day}/${slice.stream}_${slice.day}_${String(revision).padStart(REVISION_DIGITS, '0')}.parquet`;

const CURATED_KEY =
  /^curated\/([a-z]+)\/source=[a-z0-9-]{1,40}\/dt=(\d{4}-\d{2}-\d{2})\/\1_\2_(\d{6})\.parquet$/;

/** The ledger revision in the key of a file; undefined for a key that is none of ours. */
export const curatedRevisionOf = (key: string): number | undefined => {
  const match = CURATED_KEY.exec(key);
  return match ? Number(match[3]) : undefined;
};
