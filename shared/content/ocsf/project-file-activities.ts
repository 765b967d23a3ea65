import { GzipLines } from '../../collect/log/gzip-lines.ts';
import { type LoggedRows, objectMetadata } from '../../collect/log/slice-log.ts';
import type { ObjectStore } from '../../collect/ports.ts';
import { objectKey, sequenceOf, slicePrefix } from '../../contract/object-keys.ts';
import { compareText } from '../../model/raw-row.ts';
import type { ContentSlice } from '../../model/slice.ts';
import { wellFormed } from '../../model/well-formed.ts';
import { jsonToLine, OCSF_VERSIONS, type OcsfVersion } from '../../normalize/index.ts';
import { filesOf } from '../content-streams.ts';
import type { SliceFiles } from '../slice-files.ts';
import { activitiesOf, type FileActivity, FirstListings, hasActivity } from './file-activity.ts';
import { fileActivityToOcsf } from './file-activity-to-ocsf.ts';

/** What an event has in addition to both logs of its slice. */
export interface ActivityMapping {
  /** Zoom's id of the account. */
  readonly accountId: string;
  /** 1.8.0 by default. */
  readonly ocsfVersion?: OcsfVersion | undefined;
}

/**
 * Writes the OCSF objects of a slice that are missing: one for each custody object with a file activity, under the number of
 * that object. A pure function of both logs, so that any collector may repeat it. Returns the number of objects that it wrote.
 */
export const projectFileActivities = async (
  store: ObjectStore,
  { slice, items, raw, custody }: SliceFiles<ContentSlice>,
  mapping: ActivityMapping,
): Promise<number> => {
  if (![...items.values()].some(hasActivity)) return 0;
  const listings = new FirstListings();
  for (const { sequence } of raw.objects) {
    const { rows } = await raw.read(sequence);
    listings.add(rows.flatMap(({ row }) => filesOf(slice.stream, row)));
  }
  const objects: LoggedRows[] = [];
  for (const { sequence } of custody.objects) objects.push(await custody.read(sequence));
  const stored = new Set((await store.list(slicePrefix('ocsf', slice))).map(({ key }) => sequenceOf(key)));
  let written = 0;
  for (const [sequence, activities] of activitiesOf(objects, listings)) {
    const commitTime = objects.find((object) => object.sequence === sequence)?.commitTime;
    if (stored.has(sequence) || !commitTime) continue;
    const body = await encodeActivities(slice, commitTime, activities, mapping);
    const times = activities.map(({ time }) => time);
    const created = await store.create(
      objectKey('ocsf', slice, sequence),
      body,
      objectMetadata('ocsf', times),
    );
    if (created) written += 1;
  }
  return written;
};

/** The OCSF object of a custody object: its activities as lines, by time, then by id. */
export const encodeActivities = async (
  slice: ContentSlice,
  commitTime: Date,
  activities: readonly FileActivity[],
  { accountId, ocsfVersion = OCSF_VERSIONS[0] }: ActivityMapping,
): Promise<Buffer> => {
  const provenance = { slice, accountId, commitTime };
  const events = activities
    .map((activity) => fileActivityToOcsf(activity, provenance, ocsfVersion))
    .sort((a, b) => a.time - b.time || compareText(a.metadata.uid, b.metadata.uid));
  const lines = new GzipLines();
  for (const event of events) {
    const compressing = lines.add(jsonToLine(wellFormed(event)));
    if (compressing) await compressing;
  }
  return lines.end(commitTime);
};
