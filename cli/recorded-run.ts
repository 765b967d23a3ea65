import { hostname } from 'node:os';
import type { Clock, ObjectStore } from '../shared/collect/ports.ts';
import { type Run, writeFailedStart, writeRunRecord } from '../shared/app/connector.ts';
import { messageOf, reasonOf } from '../shared/errors.ts';
import { dayOf } from '../shared/model/day.ts';
import type { StreamName } from '../shared/model/stream.ts';

/** What is run, and of what. */
export interface RunSubject {
  readonly run: Run;
  readonly source: string;
  readonly streams: readonly StreamName[];
}

/**
 * Runs `work` between a record of its beginning and one of its end, so that `status` knows of a run that was killed or that found
 * the disk full. Throws what the work throws, and a ConfigurationError if the folder can't be written to.
 */
export const recordedRun = async <T>(
  store: ObjectStore,
  subject: RunSubject,
  clock: Pick<Clock, 'now'>,
  work: () => Promise<T>,
): Promise<T> => {
  const { run, source, streams } = subject;
  const began = {
    run,
    streams: [...streams],
    beganAt: clock.now().toISOString(),
    host: hostname(),
    pid: process.pid,
  };
  const end = (): Promise<void> =>
    writeRunRecord(store, source, { ...began, endedAt: clock.now().toISOString() });
  await writeRunRecord(store, source, began);
  try {
    const result = await work();
    await end();
    return result;
  } catch (error) {
    // Where this can't be written either, the record of the beginning is left without an end, and says enough.
    await recordFailure(store, subject, error, clock.now())
      .then(end)
      .catch(() => undefined);
    throw error;
  }
};

/** Keeps that a run failed as a whole, for each of its streams. */
export const recordFailure = async (
  store: ObjectStore,
  { run, source, streams }: RunSubject,
  error: unknown,
  now: Date,
): Promise<void> => {
  const failure = { day: dayOf(now), reason: reasonOf(error), message: messageOf(error) };
  for (const stream of streams) await writeFailedStart(store, source, stream, failure, now, run);
};
