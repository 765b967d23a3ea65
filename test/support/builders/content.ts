import type { ObjectStore } from '../../../shared/collect/ports.ts';
import { appendCustody, type CustodyRow, openCustody } from '../../../shared/content/custody-row.ts';
import { zoomOf } from '../../../shared/content/transfer-to-custody.ts';
import { fileOfRow } from '../../../shared/content/recording-rows.ts';
import { RowRouter } from '../../../shared/content/row-router.ts';
import { type ContentSliceState, writeContentState } from '../../../shared/content/slice-state.ts';
import type { ContentStreamName } from '../../../shared/model/content-stream.ts';
import type { Day } from '../../../shared/model/day.ts';
import { toListedRow } from '../../../shared/model/listed-row.ts';
import type { Slice } from '../../../shared/model/slice.ts';
import type { SettableClock } from '../doubles/settable-clock.ts';

export type ContentSlice = Slice<ContentStreamName>;

/** A slice of content of the source `acme`. */
export const aContentSlice = (day: string, stream: ContentStreamName = 'recording'): ContentSlice => ({
  source: 'acme',
  stream,
  day: day as Day,
});

/** A row of the recording stream: one file of one meeting. */
export const aFileRow = (day: string, id = 'f1', change: object = {}) => ({
  kind: 'file',
  file: {
    id,
    file_type: 'MP4',
    file_extension: 'MP4',
    file_size: 3,
    status: 'completed',
    recording_start: `${day}T09:00:00Z`,
    recording_end: `${day}T10:00:00Z`,
    download_url: 'https://zoom.us/rec/download/x',
    ...change,
  },
  meeting: { uuid: 'uuid==', host_id: 'host', topic: 'Stand-up', start_time: `${day}T09:00:00Z` },
});

/** Commits rows to a slice, with their projections. */
export const commitRows = async (
  store: ObjectStore,
  clock: SettableClock,
  { source, stream, day }: ContentSlice,
  rows: readonly object[],
): Promise<void> => {
  const router = new RowRouter({ store, clock, source, accountId: 'account' }, stream);
  await router.add(rows.map((row) => ({ day, row: toListedRow(row) })));
  await router.flush();
};

/** A line of custody about the version of a file row. */
export const custodyOf = (row: object, at: Date, facts: object): CustodyRow => {
  const file = fileOfRow(toListedRow(row).row);
  if (!file) throw new Error('the row has no file');
  return {
    at: at.toISOString(),
    item: file.item,
    version: file.version,
    zoom: zoomOf(file),
    ...facts,
  } as CustodyRow;
};

export const commitCustody = async (
  store: ObjectStore,
  clock: SettableClock,
  slice: ContentSlice,
  rows: readonly CustodyRow[],
): Promise<void> => {
  await appendCustody(await openCustody(store, slice), rows, () => clock.now());
};

/** Notes that a slice was read whole at a time. */
export const listedWhole = async (
  store: ObjectStore,
  slice: ContentSlice,
  at: string | undefined,
  change: Partial<ContentSliceState> = {},
): Promise<void> =>
  writeContentState(store, slice, {
    openedAt: `${slice.day}T12:00:00.000Z`,
    rows: 0,
    detailed: [],
    missed: {},
    absent: {},
    notFound: {},
    ...(at !== undefined && { lastWhole: { beganAt: at, endedAt: at, units: 1, rows: 1 } }),
    ...change,
  });
