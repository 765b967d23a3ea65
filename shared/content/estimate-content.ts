import pLimit from 'p-limit';
import type { ObjectStore } from '../collect/ports.ts';
import { messageOf, reasonOf } from '../errors.ts';
import type { ContentType } from '../model/content-config.ts';
import { CONTENT_STREAM_NAMES, type ContentStreamName } from '../model/content-stream.ts';
import type { RawRow } from '../model/raw-row.ts';
import type { ContentContext } from './content-context.ts';
import { CENSUS_STREAM, CONTENT_STREAMS, filesOf } from './content-streams.ts';
import {
  type ContentProblem,
  type ContentTask,
  inListingOrder,
  isNoOne,
  isOfStream,
  NO_ONE_CHOSEN,
} from './content-task.ts';
import { typeOfFile } from './file-type.ts';
import { peopleOfEstimate } from './frozen-people.ts';
import type { FoundSubjects } from './holdings.ts';
import { listFirstAllowed } from './list-first-allowed.ts';
import type { ListedFile } from './listed-file.ts';
import { listedRanges } from './listing-plan.ts';
import type { ChosenHosts, ListingStrategy } from './streams/definition.ts';
import { takeCensus } from './streams/person.ts';
import type { Unit } from './streams/unit.ts';
import type { DayRange } from './windows.ts';

const CONCURRENCY = 4;

/** What a run would collect, by listing only. */
export interface ContentEstimate {
  /** People of the account, and those whose content is chosen. */
  readonly people: number;
  readonly chosen: number;
  readonly found: readonly FoundSubjects[];
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
  task: ContentTask,
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
  const counted = await guarded(CENSUS_STREAM, async () => {
    const census = await takeCensus(context, signal);
    return { census, people: await peopleOfEstimate(partial, census, signal) };
  });
  const hosts: ChosenHosts = { people: counted?.people ?? [], isEveryone, accountIds: undefined };
  if (counted && isNoOne(hosts.people, isEveryone)) problems.push(NO_ONE_CHOSEN);
  const canList = isEveryone || hosts.people.length > 0;
  const counts = new Map<ContentStreamName, StreamCount>();
  for (const stream of canList ? inListingOrder(task.streams) : []) {
    const { listing } = CONTENT_STREAMS[stream];
    if (listing === 'census' || !listing.isChosen(choice.types)) continue;
    const count = new StreamCount(stream);
    const isListed = await guarded(stream, async () => {
      await countStream(context, count, listing, { range: task, hosts, signal });
      return true;
    });
    // Of files, what was listed before a refusal is counted.
    if (isListed || CONTENT_STREAMS[stream].files) counts.set(stream, count);
  }

  const listed = [...counts.values()];
  const all = listed.flatMap(({ files }) => [...files.values()]);
  const ready = all.filter(({ isReady }) => isReady);
  const isWanted = ({ isReady, fileType }: ListedFile): boolean =>
    isReady && choice.types.includes(typeOfFile(fileType));
  const wanted = all.filter(isWanted);
  return {
    people: counted?.census.people.length ?? 0,
    chosen: hosts.people.length,
    found: CONTENT_STREAM_NAMES.flatMap((stream): FoundSubjects[] => {
      const { subjects, files } = CONTENT_STREAMS[stream];
      if (!subjects) return [];
      const count = counts.get(stream) ?? (files && new StreamCount(stream));
      const ofStream = [...(count?.files.values() ?? [])].filter(isWanted);
      return [
        {
          stream,
          subjects: count?.subjects.size,
          files: files && { count: ofStream.length, bytes: sizeOf(ofStream) },
        },
      ];
    }),
    files: wanted.length,
    bytes: sizeOf(wanted),
    unsized: wanted.filter(({ size }) => size === undefined).length,
    skipped: ready.length - wanted.length,
    processing: all.length - ready.length,
    detailRequests: listed.reduce((sum, count) => sum + count.detailRequests(choice.types), 0),
    problems,
  };
};

/** The sum of the sizes that Zoom states. */
const sizeOf = (files: readonly ListedFile[]): number => files.reduce((sum, { size = 0 }) => sum + size, 0);

/** What the lists of a stream show. */
class StreamCount {
  readonly stream: ContentStreamName;
  readonly subjects = new Set<unknown>();
  readonly files = new Map<string, ListedFile>();

  constructor(stream: ContentStreamName) {
    this.stream = stream;
  }

  add(row: RawRow): void {
    const { subjects } = CONTENT_STREAMS[this.stream];
    const files = filesOf(this.stream, row);
    for (const file of files) this.files.set(`${file.item} ${file.version}`, file);
    const found = subjects?.of === 'files' ? files.map(({ uuid }) => uuid) : [subjects?.of(row)];
    for (const subject of found) if (subject !== undefined) this.subjects.add(subject);
  }

  /** The requests that follow the lists. */
  detailRequests(types: readonly ContentType[]): number {
    const { listing, files } = CONTENT_STREAMS[this.stream];
    const perSubject = listing === 'census' ? 0 : listing.requestsPerSubject;
    const detailed = [...this.files.values()].filter(({ isReady, trashed }) => isReady && !trashed);
    const details =
      files?.details?.isChosen(types) === true ? new Set(detailed.map(({ uuid }) => uuid)).size : 0;
    return perSubject * this.subjects.size + details;
  }
}

/** Lists a stream in a range, and counts its rows. */
const countStream = async (
  context: ContentContext,
  count: StreamCount,
  listing: ListingStrategy,
  {
    range,
    ...subject
  }: { readonly range: DayRange; readonly hosts: ChosenHosts; readonly signal: AbortSignal },
): Promise<void> => {
  const counted = { context, rowsOf: () => Promise.resolve([]), purpose: 'count', ...subject } as const;
  for (const window of listedRanges(listing, range, new Map(), context.clock.now())) {
    await listFirstAllowed(listing, { ...counted, range: window }, (units) =>
      countUnits(context, count, units, subject.signal),
    );
  }
};

const countUnits = async (
  { observer }: Pick<ContentContext, 'observer'>,
  count: StreamCount,
  units: readonly Unit[],
  signal: AbortSignal,
): Promise<void> => {
  const limit = pLimit(CONCURRENCY);
  let done = 0;
  await Promise.all(
    units.map((unit) =>
      limit(async () => {
        signal.throwIfAborted();
        for (const { row } of (await unit.list(signal)).rows) count.add(row.row);
        done += 1;
        observer.unitsListed?.(count.stream, done, units.length);
      }),
    ),
  );
};
