import type { LedgerEntry } from '../collect/ledger/ledger.ts';
import { messageOf, RateLimitedError, reasonOf } from '../errors.ts';
import { CONTENT_STREAM_NAMES, type ContentStreamName } from '../model/content-stream.ts';
import { dayOf } from '../model/day.ts';
import { closeContentDays, type OpenDay } from './close-days.ts';
import { StreamCollection } from './collect-stream.ts';
import type { ContentContext } from './content-context.ts';
import { CENSUS_STREAM, CONTENT_STREAMS } from './content-streams.ts';
import {
  type ContentProblem,
  type ContentTask,
  daysOfTask,
  inListingOrder,
  isNoOne,
  isOfStream,
  NO_ONE_CHOSEN,
} from './content-task.ts';
import { addReports, type FetchReport, NO_FILES } from './fetch-report.ts';
import { type ChosenPeople, peopleOfRun } from './frozen-people.ts';
import { type MirrorReport, runMirror } from './mirror/run-mirror.ts';
import { noteListing } from './note-listing.ts';
import { publishContentWatermark } from './publish-watermark.ts';
import { RowRouter } from './row-router.ts';
import type { ChosenHosts } from './streams/definition.ts';
import { type Census, takeCensus } from './streams/person.ts';

/** The result of a run. */
export interface ContentReport {
  /** People of the account, in every status. */
  readonly people: number;
  /** The ids of those whose content was collected; undefined if it was everyone's, or if the choice failed. */
  readonly hosts: readonly string[] | undefined;
  /** Since when the people are fixed, if those who join later are not collected. */
  readonly peopleFixedAt?: string | undefined;
  /** New rows by stream. */
  readonly rows: Readonly<Record<ContentStreamName, number>>;
  readonly files: FetchReport;
  readonly mirror: MirrorReport;
  readonly problems: readonly ContentProblem[];
  readonly closed: readonly LedgerEntry[];
  readonly open: readonly OpenDay[];
  /** Until when Zoom accepts no requests, if it stated that. */
  readonly rateLimitedUntil: Date | undefined;
}

/**
 * Collects content of a range of days: the list of people, then each stream as the table says, and its files. What Zoom refuses for
 * one stream does not stop the others. Everything that was read is committed, whatever happens; the next run continues. Throws what
 * the store throws.
 */
export const collectContent = async (
  context: ContentContext,
  task: ContentTask,
  signal: AbortSignal,
): Promise<ContentReport> => new ContentRun(context, task, signal).run();

class ContentRun {
  readonly #context: ContentContext;
  readonly #task: ContentTask;
  readonly #signal: AbortSignal;
  readonly #rows = Object.fromEntries(CONTENT_STREAM_NAMES.map((stream) => [stream, 0])) as Record<
    ContentStreamName,
    number
  >;
  readonly #problems: ContentProblem[] = [];
  /** The streams that were read to their end. */
  readonly #read = new Set<ContentStreamName>();
  #files = NO_FILES;
  #rateLimitedUntil: Date | undefined;
  #census: Census | undefined;
  #peopleFixedAt: string | undefined;

  constructor(context: ContentContext, task: ContentTask, signal: AbortSignal) {
    this.#context = context;
    this.#task = task;
    this.#signal = signal;
  }

