import type { ContentStreamName } from '../model/content-stream.ts';
import { type Day, daysBetween } from '../model/day.ts';
import { isCompared, isListedToConfirm } from './close-days.ts';
import { compareHeldFiles } from './compare-held.ts';
import { concludeAbsence } from './conclude-absence.ts';
import { concludeNotFound } from './conclude-not-found.ts';
import type { ContentContext } from './content-context.ts';
import { CONTENT_STREAMS } from './content-streams.ts';
import { type ContentProblem, toProblem } from './content-task.ts';
import { fetchFiles } from './fetch-files.ts';
import { addReports, type FetchReport, NO_FILES } from './fetch-report.ts';
import { listFirstAllowed } from './list-first-allowed.ts';
import { readRows } from './content-log.ts';
import { daysTooOld, listedRanges } from './listing-plan.ts';
import { DetailReader } from './read-details.ts';
import {
  type ContentSliceState,
  readContentState,
  updateContentState,
  writeContentState,
} from './slice-state.ts';
import { readContentStates } from './slice-states.ts';
import type { ChosenHosts, ListingStrategy } from './streams/definition.ts';
import { sweep, type SweepResult } from './sweep.ts';
import type { DayRange } from './windows.ts';
import { noteListing } from './note-listing.ts';

/** The collection of one stream by a run: its lists, the details that these leave out, and its files. */
export class StreamCollection {
  /** New rows. */
  rows = 0;
  files: FetchReport = NO_FILES;
  readonly problems: ContentProblem[] = [];
  /** The days that were to be listed. */
  readonly days: Day[] = [];
  readonly #context: ContentContext;
  readonly #stream: ContentStreamName;
  readonly #listing: ListingStrategy;
  readonly #hosts: ChosenHosts;
  readonly #signal: AbortSignal;

  constructor(
    context: ContentContext,
    stream: ContentStreamName,
    listing: ListingStrategy,
    hosts: ChosenHosts,
    signal: AbortSignal,
  ) {
    this.#context = context;
    this.#stream = stream;
    this.#listing = listing;
    this.#hosts = hosts;
    this.#signal = signal;
  }

  /** Collects a range of days. Throws what the store throws, refusals of the whole stream, and limits; what was read is committed. */
  async collect(task: DayRange): Promise<void> {
    const { source, store, clock, choice } = this.#context;
    const { files } = CONTENT_STREAMS[this.#stream];
    const details =
      files?.details?.isChosen(choice.types) === true
        ? new DetailReader(this.#context, this.#stream, files.details, this.#signal)
        : undefined;
    const states =
      this.#listing.listedAgainAfterDays.length === 0
        ? new Map<Day, ContentSliceState>()
        : await readContentStates(store, source, this.#stream);
    const ranges = listedRanges(this.#listing, task, states, clock.now());
    this.days.push(...ranges.flatMap(({ from, to }) => daysBetween(from, to)));
    this.#nameDaysTooOld(daysTooOld(this.#listing, task, states, clock.now()));
    for (const range of ranges) {
      const days = daysBetween(range.from, range.to);
      const result = await this.#list(range);
      const read = await details?.read(days);
      this.problems.push(...(read?.problems ?? []));
      this.rows += read?.committed ?? 0;
      if (result) await this.#conclude(days, result, read?.incomplete ?? new Set());
      if (result && files) await this.#compare(days);
      if (files) await this.#fetch(days);
    }
  }

  /** Days that Zoom lists no more, and that were never listed whole, are a problem. */
  #nameDaysTooOld(days: readonly Day[]): void {
    const [first, last] = [days.at(0), days.at(-1)];
    const oldest = this.#listing.oldestDay?.(this.#context.clock.now());
    if (first === undefined || last === undefined || oldest === undefined) return;
    this.problems.push({
      stream: this.#stream,
      unit: `days:${first}..${last}`,
      reason: 'too-old',
      message:
        `Zoom lists no ${CONTENT_STREAMS[this.#stream].title} before ${oldest} (six months): those from ${first} to ${last} ` +
        `cannot be collected. Begin with --from ${oldest} or later.`,
    });
  }

  /** Lists a range. Undefined if it was not read whole. */
  async #list(range: DayRange): Promise<SweepResult | undefined> {
    const subject = {
      context: this.#context,
      range,
      hosts: this.#hosts,
      rowsOf: (day: Day) =>
        readRows(this.#context.store, { source: this.#context.source, stream: this.#stream, day }),
      purpose: 'collect',
      signal: this.#signal,
    } as const;
    const result = await listFirstAllowed(this.#listing, subject, (units) =>
      sweep(this.#context, this.#stream, range, units, this.#signal),
    );
    this.rows += result.committed;
    this.days.push(...result.days);
    for (const { unit, error } of result.failed) this.problems.push(toProblem(this.#stream, unit, error));
    return result.failed.length === 0 ? result : undefined;
  }

  /** Notes that days were read whole, and what was missing from the lists. */
  async #conclude(days: readonly Day[], result: SweepResult, incomplete: ReadonlySet<Day>): Promise<void> {
    const { source, store } = this.#context;
    const { people, isEveryone, accountIds } = this.#hosts;
    const chosen = new Set(people.map(({ id }) => id));
    // A list of people that lacks some makes all of their recordings look deleted.
    const covers = (hostId: string): boolean =>
      accountIds !== undefined && (isEveryone || chosen.has(hostId));
    const hasLeft = (hostId: string): boolean =>
      !isEveryone && accountIds !== undefined && !accountIds.has(hostId);
    for (const day of days) {
      const slice = { source, stream: this.#stream, day };
      const state = await noteListing(this.#context, slice, result, !incomplete.has(day));
      if (!CONTENT_STREAMS[this.#stream].files || !result.seen) continue;
      const seen = result.seen.get(day) ?? { listed: new Set<string>(), trashed: new Map<string, string>() };
      const absent = await concludeAbsence(this.#context, slice, result, seen, state.absent, covers);
      const answers =
        isEveryone || accountIds === undefined
          ? { notFound: state.notFound, problems: [] }
          : await concludeNotFound(this.#context, slice, seen, state.notFound, hasLeft, this.#signal);
      this.problems.push(...answers.problems);
      await writeContentState(store, slice, { ...state, absent, notFound: answers.notFound });
    }
  }

  /** Compares the held files of days that this listing confirms with the file host, once for each day. */
  async #compare(days: readonly Day[]): Promise<void> {
    const { source, store, clock } = this.#context;
    for (const day of days) {
      const slice = { source, stream: this.#stream, day };
      const state = await readContentState(store, slice);
      const isDue =
        state !== undefined &&
        state.ledger?.confirmedAt === undefined &&
        isListedToConfirm(slice, state) &&
        !isCompared(slice, state);
      if (!isDue) continue;
      const comparedAt = clock.now().toISOString();
      const { replaced, isComplete } = await compareHeldFiles(this.#context, slice, this.#signal);
      this.rows += replaced;
      if (isComplete) await updateContentState(store, slice, state, { comparedAt });
    }
  }

  async #fetch(days: readonly Day[]): Promise<void> {
    const { source } = this.#context;
    const ordered = this.#listing.order === 'newest-first' ? days.toReversed() : days;
    const slices = ordered.map((day) => ({ source, stream: this.#stream, day }));
    this.files = addReports(this.files, await fetchFiles(this.#context, slices, this.#signal));
  }
}
