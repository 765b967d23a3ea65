import { GzipLines } from '../collect/log/gzip-lines.ts';
import { type LoggedRows, objectMetadata } from '../collect/log/slice-log.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { objectKey } from '../contract/object-keys.ts';
import { eventIdOf } from '../model/event-id.ts';
import type { IdentifiedRow } from '../model/raw-row.ts';
import type { ContentSlice } from '../model/slice.ts';
import { wellFormed } from '../model/well-formed.ts';
import { CONTENT_STREAMS } from './content-streams.ts';

/** The version of the flat lines of content. */
export const CONTENT_MAPPING = 1;

/**
 * Writes the flat lines of one raw object under its own name: a pure function of the object, so that any collector may repeat it.
 * A flat line names the key of its file before the file is fetched; whether it is held stands in custody/.
 */
export const project = async (
  store: Pick<ObjectStore, 'create'>,
  slice: ContentSlice,
  { sequence, commitTime, rows }: LoggedRows,
  accountId: string,
): Promise<void> => {
  const lines = new GzipLines();
  for (const row of rows) {
    const line = toFlat(slice, row, accountId, commitTime);
    const compressing = lines.add(`${JSON.stringify(wellFormed(line))}\n`);
    if (compressing) await compressing;
  }
  const body = await lines.end(commitTime);
  const times = rows.map(({ time }) => time);
  await store.create(objectKey('flat', slice, sequence), body, objectMetadata('flat', times));
};

/** A row of content as a flat line: the envelope, and the fields of its stream. */
export const toFlat = (
  slice: ContentSlice,
  { row, digest, time }: IdentifiedRow,
  accountId: string,
  commitTime: Date,
): Record<string, unknown> => ({
  event_id: eventIdOf({ ...slice, digest, occurrence: 0 }),
  time,
  ingest_time: commitTime.toISOString(),
  source: slice.source,
  account_id: accountId,
  stream: slice.stream,
  mapping_version: CONTENT_MAPPING,
  ...CONTENT_STREAMS[slice.stream].toFlat(slice, row),
});