  async run(): Promise<ContentReport> {
    const { streams, to } = this.#task;
    const beganAt = this.#context.clock.now();
    const hosts = await this.#choose();
    const listed = new Map<ContentStreamName, StreamCollection>();
    for (const stream of hosts ? inListingOrder(streams) : []) {
      const { listing } = CONTENT_STREAMS[stream];
      if (!hosts || listing === 'census' || !listing.isChosen(this.#context.choice.types)) continue;
      const collection = new StreamCollection(this.#context, stream, listing, hosts, this.#signal);
      listed.set(stream, collection);
      await this.#collect(stream, collection);
    }
    const mirror = await runMirror(this.#context, this.#signal);
    this.#problems.push(...mirror.problems);
    const closed: LedgerEntry[] = [];
    const open: OpenDay[] = [];
    const today = this.#context.clock.now();
    for (const stream of streams) {
      const hidden = mirror.changed.filter((slice) => slice.stream === stream);
      const days = [
        ...daysOfTask(stream, this.#task, today),
        ...(listed.get(stream)?.days ?? []),
        ...hidden.map(({ day }) => day),
      ];
      const result = await closeContentDays(this.#context, stream, days);
      closed.push(...result.closed);
      open.push(...result.open);
    }
    const failed = new Set(this.#problems.map((problem) => problem.stream));
    const readToday = streams.filter(
      (stream) =>
        this.#read.has(stream) &&
        !failed.has(stream) &&
        (CONTENT_STREAMS[stream].isOfListingDay || to >= dayOf(beganAt)),
    );
    await publishContentWatermark(this.#context, streams, new Set(readToday), beganAt);
    return {
      people: this.#census?.people.length ?? 0,
      hosts: hosts && !hosts.isEveryone ? hosts.people.flatMap(({ id }) => id ?? []) : undefined,
      ...(this.#peopleFixedAt !== undefined && { peopleFixedAt: this.#peopleFixedAt }),
      rows: this.#rows,
      files: this.#files,
      mirror,
      problems: this.#problems,
      closed,
      open,
      rateLimitedUntil: this.#rateLimitedUntil,
    };
  }

  async #collect(stream: ContentStreamName, collection: StreamCollection): Promise<void> {
    const isRead = await this.#guarded(stream, async () => {
      try {
        await collection.collect(this.#task);
      } finally {
        this.#rows[stream] += collection.rows;
        this.#files = addReports(this.#files, collection.files);
        this.#problems.push(...collection.problems);
      }
    });
    if (isRead) this.#read.add(stream);
  }

  /** Runs the work of a stream. A refusal or a limit is a problem of the report. */
  async #guarded(stream: ContentStreamName, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof RateLimitedError) this.#rateLimitedUntil = error.retryAt;
      if (!isOfStream(error)) throw error;
      this.#problems.push({ stream, reason: reasonOf(error), message: messageOf(error) });
      return false;
    }
  }

  /** Takes the census and chooses people. Undefined if the choice cannot be made. */
  async #choose(): Promise<ChosenHosts | undefined> {
    const { include, exclude, future } = this.#context.choice.people;
    const isEveryone = include === 'all' && exclude.length === 0 && future;
    let chosen: ChosenPeople | undefined;
    const counted = await this.#guarded(CENSUS_STREAM, async () => {
      const census = await this.#takeCensus();
      chosen = await peopleOfRun(this.#context, census, this.#signal);
      this.#peopleFixedAt = chosen.frozenAt;
    });
    if (counted && chosen) {
      this.#read.add(CENSUS_STREAM);
      if (isNoOne(chosen.people, isEveryone)) {
        this.#problems.push(NO_ONE_CHOSEN);
        return undefined;
      }
      return { people: chosen.people, isEveryone, accountIds: this.#accountIds() };
    }
    // Without the list of people only everything can be collected, from the lists of the account.
    return isEveryone ? { people: [], isEveryone, accountIds: undefined } : undefined;
  }

  #accountIds(): ReadonlySet<string> | undefined {
    if (this.#census?.isProven !== true) return undefined;
    return new Set(this.#census.people.flatMap(({ id }) => id ?? []));
  }

  /** Lists the people, and commits their rows. */
  async #takeCensus(): Promise<Census> {
    const census = await takeCensus(this.#context, this.#signal);
    this.#census = census;
    const router = new RowRouter(this.#context, CENSUS_STREAM);
    await router.add(census.rows);
    await router.flush();
    this.#rows[CENSUS_STREAM] += router.committed;
    const slice = { source: this.#context.source, stream: CENSUS_STREAM, day: dayOf(census.endedAt) };
    await noteListing(this.#context, slice, { ...census, rows: census.rows.length }, census.isProven);
    if (!census.isProven) {
      this.#problems.push({
        stream: CENSUS_STREAM,
        reason: 'list-ended-early',
        message:
          "Zoom's list of people is shorter than its own count. Those that were listed are collected, and the next run lists them again.",
      });
    }
    return census;
  }
}
