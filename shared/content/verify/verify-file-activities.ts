import type { LoggedRows } from '../../collect/log/slice-log.ts';
import { parseEventLine } from '../../collect/event-line.ts';
import type { Difference } from '../../collect/verify/verify-difference.ts';
import { objectKey } from '../../contract/object-keys.ts';
import { textAt, valueAt } from '../../model/raw-row.ts';
import type { ContentSlice } from '../../model/slice.ts';
import { OCSF_VERSIONS } from '../../normalize/index.ts';
import { activitiesOf, type FirstListings } from '../ocsf/file-activity.ts';
import { FILE_ACTIVITY_MAPPING } from '../ocsf/file-activity-event.ts';
import { encodeActivities } from '../ocsf/project-file-activities.ts';
import { compareProjection } from './compare-projection.ts';
import { FOREIGN_NAME } from './slice-objects.ts';

/** The OCSF objects of a slice, and the logs that they were made from. */
export interface StoredActivities {
  readonly slice: ContentSlice;
  /** Every custody object, oldest first. */
  readonly custody: readonly LoggedRows[];
  readonly listings: FirstListings;
  /** The stored OCSF objects by number. */
  readonly stored: ReadonlyMap<number, Buffer>;
  /** Zoom's id of the account; by default the one that the stored lines name. */
  readonly accountId: string | undefined;
}

/**
 * Makes the OCSF objects of a slice again, in the release that the stored lines name, and compares them. An object whose lines
 * name none is made in the newest release.
 */
export const verifyFileActivities = async ({
  slice,
  custody,
  listings,
  stored,
  accountId,
}: StoredActivities): Promise<Difference[]> => {
  const expected = activitiesOf(custody, listings);
  const differences: Difference[] = [...stored.keys()]
    .filter((sequence) => !expected.has(sequence))
    .map((sequence) => ({
      kind: 'foreign-object',
      key: objectKey('ocsf', slice, sequence),
      message: FOREIGN_NAME,
    }));
  for (const { sequence, commitTime } of custody) {
    const activities = expected.get(sequence);
    if (!activities) continue;
    const projection = {
      key: objectKey('ocsf', slice, sequence),
      origin: 'custody object',
      mapping: FILE_ACTIVITY_MAPPING,
      mappingOf: (line: string) => Number(valueAt(eventIn(line), 'unmapped.mapping_version') ?? 0),
      project: (lines: readonly string[]) => {
        const version = valueAt(eventIn(lines[0] ?? ''), 'metadata.version');
        return encodeActivities(slice, commitTime, activities, {
          accountId: accountId ?? textAt(eventIn(lines[0] ?? ''), 'metadata.tenant_uid'),
          ocsfVersion: OCSF_VERSIONS.find((one) => one === version),
        });
      },
    };
    differences.push(...(await compareProjection(projection, stored.get(sequence))));
  }
  return differences;
};

const eventIn = (line: string): unknown => parseEventLine(line)?.value;
