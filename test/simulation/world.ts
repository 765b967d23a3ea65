import { healthKey, healthStateKey, lastRunKey, sliceStateKey } from '../../shared/contract/object-keys.ts';
import { causeOf } from '../../shared/health/causes.ts';
import type { Day } from '../../shared/model/day.ts';
import { MINUTE_MS } from '../../shared/model/duration.ts';
import type { StreamName } from '../../shared/model/stream.ts';
import type { Format } from '../../shared/normalize/index.ts';
import type { Log } from '../../shared/runtime/log.ts';
import { monitorSources } from '../../shared/monitor/monitor-sources.ts';
import type { Call } from '../../simulator/call.ts';
import { type SeededRandom, createSeededRandom } from '../../simulator/seeded-random.ts';
import { authorize, CLIENT_APP, CollectorProcess, SOURCE, type WorldContext } from './collector.ts';
import { FaultDecisions } from './fault-decisions.ts';
import { InvariantViolation, type Violate } from './invariants/invariant-violation.ts';
import { Claims } from './invariants/claims.ts';
import { Delivery } from './invariants/delivery.ts';
import { LivenessInvariants } from './invariants/liveness-invariants.ts';
import { GrantsOfZoom } from './invariants/grants.ts';
import { RateLimitInvariants } from './invariants/rate-limit-invariants.ts';
import { Secrecy } from './invariants/secrecy.ts';
import { AlarmInvariants } from './invariants/alarm-invariants.ts';
import type { Plan } from './plan.ts';
import { Queue } from './queue.ts';
import { type Process, Scheduler } from './scheduler.ts';
import { AlarmsOfWorld, STACK, monitoredIn } from './simulated-alarms.ts';
import { Secret, secretStoreOf } from './simulated-secret.ts';
import { Bucket, storeOf } from './simulated-store.ts';
import { ACCOUNT_ID, CLIENT_SECRET, SimulatedZoom } from './simulated-zoom.ts';
import { MOST_SKEW_MS } from './faults.ts';
import { logTo, PollerLog, formatLine } from './world-log.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;

/** What EventBridge sends on a schedule. */
const SCHEDULE = { source: 'aws.events', 'detail-type': 'Scheduled Event' };

/** All parts of a world, and its scheduled events. */
export class World {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly bucket = new Bucket();
  readonly zoom: SimulatedZoom;
  readonly delivery: Delivery;
  readonly claims: Claims;
  readonly grants: GrantsOfZoom;
  readonly alarmInvariants: AlarmInvariants;
  readonly alarms: AlarmsOfWorld;
  /** The formats besides raw when a slice was last listed. */
  readonly formatsOf = new Map<string, readonly Format[]>();
  /** The first day that the source must have. */
  since: string | undefined;
  readonly #secret: Secret;
  readonly #livenessInvariants: LivenessInvariants;
  readonly #rateLimitInvariants: RateLimitInvariants;
  readonly #secrecy: Secrecy;
  readonly #decisions: FaultDecisions;
  readonly #queue: Queue;
  readonly #chance: SeededRandom;
  readonly #pollerLog = new PollerLog();
  readonly #collectors: CollectorProcess[] = [];
  #processes = 0;
  #operatorIsBusy = false;

