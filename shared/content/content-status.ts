import pLimit from 'p-limit';
import { knownSources } from '../collect/known-sources.ts';
import { readWatermark, type StreamWatermark } from '../collect/ledger/watermark.ts';
import type { ObjectStore } from '../collect/ports.ts';
import { type LastRun, readLastRun } from '../collect/state/last-run.ts';
import { CONTENT_STREAM_NAMES, type ContentStreamName } from '../model/content-stream.ts';
import { addDays, type Day } from '../model/day.ts';
import { latestEventTime } from '../model/event-time.ts';
import { objectsByDay } from './content-days.ts';
import { CONTENT_STREAMS } from './content-streams.ts';
import { type OpenDay, reasonToWait } from './close-days.ts';
import { type MirrorState, readMirrorState } from './mirror/mirror-state.ts';
import type { SliceSummary } from './slice-state.ts';
import { readContentStates } from './slice-states.ts';
import { readSummary } from './slice-summary.ts';

const READ_CONCURRENCY = 8;

/** The files of a stream by what became of them: versions, except `gone` and `hidden`, which count files. */
export type FileCounts = Pick<
  SliceSummary,
  | 'held'
  | 'bytes'
  | 'sameAs'
  | 'failed'
  | 'retried'
  | 'lost'
  | 'neverReady'
  | 'leftZoom'
  | 'skipped'
  | 'processing'
  | 'gone'
  | 'hidden'
>;

/** The status of one stream of content of one source. */
export interface ContentStreamStatus {
  readonly source: string;
  readonly stream: ContentStreamName;
  /** The newest time of a row that is not in the future, as RFC 3339; undefined if there is none. */
  readonly newestRow: string | undefined;
  readonly rows: number;
  readonly firstDay: Day | undefined;
  readonly lastDay: Day | undefined;
  /** Days that were listed, and those of them that have closed. */
  readonly days: number;
  readonly closedDays: number;
  /** Each open day, and why it is open, as a sentence without a full stop. */
  readonly openDays: readonly (Pick<OpenDay, 'because'> & { readonly day: Day })[];
  /** Undefined for a stream without files. */
  readonly files: FileCounts | undefined;
  /** What the mirror of the source found, over all streams; undefined if the source was never a mirror. */
  readonly mirror: MirrorState | undefined;
  readonly watermark: StreamWatermark | undefined;
  readonly lastRun: LastRun | undefined;
}

/**
 * The status of every stream of content of every source: none for a source without content. It comes from the summaries in the
 * states, and from the logs themselves where these have more objects by now. Throws CorruptObjectError if they can't be read.
 */
export const readContentStatus = async (store: ObjectStore, now: Date): Promise<ContentStreamStatus[]> => {
  const found: ContentStreamStatus[] = [];
  for (const source of await knownSources(store)) {
    for (const stream of CONTENT_STREAM_NAMES) {
      const status = await readStreamStatus(store, source, stream, now);
      if (status.days > 0 || status.lastRun) found.push(status);
    }
  }
  return found;
};

const readStreamStatus = async (
  store: ObjectStore,
  source: string,
  stream: ContentStreamName,
  now: Date,
): Promise<ContentStreamStatus> => {
  const [raw, custody, states, watermark, lastRun, mirror] = await Promise.all([
    objectsByDay(store, 'raw', { source, stream }),
    objectsByDay(store, 'custody', { source, stream }),
    readContentStates(store, source, stream),
    readWatermark(store, source),
    readLastRun(store, source, stream),
    readMirrorState(store, source),
  ]);
  const days = [...new Set([...raw.keys(), ...states.keys()])].sort();
  const limit = pLimit(READ_CONCURRENCY);
  const summaries = await Promise.all(
    days.map((day) =>
      limit(() =>
        readSummary(store, { source, stream, day }, states.get(day), {
          raw: raw.get(day) ?? [],
          custody: custody.get(day) ?? [],
        }),
      ),
    ),
  );
  const sum = (name: Exclude<keyof SliceSummary, 'newest'>): number =>
    summaries.reduce((total, summary) => total + summary[name], 0);
  const latest = latestEventTime(now);
  const newest = summaries.map((summary) => summary.newest).filter((time) => time !== '' && time <= latest);
  const openDays = days.flatMap((day, index) => {
    const state = states.get(day);
    if (state?.ledger) return [];
    const because = reasonToWait(
      { source, stream, day },
      { lastWhole: state?.lastWhole, summary: summaries[index], ledger: undefined },
      states.get(addDays(day, -1)),
      now,
    );
    return [{ day, because: because ?? 'the next run closes it' }];
  });
  return {
    source,
    stream,
    newestRow: newest.sort().at(-1),
    rows: sum('rows'),
    firstDay: days[0],
    lastDay: days.at(-1),
    days: days.length,
    closedDays: days.length - openDays.length,
    openDays,
    files: CONTENT_STREAMS[stream].files
      ? {
          held: sum('held'),
          bytes: sum('bytes'),
          sameAs: sum('sameAs'),
          failed: sum('failed'),
          retried: sum('retried'),
          lost: sum('lost'),
          neverReady: sum('neverReady'),
          leftZoom: sum('leftZoom'),
          skipped: sum('skipped'),
          processing: sum('processing'),
          gone: sum('gone'),
          hidden: sum('hidden'),
        }
      : undefined,
    mirror: CONTENT_STREAMS[stream].files && mirror,
    watermark: watermark?.streams[stream],
    lastRun,
  };
};
