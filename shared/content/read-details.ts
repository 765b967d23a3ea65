import { ConfigurationError, UpstreamError } from '../errors.ts';
import type { ContentStreamName } from '../model/content-stream.ts';
import type { Day } from '../model/day.ts';
import type { ContentContext } from './content-context.ts';
import { type ContentProblem, toProblem } from './content-task.ts';
import { isNeverReady } from './plan-transfers.ts';
import { RowRouter } from './row-router.ts';
import { isTrashed, readSliceFiles, type SliceFiles } from './slice-files.ts';
import { type ContentSliceState, newState, readContentState, writeContentState } from './slice-state.ts';
import type { DetailRules } from './streams/definition.ts';
import { UnreadableRowsError } from './sweep.ts';
import type { ContentSlice } from '../model/slice.ts';

/** So often a listed subject must be "missing" until it is not asked for its details again. */
const MOST_MISSES = 3;

/** What the details of some days brought. */
export interface ReadDetails {
  /** The days of which a subject gave no answer. */
  readonly incomplete: ReadonlySet<Day>;
  readonly problems: readonly ContentProblem[];
  /** New rows. */
  readonly committed: number;
}

/** Asks each listed subject once for the files that lists leave out: the audio of single participants. */
export class DetailReader {
  readonly #context: ContentContext;
  readonly #stream: ContentStreamName;
  readonly #rules: DetailRules;
  readonly #signal: AbortSignal;
  /** Whether the app may not ask for single subjects: it is asked once a run. */
  #isRefused = false;

  constructor(context: ContentContext, stream: ContentStreamName, rules: DetailRules, signal: AbortSignal) {
    this.#context = context;
    this.#stream = stream;
    this.#rules = rules;
    this.#signal = signal;
  }

  /** Reads the details that are due of some days. Throws what the store throws, and limits. */
  async read(days: readonly Day[]): Promise<ReadDetails> {
    const incomplete = new Set<Day>();
    const problems: ContentProblem[] = [];
    let committed = 0;
    for (const day of days) {
      const slice = { source: this.#context.source, stream: this.#stream, day };
      const state = await readContentState(this.#context.store, slice);
      const due = this.#due(await readSliceFiles(this.#context.store, slice), state);
      if (due.length === 0) continue;
      const read = await this.#readDay(slice, due, state);
      problems.push(...read.problems);
      committed += read.committed;
      if (!read.isComplete) incomplete.add(day);
    }
    return { incomplete, problems, committed };
  }

  /** The subjects of a slice whose files are ready, and that were not asked yet. */
  #due({ slice, items }: SliceFiles<ContentSlice>, state: ContentSliceState | undefined): string[] {
    const done = new Set(state?.detailed);
    const ready = new Map<string, boolean>();
    // A file that never becomes ready does not delay the question about its subject for ever.
    const isOver = isNeverReady(slice.day, this.#context.clock.now());
    for (const { versions } of items.values()) {
      const newest = versions.at(-1);
      if (!newest || isTrashed(newest)) continue;
      const { file } = newest;
      ready.set(file.uuid, (ready.get(file.uuid) ?? true) && (file.isReady || isOver));
    }
    return [...ready].filter(([uuid, isReady]) => isReady && !done.has(uuid)).map(([uuid]) => uuid);
  }

  async #readDay(
    slice: ContentSlice,
    due: readonly string[],
    state: ContentSliceState | undefined,
  ): Promise<{ problems: readonly ContentProblem[]; committed: number; isComplete: boolean }> {
    const { store, clock } = this.#context;
    const detailed = new Set(state?.detailed);
    const missed = new Map(Object.entries(state?.missed ?? {}));
    const problems: ContentProblem[] = [];
    const router = new RowRouter(this.#context, slice.stream);
    let isComplete = true;
    for (const uuid of due) {
      if (this.#isRefused) {
        isComplete = false;
        break;
      }
      try {
        const found = await this.#rules.read(this.#context, uuid, slice.day, this.#signal);
        await router.add(found ?? []);
        const unreadable = (found ?? []).filter(({ row }) => this.#rules.isUnreadable(row.row)).length;
        if (unreadable > 0) {
          problems.push(this.#problemOf(uuid, new UnreadableRowsError(unreadable)));
          isComplete = false;
          continue;
        }
        // A recording that a list shows is sometimes "missing" by itself (zoom-content-api: recordings): once is no proof.
        const misses = (missed.get(uuid) ?? 0) + 1;
        missed.set(uuid, misses);
        if (found || misses >= MOST_MISSES) detailed.add(uuid);
        else isComplete = false;
      } catch (error) {
        this.#signal.throwIfAborted();
        // Without the scope for single subjects their lists still have all files but these.
        this.#isRefused = error instanceof ConfigurationError && error.scope === 'stream';
        if (!this.#isRefused && !(error instanceof UpstreamError)) throw error;
        problems.push(this.#problemOf(this.#isRefused ? undefined : uuid, error));
        isComplete = false;
      }
    }
    await router.flush();
    const unanswered = Object.fromEntries([...missed].filter(([uuid]) => !detailed.has(uuid)));
    await writeContentState(store, slice, {
      ...(state ?? newState(clock.now())),
      detailed: [...detailed],
      missed: unanswered,
    });
    return { problems, committed: router.committed, isComplete };
  }

  #problemOf(uuid: string | undefined, error: unknown): ContentProblem {
    return toProblem(this.#stream, uuid === undefined ? undefined : `${this.#rules.subject}:${uuid}`, error);
  }
}
