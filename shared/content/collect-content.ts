import {
  BudgetSpentError,
  ConfigurationError,
  messageOf,
  RateLimitedError,
  reasonOf,
  UpstreamError,
} from '../errors.ts';
import type { LedgerEntry } from '../collect/ledger/ledger.ts';
import { CONTENT_STREAMS, type ContentStreamName } from '../model/content-stream.ts';
import { type Day, dayOf, daysBetween } from '../model/day.ts';
import { closeContentDays, type OpenDay } from './close-days.ts';
import type { ContentContext } from './content-context.ts';
import { fetchFiles } from './fetch-files.ts';
import type { FetchReport } from './fetch-report.ts';
import { isNeverReady } from './plan-transfers.ts';
import { concludeAbsence } from './conclude-absence.ts';
import { publishContentWatermark } from './publish-watermark.ts';
import { type ChosenPeople, peopleOfRun } from './frozen-people.ts';
import { type Census, takeCensus } from './people.ts';
import { isUnreadable } from './recording-rows.ts';
import { RowRouter } from './row-router.ts';
import { type ContentSliceState, readContentState, writeContentState } from './slice-state.ts';
import { accountUnits, hostUnits, readMeeting } from './streams/recordings.ts';
import { type ChosenHosts, meetingUnits, meetingUnitsOfHosts } from './streams/meetings.ts';
import type { Unit } from './streams/unit.ts';
import { sweep, type SweepResult, UnreadableRowsError } from './sweep.ts';
import { isTrashed, readSliceFiles } from './slice-files.ts';
import { windowsOf } from './windows.ts';

/** So often a listed meeting must be "missing" until it is not asked for its details again. */
const MOST_MISSES = 3;

/** What a run collects. */
export interface ContentTask {
  readonly streams: readonly ContentStreamName[];
  readonly from: Day;
  readonly to: Day;
}

/** A stream, or a part of it, that a run could not finish, and why. */
export interface ContentProblem {
  readonly stream: ContentStreamName;
  /** The unit, such as `host:abc`; undefined for the whole stream. */
  readonly unit?: string | undefined;
  readonly reason: string;
  readonly message: string;
}

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
  readonly problems: readonly ContentProblem[];
  readonly closed: readonly LedgerEntry[];
  readonly open: readonly OpenDay[];
  /** Until when Zoom accepts no requests, if it stated that. */
  readonly rateLimitedUntil: Date | undefined;
}

const NO_FILES: FetchReport = { held: 0, sameAs: 0, bytes: 0, failed: [], processing: 0, skipped: 0 };

