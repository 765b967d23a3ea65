import pLimit from 'p-limit';
import type { ObjectStore } from '../collect/ports.ts';
import { BudgetSpentError, ConfigurationError, messageOf, RateLimitedError, reasonOf } from '../errors.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import { daysBetween } from '../model/day.ts';
import { fieldsOf } from '../model/raw-row.ts';
import type { ContentProblem, ContentTask } from './collect-content.ts';
import type { ContentContext } from './content-context.ts';
import { typeOfFile } from './file-type.ts';
import { peopleOfEstimate } from './frozen-people.ts';
import { takeCensus } from './people.ts';
import { fileOfRow, type ListedFile } from './recording-rows.ts';
import { type ChosenHosts, meetingUnits, meetingUnitsOfHosts } from './streams/meetings.ts';
import { accountUnits, hostUnits } from './streams/recordings.ts';
import type { Unit } from './streams/unit.ts';
import { windowsOf } from './windows.ts';

const CONCURRENCY = 4;

/** Participants, polls and questions of a meeting are three lists. */
const REQUESTS_PER_MEETING = 3;

/** What a run would collect, by listing only. */
export interface ContentEstimate {
  /** People of the account, and those whose content is chosen. */
  readonly people: number;
  readonly chosen: number;
  /** Undefined if meetings are not collected, or could not be listed. */
  readonly meetings: number | undefined;
  readonly recordings: number;
  /** Files of the chosen types, with the sum of the sizes that Zoom states, and those without one. */
  readonly files: number;
  readonly bytes: number;
  readonly unsized: number;
  readonly skipped: number;
  readonly processing: number;
  /** Requests that a run makes beside its lists: details of meetings and of recordings. */
  readonly detailRequests: number;
  readonly problems: readonly ContentProblem[];
}

type EstimateContext = Pick<
  ContentContext,
  'source' | 'listings' | 'clock' | 'beforeRequest' | 'choice' | 'observer'
> & {
  /** Has the people of earlier runs; undefined if there is no folder yet. */
  readonly store: ObjectStore | undefined;
};

/**
 * Counts what a run of the task would collect. It only lists: nothing is downloaded and nothing is stored. What Zoom refuses for one
 * stream does not stop the others.
 */
export const estimateContent = async (
  partial: EstimateContext,
  { streams, from, to }: ContentTask,
  signal: AbortSignal,
): Promise<ContentEstimate> => {
  // Listing uses neither the store nor downloads: only the choice of people reads what is stored.
  const context = partial as ContentContext;
  const { choice } = context;
  const problems: ContentProblem[] = [];
  const guarded = async <T>(stream: ContentStreamName, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!isOfStream(error)) throw error;
      problems.push({ stream, reason: reasonOf(error), message: messageOf(error) });
      return undefined;
    }
  };

  const { include, exclude, future } = choice.people;
  const isEveryone = include === 'all' && exclude.length === 0 && future;
  const counted = await guarded('person', async () => {
    const census = await takeCensus(context, signal);
    return { census, people: await peopleOfEstimate(partial, census, signal) };
  });
  const hosts: ChosenHosts = { people: counted?.people ?? [], isEveryone };
  const canList = counted !== undefined || isEveryone;
  const files = new Map<string, ListedFile>();
  const recordings = new Set<string>();
  let meetings: number | undefined;

  if (canList && streams.includes('recording')) {
    await guarded('recording', async () => {
      for (const range of windowsOf({ from, to })) {
        const ofHosts = hosts.people.length > 0 ? hostUnits(context, hosts.people, range) : undefined;
        const others = () => accountUnits(context, daysBetween(range.from, range.to));
        await readUnits(context, 'recording', ofHosts, others, signal, (row) => {
          const file = fileOfRow(row);
          if (!file) return;
          recordings.add(file.uuid);
          files.set(`${file.item} ${file.version}`, file);
        });
      }
    });
  }
  if (canList && streams.includes('meeting') && choice.types.includes('meetings')) {
    const days = daysBetween(from, to);
    meetings = await guarded('meeting', async () => {
      const uuids = new Set<unknown>();
      await readUnits(
        context,
        'meeting',
        meetingUnits(context, days, hosts, 'left-out'),
        () => meetingUnitsOfHosts(context, days, hosts, 'left-out'),
        signal,
        (row) => uuids.add(fieldsOf(row)?.['meeting_uuid']),
      );
      return uuids.size;
    });
  }

  const all = [...files.values()];
  const ready = all.filter(({ isReady }) => isReady);
  const wanted = ready.filter(({ fileType }) => choice.types.includes(typeOfFile(fileType)));
  const detailed = new Set(ready.filter(({ trashed }) => !trashed).map(({ uuid }) => uuid)).size;
  return {
    people: counted?.census.people.length ?? 0,
    chosen: hosts.people.length,
    meetings,
    recordings: recordings.size,
    files: wanted.length,
    bytes: wanted.reduce((sum, { size = 0 }) => sum + size, 0),
    unsized: wanted.filter(({ size }) => size === undefined).length,
    skipped: ready.length - wanted.length,
    processing: all.length - ready.length,
    detailRequests: (choice.types.includes('audio') ? detailed : 0) + (meetings ?? 0) * REQUESTS_PER_MEETING,
    problems,
  };
};

const isOfStream = (error: unknown): boolean =>
  error instanceof RateLimitedError ||
  error instanceof BudgetSpentError ||
  (error instanceof ConfigurationError && error.scope === 'stream') ||
  (error instanceof Error && error.name === 'UpstreamError');

/** Reads all rows of some units; if Zoom refuses the app that list, of the others. */
const readUnits = async (
  { observer }: Pick<ContentContext, 'observer'>,
  stream: ContentStreamName,
  preferred: readonly Unit[] | undefined,
  fallback: () => readonly Unit[],
  signal: AbortSignal,
  onRow: (row: unknown) => void,
): Promise<void> => {
  const read = async (units: readonly Unit[]): Promise<void> => {
    const limit = pLimit(CONCURRENCY);
    let done = 0;
    await Promise.all(
      units.map((unit) =>
        limit(async () => {
          signal.throwIfAborted();
          for (const { row } of (await unit.list(signal)).rows) onRow(row.row);
          done += 1;
          observer.unitsListed?.(stream, done, units.length);
        }),
      ),
    );
  };
  try {
    await read(preferred ?? fallback());
  } catch (error) {
    const isRefused =
      error instanceof ConfigurationError &&
      (error.reason === 'scope-missing' || error.reason === 'role-too-weak');
    const others = isRefused && preferred ? fallback() : [];
    if (others.length === 0) throw error;
    await read(others).catch((second: unknown) => {
      throw reasonOf(second) === reasonOf(error) ? error : second;
    });
  }
};
