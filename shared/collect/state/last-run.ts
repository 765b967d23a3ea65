import * as z from 'zod';
import { lastRunKey } from '../../contract/object-keys.ts';
import type { ObjectStore } from '../ports.ts';
import type { AnyStreamName, StreamName } from '../../model/stream.ts';
import type { CollectedSlices } from '../collect-slices.ts';
import { readJson, writeJson } from './state-file.ts';

const ErrorSchema = z.object({ day: z.string(), reason: z.string(), message: z.string() });

/** The results of the polls of a stream, for the health assessment. Manually requested days don't count. */
const PollingSchema = z.object({
  /** When the first and the last poll ended. */
  firstAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** From the previous poll to the last one, in milliseconds. */
  everyMs: z.int().optional(),
  /** When the stream was first and last read. */
  firstReadAt: z.iso.datetime().optional(),
  readAt: z.iso.datetime().optional(),
  /** The current failure, with the end of the first of the consecutive polls that failed. */
  failing: ErrorSchema.extend({ since: z.iso.datetime() }).optional(),
});

export type Polling = z.infer<typeof PollingSchema>;

const LastRunSchema = z.object({
  /** What ran: `collect` or `poll`. */
  run: z.string(),
  endedAt: z.iso.datetime(),
  delivered: z.int(),
  /** Slices that were finished, and not. */
  slices: z.int(),
  missing: z.int(),
  /** The first failure of this run. */
  error: ErrorSchema.optional(),
  polling: PollingSchema.optional(),
});

/** The end of the last run of a stream, and the results of its polls. */
export type LastRun = z.infer<typeof LastRunSchema>;

export type Run = 'collect' | 'poll';
type RunError = z.infer<typeof ErrorSchema>;

export const readLastRun = (
  store: ObjectStore,
  source: string,
  stream: AnyStreamName,
): Promise<LastRun | undefined> => readJson(store, lastRunKey({ source, stream }), LastRunSchema);

/** Records the end of a run for one stream. */
export const writeLastRun = async (
  store: ObjectStore,
  source: string,
  stream: StreamName,
  run: Run,
  { outcomes, partial, missing, deferred }: Omit<CollectedSlices, 'parkedUntil'>,
  endedAt: Date,
): Promise<void> => {
  const read = outcomes.filter(({ slice }) => slice.stream === stream);
  const done = read.filter(({ cutShort }) => !cutShort);
  const failed = missing.filter(({ slice }) => slice.stream === stream);
  const waiting = deferred.filter((slice) => slice.stream === stream);
  if (done.length + failed.length + waiting.length === 0) return;
  const errors = failed.map(({ slice, reason, message }) => ({ day: slice.day, reason, message }));
  const [unread = shareUsed(waiting[0]?.day ?? '')] = errors;
  const lasting = done.length === 0 ? unread : errors.find(({ reason }) => !isZooms(reason));
  await keep(store, source, stream, run, endedAt, {
    delivered: [...read, ...partial.filter(({ slice }) => slice.stream === stream)].reduce(
      (sum, { delivered }) => sum + delivered,
      0,
    ),
    slices: done.length,
    missing: failed.length,
    error: errors[0],
    wasRead: done.length > 0,
    lasting,
  });
};

/** Records that a run of a stream could not begin, or stopped as a whole, and why. */
export const writeFailedStart = (
  store: ObjectStore,
  source: string,
  stream: AnyStreamName,
  error: RunError,
  endedAt: Date,
  run: Run = 'poll',
): Promise<void> =>
  keep(store, source, stream, run, endedAt, {
    delivered: 0,
    slices: 0,
    missing: 0,
    error,
    wasRead: false,
    lasting: error,
  });

interface PollEnd extends Pick<LastRun, 'delivered' | 'slices' | 'missing' | 'error'> {
  readonly wasRead: boolean;
  /** The failure that blocks delivery of the stream, or of one of its days. */
  readonly lasting: RunError | undefined;
}

const keep = async (
  store: ObjectStore,
  source: string,
  stream: AnyStreamName,
  run: Run,
  endedAt: Date,
  { wasRead, lasting, ...figures }: PollEnd,
): Promise<void> => {
  const before = (await readLastRun(store, source, stream))?.polling;
  const polling = run === 'poll' ? pollingAfter(before, endedAt, wasRead, lasting) : before;
  const record: LastRun = { run, endedAt: endedAt.toISOString(), ...figures, polling };
  await writeJson(store, lastRunKey({ source, stream }), record);
};

const pollingAfter = (
  before: Polling | undefined,
  endedAt: Date,
  wasRead: boolean,
  lasting: RunError | undefined,
): Polling => {
  const at = endedAt.toISOString();
  const readAt = wasRead ? at : before?.readAt;
  const firstReadAt = before?.firstReadAt ?? readAt;
  return {
    firstAt: before?.firstAt ?? at,
    endedAt: at,
    ...(before && { everyMs: Math.max(0, endedAt.getTime() - new Date(before.endedAt).getTime()) }),
    ...(firstReadAt !== undefined && { firstReadAt }),
    ...(readAt !== undefined && { readAt }),
    ...(lasting && { failing: { ...lasting, since: before?.failing?.since ?? at } }),
  };
};

/** The next run reads a single day that Zoom failed to return; a day that can't be stored needs an operator. */
const isZooms = (reason: string): boolean =>
  ['zoom-failing', 'stopped', 'rate-limited', 'day-too-old'].includes(reason);

const shareUsed = (day: string): RunError => ({
  day,
  reason: 'share-used',
  message:
    `The daily request budget ("requestsPerDay") was used up before ${day} was read to its end. Rows already read are kept, ` +
    `and runs after midnight (UTC) continue.`,
});
