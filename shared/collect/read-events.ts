import { dayIn, dayOf, type Day } from '../model/day.ts';
import { eventIdOf } from '../model/event-id.ts';
import { instantOf } from '../model/instant.ts';
import { compareText } from '../model/raw-row.ts';
import type { Slice } from '../model/slice.ts';
import { STREAM_NAMES, type StreamName } from '../model/stream.ts';
import { type Provenance, type ParsedRow, parseRow } from '../normalize/index.ts';
import { dayOfKey, streamPrefix } from '../contract/object-keys.ts';
import { accountOf, listSources } from './state/pinned-account.ts';
import type { ObjectStore } from './ports.ts';
import { SliceLog } from './log/slice-log.ts';

/** Which events to read. */
export interface EventFilter {
  readonly sources?: readonly string[] | undefined;
  readonly streams?: readonly StreamName[] | undefined;
  /** Events at or after this instant. */
  readonly since?: Date | undefined;
}

/** One event with its origin; every format is made from the two. */
export interface StoredEvent {
  readonly source: string;
  readonly parsedRow: ParsedRow;
  readonly provenance: Provenance;
}

/** The events of a store from its log, oldest day first and in order of time within a day. */
export async function* readEvents(
  store: ObjectStore,
  { sources, streams = STREAM_NAMES, since }: EventFilter,
): AsyncGenerator<StoredEvent, void, undefined> {
  const slicesByDay = new Map<Day, Slice[]>();
  for (const source of sources ?? (await listSources(store))) {
    for (const stream of streams) {
      const stored = await store.list(streamPrefix('raw', { source, stream }));
      for (const day of new Set(stored.map(({ key }) => dayOfKey(key)))) {
        if (day) slicesByDay.set(day, [...(slicesByDay.get(day) ?? []), { source, stream, day }]);
      }
    }
  }

  for (const [day, slices] of [...slicesByDay].sort(([a], [b]) => compareText(a, b))) {
    if (since && day < dayOf(since)) continue;
    const events = (await Promise.all(slices.map((slice) => sliceEvents(store, slice)))).flat();
    events.sort(
      (a, b) =>
        a.parsedRow.time.ms - b.parsedRow.time.ms || compareText(a.provenance.eventId, b.provenance.eventId),
    );
    for (const event of events) {
      if (!since || event.parsedRow.time.ms >= since.getTime()) yield event;
    }
  }
}

const sliceEvents = async (store: ObjectStore, slice: Slice): Promise<StoredEvent[]> => {
  const { source, stream } = slice;
  const [log, accountId = ''] = await Promise.all([SliceLog.open(store, slice), accountOf(store, source)]);
  const events: StoredEvent[] = [];
  for (const { sequence } of log.objects) {
    const { rows, commitTime } = await log.read(sequence);
    const ingestTime = instantOf(commitTime);
    for (const { row, digest, occurrence } of rows) {
      const parsedRow = parseRow(stream, row);
      if (!parsedRow) continue;
      const eventId = eventIdOf({ source, stream, day: dayIn(parsedRow.time.text), digest, occurrence });
      events.push({ source, parsedRow, provenance: { eventId, ingestTime, accountId } });
    }
  }
  return events;
};