/**
 * Collects content of a range of days: who there is, which meetings were held, which recordings there are, and their files. The
 * newest days come first. What Zoom refuses for one stream does not stop the others. Everything that was read is committed,
 * whatever happens; the next run continues. Throws what the store throws.
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
  readonly #rows: Record<ContentStreamName, number> = { person: 0, meeting: 0, recording: 0 };
  readonly #problems: ContentProblem[] = [];
  /** The streams that were read to their end. */
  readonly #read = new Set<ContentStreamName>();
  #files = NO_FILES;
  #rateLimitedUntil: Date | undefined;
  #census: Census | undefined;
  /** Whether the app may not ask for single meetings: it is asked once a run. */
  #isDetailRefused = false;
  #peopleFixedAt: string | undefined;

  constructor(context: ContentContext, task: ContentTask, signal: AbortSignal) {
    this.#context = context;
    this.#task = task;
    this.#signal = signal;
  }

  async run(): Promise<ContentReport> {
    const { streams, from, to } = this.#task;
    const beganAt = this.#context.clock.now();
    const hosts = await this.#choose();
    if (hosts && streams.includes('recording')) {
      if (await this.#guarded('recording', () => this.#collectRecordings(hosts))) this.#read.add('recording');
    }
    if (hosts && streams.includes('meeting') && this.#context.choice.types.includes('meetings')) {
      if (await this.#guarded('meeting', () => this.#collectMeetings(hosts))) this.#read.add('meeting');
    }
    const closed: LedgerEntry[] = [];
    const open: OpenDay[] = [];
    const today = dayOf(this.#context.clock.now());
    for (const stream of streams) {
      const days = CONTENT_STREAMS[stream].isOfListingDay ? [today] : daysBetween(from, to);
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
      problems: this.#problems,
      closed,
      open,
      rateLimitedUntil: this.#rateLimitedUntil,
    };
  }

  /** Runs the work of a stream. A refusal or a limit is a problem of the report. */
  async #guarded(stream: ContentStreamName, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (error instanceof RateLimitedError) this.#rateLimitedUntil = error.retryAt;
      const isOfStream =
        error instanceof RateLimitedError ||
        error instanceof BudgetSpentError ||
        (error instanceof ConfigurationError && error.scope === 'stream') ||
        error instanceof UpstreamError;
      if (!isOfStream) throw error;
      this.#problems.push({ stream, reason: reasonOf(error), message: messageOf(error) });
      return false;
    }
  }

  /** Takes the census and chooses people. Undefined if the choice cannot be made. */
  async #choose(): Promise<ChosenHosts | undefined> {
    const { include, exclude, future } = this.#context.choice.people;
    const isEveryone = include === 'all' && exclude.length === 0 && future;
    let chosen: ChosenPeople | undefined;
    const counted = await this.#guarded('person', async () => {
      const census = await takeCensus(this.#context, this.#signal);
      this.#census = census;
      const router = new RowRouter(this.#context, 'person');
      await router.add(census.rows);
      await router.flush();
      this.#rows.person += router.committed;
      const slice = { source: this.#context.source, stream: 'person', day: dayOf(census.endedAt) } as const;
      await this.#updateState(
        slice.stream,
        slice.day,
        {
          beganAt: census.beganAt,
          endedAt: census.endedAt,
          units: census.units,
          rows: census.rows.length,
        },
        census.isProven,
      );
      if (!census.isProven) {
        this.#problems.push({
          stream: 'person',
          reason: 'list-ended-early',
          message:
            "Zoom's list of people is shorter than its own count. Those that were listed are collected, and the next run lists them again.",
        });
      }
      chosen = await peopleOfRun(this.#context, census, this.#signal);
      this.#peopleFixedAt = chosen.frozenAt;
    });
    if (counted && chosen) {
      this.#read.add('person');
      return { people: chosen.people, isEveryone };
    }
    // Without the list of people only everything can be collected, from the lists of the account.
    return isEveryone ? { people: [], isEveryone } : undefined;
  }

  async #collectRecordings(hosts: ChosenHosts): Promise<void> {
    for (const range of windowsOf(this.#task)) {
      const days = daysBetween(range.from, range.to);
      const ofHosts = hosts.people.length > 0 ? hostUnits(this.#context, hosts.people, range) : undefined;
      const result = await this.#sweep('recording', range, ofHosts, () => accountUnits(this.#context, days));
      const incomplete = await this.#detail(days);
      if (result) await this.#conclude('recording', days, result, hosts, incomplete);
      const slices = days
        .toReversed()
        .map((day) => ({ source: this.#context.source, stream: 'recording', day }) as const);
      this.#files = addReports(this.#files, await fetchFiles(this.#context, slices, this.#signal));
    }
  }

  async #collectMeetings(hosts: ChosenHosts): Promise<void> {
    for (const range of windowsOf(this.#task)) {
      const days = daysBetween(range.from, range.to);
      const units = meetingUnits(this.#context, days, hosts, 'read');
      const result = await this.#sweep('meeting', range, units, () =>
        meetingUnitsOfHosts(this.#context, days, hosts, 'read'),
      );
      if (result) await this.#conclude('meeting', days, result, hosts, new Set());
    }
  }

  /** Lists some units; if Zoom refuses the app that list, the others. Undefined if it was not read whole. */
  async #sweep(
    stream: ContentStreamName,
    range: { readonly from: Day; readonly to: Day },
    preferred: readonly Unit[] | undefined,
    fallback: () => readonly Unit[],
  ): Promise<SweepResult | undefined> {
    const list = (units: readonly Unit[]): Promise<SweepResult> =>
      sweep(this.#context, stream, range, units, this.#signal);
    let result: SweepResult;
    try {
      result = await list(preferred ?? fallback());
    } catch (error) {
      const isRefused =
        error instanceof ConfigurationError &&
        (error.reason === 'scope-missing' || error.reason === 'role-too-weak');
      const others = isRefused && preferred ? fallback() : [];
      if (others.length === 0) throw error;
      result = await list(others).catch((second: unknown) => {
        // An app needs the scope of the preferred list: that is the one to name.
        throw reasonOf(second) === reasonOf(error) ? error : second;
      });
    }
    this.#rows[stream] += result.committed;
    for (const { unit, error } of result.failed) this.#problems.push(toProblem(stream, unit, error));
    return result.failed.length === 0 ? result : undefined;
  }

  /**
   * Asks each recorded meeting once for the files that lists leave out: the audio of single participants. Returns the days of which
   * a meeting gave no answer.
   */
  async #detail(days: readonly Day[]): Promise<ReadonlySet<Day>> {
    const { source, store, choice } = this.#context;
    const incomplete = new Set<Day>();
    if (!choice.types.includes('audio')) return incomplete;
    for (const day of days) {
      const slice = { source, stream: 'recording', day } as const;
      const { items } = await readSliceFiles(store, slice);
      const state = await readContentState(store, slice);
      const detailedMeetings = new Set(state?.detailed);
      const missed = new Map(Object.entries(state?.missed ?? {}));
      const ready = new Map<string, boolean>();
      // A file that never becomes ready does not delay the question about its meeting for ever.
      const isOver = isNeverReady(day, this.#context.clock.now());
      for (const { versions } of items.values()) {
        const newest = versions.at(-1);
        if (!newest || isTrashed(newest)) continue;
        const { file } = newest;
        ready.set(file.uuid, (ready.get(file.uuid) ?? true) && (file.isReady || isOver));
      }
      const due = [...ready]
        .filter(([uuid, isReady]) => isReady && !detailedMeetings.has(uuid))
        .map(([uuid]) => uuid);
      if (due.length === 0) continue;
      const router = new RowRouter(this.#context, 'recording');
      for (const uuid of due) {
        if (this.#isDetailRefused) {
          incomplete.add(day);
          break;
        }
        try {
          const found = await readMeeting(this.#context, uuid, day, this.#signal);
          await router.add(found ?? []);
          const unreadable = (found ?? []).filter(({ row }) => isUnreadable(row.row)).length;
          if (unreadable > 0) {
            const error = new UnreadableRowsError(unreadable);
            this.#problems.push(toProblem('recording', `meeting:${uuid}`, error));
            incomplete.add(day);
            continue;
          }
          // A recording that a list shows is sometimes "missing" by itself (zoom-content-api: recordings): once is no proof.
          const misses = (missed.get(uuid) ?? 0) + 1;
          missed.set(uuid, misses);
          if (found || misses >= MOST_MISSES) detailedMeetings.add(uuid);
          else incomplete.add(day);
        } catch (error) {
          this.#signal.throwIfAborted();
          // Without the scope for single meetings their lists still have all files but the audio of participants.
          this.#isDetailRefused = error instanceof ConfigurationError && error.scope === 'stream';
          if (!this.#isDetailRefused && !(error instanceof UpstreamError)) throw error;
          const unit = this.#isDetailRefused ? undefined : `meeting:${uuid}`;
          this.#problems.push(toProblem('recording', unit, error));
          incomplete.add(day);
        }
      }
      await router.flush();
      this.#rows.recording += router.committed;
      const opened = state ?? newState(this.#context.clock.now());
      const unanswered = Object.fromEntries([...missed].filter(([uuid]) => !detailedMeetings.has(uuid)));
      await writeContentState(store, slice, {
        ...opened,
        detailed: [...detailedMeetings],
        missed: unanswered,
      });
    }
    return incomplete;
  }

  /** Notes that the days of a range were read whole, and what was missing from the lists. */
  async #conclude(
    stream: ContentStreamName,
    days: readonly Day[],
    result: SweepResult,
    { people, isEveryone }: ChosenHosts,
    incomplete: ReadonlySet<Day>,
  ): Promise<void> {
    const { source, store } = this.#context;
    const chosen = new Set(people.map(({ id }) => id));
    for (const day of days) {
      const slice = { source, stream, day };
      const state = await this.#updateState(stream, day, result, !incomplete.has(day));
      if (!CONTENT_STREAMS[stream].hasFiles || !result.seen) continue;
      const seen = result.seen.get(day) ?? { listed: new Set<string>(), trashed: new Map<string, string>() };
      const covers = (hostId: string): boolean => isEveryone || chosen.has(hostId);
      const absent = await concludeAbsence(this.#context, slice, result, seen, state.absent, covers);
      await writeContentState(store, slice, { ...state, absent });
    }
  }

  async #updateState(
    stream: ContentStreamName,
    day: Day,
    { beganAt, endedAt, units, rows }: Pick<SweepResult, 'beganAt' | 'endedAt' | 'units' | 'rows'>,
    isWhole: boolean,
  ): Promise<ContentSliceState> {
    const { source, store, clock } = this.#context;
    const slice = { source, stream, day };
    const before = (await readContentState(store, slice)) ?? newState(clock.now());
    const state: ContentSliceState = {
      ...before,
      rows: await new RowRouter(this.#context, stream).rowsOf(day),
      ...(isWhole && {
        lastWhole: { beganAt: beganAt.toISOString(), endedAt: endedAt.toISOString(), units, rows },
      }),
    };
    await writeContentState(store, slice, state);
    return state;
  }
}

const newState = (now: Date): ContentSliceState => ({
  openedAt: now.toISOString(),
  rows: 0,
  detailed: [],
  missed: {},
  absent: {},
});

const toProblem = (stream: ContentStreamName, unit: string | undefined, error: unknown): ContentProblem => ({
  stream,
  unit,
  reason: (error instanceof Error ? LIST_REASONS[error.name] : undefined) ?? reasonOf(error),
  message: messageOf(error),
});

/** The reasons of lists that were read, but do not show everything. */
const LIST_REASONS: Readonly<Record<string, string>> = {
  ListEndedEarlyError: 'list-ended-early',
  UnreadableRowsError: 'unreadable-rows',
};

const addReports = (a: FetchReport, b: FetchReport): FetchReport => ({
  held: a.held + b.held,
  sameAs: a.sameAs + b.sameAs,
  bytes: a.bytes + b.bytes,
  failed: [...a.failed, ...b.failed],
  processing: a.processing + b.processing,
  skipped: a.skipped + b.skipped,
});
