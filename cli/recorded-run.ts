import { hostname } from 'node:os';
import type { Clock, ObjectStore } from '../shared/collect/ports.ts';
import { type Run, writeFailedStart, writeRunRecord } from '../shared/app/connector.ts';
import { messageOf, reasonOf } from '../shared/errors.ts';
import { dayOf } from '../shared/model/day.ts';
import type { RunKind } from '../shared/contract/object-keys.ts';
import type { AnyStreamName } from '../shared/model/stream.ts';

/** A run, its source and its streams. */
export interface RunSubject {
  readonly run: Run;
  readonly source: string;
  readonly streams: readonly AnyStreamName[];
  /** Default: the logs. */
  readonly kind?: RunKind;
}

/**
 * Runs `work` between a record of its start and one of its end, so that `status` can report a run that was killed or that met a full
 * disk. Throws what the work throws, and a ConfigurationError if the folder can't be written.
 */
export const recordedRun = async <T>(
  store: ObjectStore,
  subject: RunSubject,
  clock: Pick<Clock, 'now'>,
  work: () => Promise<T>,
): Promise<T> => {
  const { run, source, streams, kind } = subject;
  const began = {
    run,
    streams: [...streams],
    beganAt: clock.now().toISOString(),
    host: hostname(),
    pid: process.pid,
  };
  const end = (): Promise<void> =>
    writeRunRecord(store, source, { ...began, endedAt: clock.now().toISOString() }, kind);
  await writeRunRecord(store, source, began, kind);
  try {
    const result = await work();
    await end();
    return result;
  } catch (error) {
    // If this write fails too, the start record without an end is enough.
    await recordFailure(store, subject, error, clock.now())
      .then(end)
      .catch(() => undefined);
    throw error;
  }
};

const STOPPED = 'The run was stopped before its end. Run it again: it continues where it stopped.';

/** Records for each stream that the whole run failed, or was stopped. */
export const recordFailure = async (
  store: ObjectStore,
  { run, source, streams }: RunSubject,
  error: unknown,
  now: Date,
): Promise<void> => {
  const isStopped = (error as { readonly name?: unknown } | null)?.name === 'AbortError';
  const failure = {
    day: dayOf(now),
    reason: isStopped ? 'stopped' : reasonOf(error),
    message: isStopped ? STOPPED : messageOf(error),
  };
  for (const stream of streams) await writeFailedStart(store, source, stream, failure, now, run);
};
