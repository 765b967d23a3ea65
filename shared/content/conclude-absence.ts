import type { ContentStreamName } from '../model/content-stream.ts';
import { DAY_MS } from '../model/duration.ts';
import type { Slice } from '../model/slice.ts';
import type { Clock, ObjectStore } from '../collect/ports.ts';
import { appendCustody, type CustodyRow } from './custody-row.ts';
import { zoomOf } from './transfer-to-custody.ts';
import { type FileItem, isGone, readSliceFiles } from './slice-files.ts';
import type { SeenItems, SweepResult } from './sweep.ts';

/** Two whole listings prove that an item has left Zoom only if they are this far apart. */
const APART_MS = DAY_MS;

/** What a slice's listings have shown of items that were not listed: when each was first missing. */
export type AbsentSince = Readonly<Record<string, string>>;

/**
 * Concludes from a whole listing which items have left Zoom and which came back, and writes it into custody. One list without an
 * item proves nothing: it takes the trash list, or two whole listings a day apart. What is held stays. Returns the items that
 * are missing now. `covers` says whether the listing had to show the items of a host.
 */
export const concludeAbsence = async (
  { store, clock }: { readonly store: ObjectStore; readonly clock: Clock },
  slice: Slice<ContentStreamName>,
  listing: Pick<SweepResult, 'beganAt'>,
  seen: SeenItems,
  absentSince: AbsentSince,
  covers: (hostId: string) => boolean,
): Promise<AbsentSince> => {
  const { custody, items } = await readSliceFiles(store, slice);
  const listedMeetings = new Set<string>();
  for (const item of items.values()) if (seen.listed.has(item.item)) listedMeetings.add(fileOf(item).uuid);
  const absent: Record<string, string> = {};
  const rows: CustodyRow[] = [];
  for (const item of items.values()) {
    const file = fileOf(item);
    const common = {
      at: clock.now().toISOString(),
      item: item.item,
      version: file.version,
      zoom: zoomOf(file),
    };
    // Lists leave out the audio of single participants: it is there as long as its meeting is.
    const isListed = seen.listed.has(item.item) || (file.isParticipantAudio && listedMeetings.has(file.uuid));
    if (isListed) {
      if (isGone(item)) rows.push({ state: 'back', ...common, ordinal: item.back + 1 });
      continue;
    }
    if (isGone(item)) continue;
    const gone = { state: 'gone', ...common, ordinal: item.gone + 1 } as const;
    const deletedTime = seen.trashed.get(item.item);
    if (deletedTime !== undefined) {
      rows.push({
        ...gone,
        evidence: { kind: 'trash', ...(deletedTime !== '' && { deleted_time: deletedTime }) },
      });
      continue;
    }
    if (!covers(file.hostId)) continue;
    const first = absentSince[item.item];
    if (first !== undefined && listing.beganAt.getTime() - new Date(first).getTime() >= APART_MS) {
      const again = listing.beganAt.toISOString();
      rows.push({ ...gone, evidence: { kind: 'absent', first_absent_at: first, absent_again_at: again } });
    } else {
      absent[item.item] = first ?? listing.beganAt.toISOString();
    }
  }
  await appendCustody(custody, rows, () => clock.now());
  return absent;
};

/** The file as the newest row lists it. */
const fileOf = ({ versions }: FileItem) => {
  const newest = versions.at(-1);
  if (!newest) throw new Error('an item has at least one version');
  return newest.file;
};