  constructor(plan: Plan) {
    const { climate, start, seed, schedule } = plan;
    this.plan = plan;
    this.#chance = createSeededRandom(seed, 'world', String(schedule));
    this.scheduler = new Scheduler(
      start,
      createSeededRandom(seed, 'schedule', String(schedule)),
      climate.stickiness,
      {
        faultFor: (effect) => this.#decisions.of(effect, this.scheduler.now),
        failureFor: (effect) => this.#decisions.failureFor(effect),
      },
    );
    this.zoom = new SimulatedZoom(plan, seed, this.scheduler);
    const isOAuth = climate.auth === 'oauth';
    this.#secret = new Secret({ app: { ...CLIENT_APP, ...(!isOAuth && { accountId: ACCOUNT_ID }) } });
    this.#secrecy = new Secrecy([CLIENT_SECRET], this.violate);
    this.delivery = new Delivery(this.bucket, this.zoom.account.rows, ACCOUNT_ID, this.violate);
    this.#livenessInvariants = new LivenessInvariants(this.bucket, this.delivery, this.violate);
    this.claims = new Claims(this.delivery, climate.lookbackDays, this.violate);
    this.grants = new GrantsOfZoom(this.#secret, this.violate);
    this.#rateLimitInvariants = new RateLimitInvariants(climate.requestsPerDay, this.violate);
    this.alarmInvariants = new AlarmInvariants(
      start,
      climate.pollMinutes * MINUTE_MS,
      climate.streams,
      this.violate,
    );
    this.alarms = new AlarmsOfWorld(monitoredIn(climate));
    this.#queue = new Queue(this.scheduler, (event, requestsPoll, answered) =>
      this.#invoke(event, !requestsPoll, answered),
    );
    this.#decisions = new FaultDecisions(plan.faults, start, this.bucket, {
      stateChanged: () => (this.claims.isExcused = true),
      renewalDisturbed: () => (this.grants.isExcused = true),
      deadlineOf: (process) => {
        const running = this.#collectors.find((collector) => collector.process === process)?.running;
        this.scheduler.at(this.scheduler.now, () => running?.abort(new Error('The time limit is near.')));
      },
    });
  }

  readonly violate: Violate = (invariant, detail) =>
    this.scheduler.fail(new InvariantViolation(invariant, detail));

  /** The formats to write now, besides raw. */
  get formats(): readonly Format[] {
    const later = this.plan.faults.find(({ kind }) => kind === 'format-later');
    const isLater = later?.kind === 'format-later' && this.scheduler.now < this.plan.start + later.at;
    return isLater ? ['flat'] : ['flat', 'ocsf'];
  }

  /** Ends all faults. */
  calmDown(): void {
    this.#decisions.calmDown();
    this.zoom.calmDown();
  }

  /** The schedule invokes the poller. */
  poll(): void {
    this.#invoke(SCHEDULE, false, () => undefined);
  }

  /** An operator requests a day, through the queue. */
  request(stream: StreamName, day: string, deliveries: number): void {
    this.#queue.send({ source: SOURCE, stream, day }, deliveries);
  }

  /** An administrator ends the connection at Zoom. */
  revoke(): void {
    this.scheduler.note('an administrator ends the connection');
    this.zoom.revoke();
    this.grants.revoked();
  }

  /** Whether the last poll reported that an operator must act: authorize the source again, or correct it. */
  get needsOperator(): boolean {
    return this.plan.climate.streams.some((stream) => {
      const record = this.bucket.read(lastRunKey({ source: SOURCE, stream }))?.toString('utf8') ?? '{}';
      const { polling } = JSON.parse(record) as { polling?: { failing?: { reason: string } } };
      const reason = polling?.failing?.reason;
      return reason !== undefined && ['unauthorized', 'not_delivering'].includes(causeOf(reason).verdict);
    });
  }

  /** The operator authorizes the source, for the first time or again. */
  authorize(): void {
    if (this.#operatorIsBusy) return;
    this.#operatorIsBusy = true;
    const worldContext = this.#worldContext(this.#process('operator', 0));
    const consent = (url: URL): string => {
      const code = this.zoom.consent(url);
      this.#secrecy.keep(code);
      return code;
    };
    authorize(worldContext, consent, () => this.#queue.send({ poll: SOURCE }, 1))
      .then(
        (outcome) => this.scheduler.note(`the operator's authorization is ${outcome}`),
        (error: unknown) => this.scheduler.note(`the operator's authorization failed: ${String(error)}`),
      )
      .finally(() => (this.#operatorIsBusy = false));
  }

  /** Runs the monitor once. */
  monitor(): void {
    const process = this.#process('monitor', 0);
    const now = new Date(this.scheduler.now);
    const { store, log } = this.#worldContext(process);
    const alarms = this.alarms.of(process, this.scheduler, (before, state, reason) => {
      this.#secrecy.seen(`the text of ${before.name}`, reason);
      this.alarmInvariants.set(before, state, reason, this.scheduler.now);
    });
    const context = {
      stack: STACK,
      store,
      alarms,
      log,
      metrics: { record: () => undefined, write: () => undefined },
      pollerLogs: {
        lastFailure: (_: string, after: Date) =>
          this.scheduler.effect(process, 'read', 'log of the poller', () =>
            this.#pollerLog.lastFailure(after),
          ),
      },
      notices: {
        post: (notice: { title: string; text: string }) =>
          this.scheduler.effect(process, 'alarm', `post ${notice.title}`, () =>
            this.#secrecy.seen('a notice', `${notice.title} ${notice.text}`),
          ),
      },
    };
    monitorSources(context, monitoredIn(this.plan.climate), now).then(
      () => {
        const textOf = (key: string) => this.bucket.read(key)?.toString('utf8');
        const [recorded, remembered] = [textOf(healthKey(SOURCE)), textOf(healthStateKey(SOURCE))];
        this.alarmInvariants.monitored(recorded, remembered, this.alarms.now, this.scheduler.now);
      },
      (error: unknown) => this.#secrecy.seen('an error', formatLine('', { error })),
    );
  }

  /** An invocation of the poller: in an idle process, or in a new one. */
  #invoke(event: unknown, asQueueAsks: boolean, answered: (failed: readonly string[]) => void): void {
    const collector = this.#collector();
    const controller = new AbortController();
    collector.running = controller;
    collector.asQueueAsks = asQueueAsks;
    collector.readWhole = this.#readWhole();
    this.#livenessInvariants.called(collector.process, this.scheduler.now);
    this.scheduler.note(
      `${collector.process.name} is called ${asQueueAsks ? 'by the queue' : 'by the schedule'}`,
    );
    collector
      .response(event, controller.signal)
      .then(
        (response) => {
          const failed =
            typeof response === 'object' && 'batchItemFailures' in response ? response.batchItemFailures : [];
          this.scheduler.note(`${collector.process.name} answers ${JSON.stringify(response)}`);
          answered(failed.map(({ itemIdentifier }) => itemIdentifier));
        },
        (error: unknown) => {
          this.scheduler.note(`${collector.process.name} fails: ${String(error)}`);
          this.#secrecy.seen('an error', formatLine('', { error }));
        },
      )
      .finally(() => (collector.running = undefined));
  }

  #collector(): CollectorProcess {
    const { formats } = this;
    const living = this.#collectors.filter(({ process }) => !process.isDead);
    if (living.some(({ running }) => running)) this.claims.isExcused = true;
    const free = living.find(({ running, formats: theirs }) => !running && theirs.length === formats.length);
    if (free && this.#chance.happens(0.8)) return free;

    const number = this.#collectors.length;
    const skew = this.plan.faults.find((fault) => fault.kind === 'skew' && fault.process === number);
    const process = this.#process('poller', skew?.kind === 'skew' ? skew.ms : 0);
    const collector = new CollectorProcess(process, formats, this.plan.climate, this.#worldContext(process));
    this.#collectors.push(collector);
    return collector;
  }

  get #isAlone(): boolean {
    return this.#collectors.filter(({ process, running }) => running && !process.isDead).length <= 1;
  }

  #process(role: Process['role'], skewMs: number): Process {
    this.#processes += 1;
    return { name: `${role} ${this.#processes}`, role, skewMs, isDead: false };
  }

  #worldContext(process: Process): WorldContext {
    const { scheduler } = this;
    const random = createSeededRandom(this.plan.seed, 'backoff', process.name, String(this.plan.schedule));
    return {
      store: storeOf(process, this.bucket, scheduler, {
        created: (key, body) => this.#created(key, body),
        replaced: (key, body, by, before) => this.#replaced(key, body.toString('utf8'), by, before),
        writtenUnknown: (key, by) => this.#rateLimitInvariants.writtenUnknown(key, by),
        read: (key, body, by) => this.#rateLimitInvariants.read(key, body, by, scheduler.now),
      }),
      secrets: secretStoreOf(process, this.#secret, scheduler),
      transport: this.zoom.exchangeOf(process, {
        requested: (call, by) => {
          this.#rateLimitInvariants.requested(call, by, scheduler.now, this.#canWait(call, by));
          this.grants.requested(call, by);
        },
        served: (call, response, by) => {
          this.grants.served(call, response);
          const { endpoint } = call;
          if (
            by.role === 'poller' &&
            response.status === 200 &&
            (endpoint === 'operation' || endpoint === 'activity')
          ) {
            this.alarmInvariants.wasRead(endpoint, scheduler.now);
          }
        },
        answered: (call, response, by) => {
          this.#rateLimitInvariants.answered(call, response, by, scheduler.now);
          this.#livenessInvariants.answered(call, response, by);
        },
      }),
      clock: {
        now: () => new Date(scheduler.now + process.skewMs),
        sleep: (ms, signal) => {
          this.#rateLimitInvariants.slept(ms, process);
          return scheduler.sleep(process, ms, signal);
        },
      },
      random: () => random.float(),
      log: this.#logOf(process),
    };
  }

  /** Whether a request is for a day that a queue requested, or that has closed and was never read. */
  #canWait({ endpoint, query }: Call, by: Process): boolean {
    if (endpoint !== 'operation' && endpoint !== 'activity') return false;
    if (this.#of(by)?.asQueueAsks) return true;
    const day = query.get('from') as Day;
    const closes = Date.parse(`${day}T00:00:00Z`) + (1 + this.plan.climate.lookbackDays) * DAY_MS;
    if (closes > this.scheduler.now - DAY_MS) return false;
    const key = sliceStateKey({ source: SOURCE, stream: endpoint, day });
    // A fault may remove a state after the run was planned from it: then the run cannot know that the day can wait.
    return !this.#isReadWhole(key) && this.#of(by)?.readWhole.has(key) !== true;
  }

  /** The keys of the states of slices that were read whole. */
  #readWhole(): Set<string> {
    const keys = this.bucket.list('_state/slices/').map(({ key }) => key);
    return new Set(keys.filter((key) => this.#isReadWhole(key)));
  }

  #isReadWhole(key: string): boolean {
    return this.bucket.read(key)?.includes('"lastWhole"') === true;
  }

  #of(process: Process): CollectorProcess | undefined {
    return this.#collectors.find((collector) => collector.process === process);
  }

  #logOf(process: Process): Log {
    return logTo((level, message, fields) => {
      this.#secrecy.seen('a line of the log', formatLine(message, fields));
      if (level === 'error' && message === 'poll failed') {
        this.#pollerLog.failed(new Date(this.scheduler.now), fields);
      }
      if (message === 'slice') {
        const formats = this.#of(process)?.formats ?? [];
        const [stream, day] = [fields['stream'] as StreamName, String(fields['day'])];
        this.formatsOf.set(`${stream} ${day}`, formats);
        this.#livenessInvariants.recorded(stream, day, formats, process);
      }
      if (message === 'poll' || message === 'collect')
        this.#rateLimitInvariants.ended(process, this.scheduler.now);
    });
  }

  /** The first poll sets the day from which the watermark applies. It never becomes later. */
  #pollsSince(text: string): void {
    this.claims.isExcused = true;
    const { since } = JSON.parse(text) as { since: string };
    const { lookbackDays, backfillDays } = this.plan.climate;
    const latest = this.scheduler.now + MOST_SKEW_MS - Math.max(lookbackDays, backfillDays) * DAY_MS;
    const first = this.since ?? new Date(latest).toISOString().slice(0, 10);
    if (since > first)
      this.violate('since-stays', `the source was polled since ${first}, and now since ${since}`);
    this.since = since;
  }

  #created(key: string, body: Buffer): void {
    const text = this.delivery.created(key, body, this.scheduler.now);
    this.#secrecy.seen(key, text);
    // Late rows of a closed day withdraw its claim until it is closed again.
    if (key.startsWith('raw/')) this.claims.isExcused = true;
  }

  #replaced(key: string, text: string, by: Process, before: Buffer | undefined): void {
    if (key.startsWith('_state/polling/')) this.#pollsSince(text);
    this.delivery.replaced(key);
    this.#secrecy.seen(key, text);
    this.#rateLimitInvariants.replaced(key, text, by, before, this.scheduler.now);
    if (key.startsWith('watermark/')) this.claims.published(text, this.#isAlone);
    if (key.startsWith('health/')) this.alarmInvariants.published(text, this.scheduler.now);
  }
}
