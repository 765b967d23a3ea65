import type { ContentTask } from '../../../shared/content/content-task.ts';
import { addDays, type Day, dayOf, daysBetween } from '../../../shared/model/day.ts';
import { createSeededRandom, type SeededRandom } from '../../../simulator/seeded-random.ts';
import { CallFailed, FaultDecisions } from '../fault-decisions.ts';
import { InvariantViolation, type Violate } from '../invariants/invariant-violation.ts';
import { type Process, Scheduler } from '../scheduler.ts';
import { Bucket, type StoreWitness } from '../simulated-store.ts';
import { collect } from './content-collector.ts';
import type { Change, ContentPlan } from './content-plan.ts';
import { ContentZoom } from './content-zoom.ts';
import { ContentInvariants } from './invariants/content-invariants.ts';
import { fileStoreOf } from './simulated-file-store.ts';
import { SimulatedUploads } from './simulated-uploads.ts';
import { WorldDispatcher } from './world-dispatcher.ts';

/** Of Node's event loop between two effects: streams of undici take more than one. */
const TURNS = 3;

/** Errors with which a run may end while there are faults. */
const EXPECTED = ['UpstreamError', 'RateLimitedError', 'ConfigurationError'];

/** A run of a collector. */
interface Run {
  readonly process: Process;
  readonly startedAt: number;
  readonly stop: AbortController;
  /** Undefined while it runs, and if it was killed. */
  ended?: 'in order' | 'by an error';
}

/** All parts of a content world. */
export class ContentWorld {
  readonly plan: ContentPlan;
  readonly scheduler: Scheduler;
  readonly bucket = new Bucket();
  readonly uploads = new SimulatedUploads(this.bucket);
  readonly zoom: ContentZoom;
  readonly invariants: ContentInvariants;
  readonly #decisions: FaultDecisions;
  readonly #chance: SeededRandom;
  readonly #runs = new Map<Process, Run>();
  #disturbances = 0;
  #isCalm = false;

  constructor(plan: ContentPlan) {
    const { seed, schedule, start, climate } = plan;
    this.plan = plan;
    this.#chance = createSeededRandom(seed, 'content-world', String(schedule));
    this.scheduler = new Scheduler(
      start,
      createSeededRandom(seed, 'content-schedule', String(schedule)),
      climate.stickiness,
      {
        faultFor: (effect) => {
          const decision = this.#decisions.of(effect, this.scheduler.now);
          if (decision !== undefined) this.#disturbances += 1;
          return decision;
        },
        failureFor: (effect) => this.#decisions.failureFor(effect),
      },
      TURNS,
    );
    this.zoom = new ContentZoom(plan, this.scheduler);
    this.#decisions = new FaultDecisions(plan.faults, start, this.bucket, {
      stateChanged: () => (this.#disturbances += 1),
      renewalDisturbed: () => undefined,
      deadlineOf: (process) => {
        this.#disturbances += 1;
        const stop = this.#runs.get(process)?.stop;
        this.scheduler.at(this.scheduler.now, () => stop?.abort(new Error('The time limit is near.')));
      },
    });
    this.invariants = new ContentInvariants(this);
  }

  readonly violate: Violate = (invariant, detail) =>
    this.scheduler.fail(new InvariantViolation(invariant, detail));

  /** The days that are collected by now. */
  get days(): Day[] {
    const first = dayOf(new Date(this.plan.start));
    const last = addDays(first, this.plan.climate.meetingDays - 1);
    const today = dayOf(new Date(this.scheduler.now));
    return daysBetween(first, today < last ? today : last);
  }

  get streams(): ContentTask['streams'] {
    return this.plan.climate.collectsMeetings ? ['person', 'meeting', 'recording'] : ['person', 'recording'];
  }

  get disturbances(): { ofProcesses: number; ofZoom: number } {
    return { ofProcesses: this.#disturbances, ofZoom: this.zoom.faultsTriggered };
  }

  startedAt = (process: Process): number => this.#runs.get(process)?.startedAt ?? -Infinity;

  endedInOrder = (process: Process): boolean => this.#runs.get(process)?.ended === 'in order';

  /** Ends all faults. */
  calmDown(): void {
    this.#isCalm = true;
    this.#decisions.calmDown();
    this.zoom.misbehave([]);
  }

  apply(change: Change): void {
    this.invariants.truth.look();
    this.zoom.apply(change);
    this.invariants.truth.look();
  }

  /** Starts a collector. */
  collect(): void {
    const process: Process = {
      name: `collector-${this.#runs.size}`,
      role: 'poller',
      skewMs: 0,
      isDead: false,
    };
    const run: Run = { process, startedAt: this.scheduler.now, stop: new AbortController() };
    this.#runs.set(process, run);
    const { partBytes, chunkBytes, storeRetries } = this.plan.climate;
    const { scheduler, bucket, uploads, zoom } = this;
    const from = dayOf(new Date(this.plan.start));
    const task = { streams: this.streams, from, to: this.days.at(-1) ?? from };
    scheduler.note(`${process.name} starts`);
    collect(
      {
        store: fileStoreOf({
          process,
          bucket,
          uploads,
          scheduler,
          witness: this.#witness,
          retries: storeRetries,
          chunkBytes,
        }),
        transport: zoom.transportOf(process),
        dispatcher: new WorldDispatcher({ process, scheduler, respond: zoom.respond, chunkBytes }),
        clock: {
          now: () => new Date(scheduler.now),
          sleep: (ms, signal) => scheduler.sleep(process, ms, signal),
        },
        random: () => this.#chance.float(),
        owner: process.name,
        partBytes,
      },
      task,
      run.stop.signal,
    ).then(
      ({ problems, files }) => {
        run.ended = 'in order';
        const { held, sameAs, failed, processing } = files;
        scheduler.note(
          `${process.name} ends: ${JSON.stringify({ held, sameAs, failed: failed.length, processing, problems: problems.length })}`,
        );
        // A file that was put in the trash before it was fetched may be refused.
        const [problem] = [...problems, ...failed.filter(({ file }) => !file.trashed)];
        if (this.#isCalm && problem)
          this.violate('quiet-runs-succeed', `${problem.reason}: ${problem.message}`);
      },
      (error: unknown) => {
        run.ended = 'by an error';
        scheduler.note(`${process.name} ends with ${String(error)}`);
        const isExpected =
          error instanceof CallFailed ||
          run.stop.signal.aborted ||
          (error instanceof Error && EXPECTED.includes(error.name));
        if (!isExpected || this.#isCalm) {
          this.violate(
            'no-surprise',
            error instanceof Error ? (error.stack ?? error.message) : String(error),
          );
        }
      },
    );
  }

  /** Whether a collector runs. */
  isBusy(): boolean {
    return [...this.#runs.values()].some(({ process, ended }) => ended === undefined && !process.isDead);
  }

  readonly #witness: StoreWitness = {
    created: (key, body, by) => this.invariants.created({ key, body, by, at: this.scheduler.now }),
    replaced: (key) => {
      if (!/^(?:_state|watermark)\//.test(key))
        this.violate('never-overwritten', `${key} was written a second time`);
    },
    writtenUnknown: () => undefined,
    read: () => undefined,
  };
}
