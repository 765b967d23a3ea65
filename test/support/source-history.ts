import { writeFailedStart, writeLastRun } from '../../shared/collect/state/last-run.ts';
import type { CollectedSlices } from '../../shared/collect/collect-slices.ts';
import { pollingSince } from '../../shared/collect/state/polling-since.ts';
import { budgetKey } from '../../shared/contract/object-keys.ts';
import { writeJson } from '../../shared/collect/state/state-file.ts';
import { type SliceState, writeSliceState } from '../../shared/collect/state/slice-state.ts';
import { readSliceStates } from '../../shared/collect/state/slice-states.ts';
import { writeWatermark } from '../../shared/collect/ledger/watermark.ts';
import { ConfigurationError } from '../../shared/errors.ts';
import type { LastFailure } from '../../shared/health/observations.ts';
import type { Verdict } from '../../shared/health/verdict.ts';
import { alarmsOf } from '../../shared/contract/alarms.ts';
import { addDays, type Day, dayOf, daysBetween } from '../../shared/model/day.ts';
import { HOUR_MS, MINUTE_MS } from '../../shared/model/duration.ts';
import type { StreamName } from '../../shared/model/stream.ts';
import { type MonitoredSource, MonitoredSourceSchema } from '../../shared/model/monitored-source.ts';
import type { Reason } from '../../shared/reasons.ts';
import { monitorSources } from '../../shared/monitor/monitor-sources.ts';
import type { Notice } from '../../shared/monitor/ports.ts';
import { readHealth } from '../../shared/monitor/publish-health.ts';
import { MemoryAlarms } from './doubles/memory-alarms.ts';
import { MemoryStore } from './doubles/memory-store.ts';
import { anOutcome } from './builders/outcomes.ts';

export const STACK = 'zls';

/** How a poll of one stream ends: read, or not, with the reason; `gone`: there was no poll. */
export type PollEnd = 'read' | 'gone' | { readonly reason: string; readonly message?: string };

/** What happens to a source, hour by hour. By default it is healthy. */
export interface Course {
  readonly settings?: Partial<MonitoredSource>;
  readonly quietDays?: readonly Day[];
  /** Events that a stream has in the hour that begins at an instant; ten an hour by default. */
  readonly events?: (hour: Date, stream: StreamName) => number;
  /** Whether the rows of an hour have no readable time. */
  readonly rejects?: (hour: Date, stream: StreamName) => boolean;
  /** How a poll ends. */
  readonly poll?: (at: Date, stream: StreamName) => PollEnd;
  /** The last failure in the poller's log, for a time when it can write nowhere else. */
  readonly words?: (at: Date) => LastFailure | undefined;
  /** Until when Zoom accepts no requests. */
  readonly parkedUntil?: (at: Date) => Date | undefined;
  /** Why the monitor can't read the bucket. */
  readonly unreadable?: (at: Date) => Reason | undefined;
  /** The newest day that has closed. */
  readonly closedUpTo?: (at: Date) => Day | undefined;
  /** Details of a day that can't be parsed, in percent. */
  readonly unread?: (day: Day) => number;
  /** Healthy weeks before the start. */
  readonly weeksBefore?: number;
  /** Actions of people, by their time. */
  readonly people?: Readonly<Record<string, (history: SourceHistory) => Promise<void> | void>>;
  /** Minutes between two monitor runs; longer than five for a history of months. */
  readonly monitorMinutes?: number;
  /** Whether the monitor is killed after it has set its alarms, before it stores their states. */
  readonly monitorKilled?: (at: Date) => boolean;
}

/** A store that an IAM policy denies, or that can no longer be written to. */
class ClosableStore extends MemoryStore {
  closed: Reason | undefined;
  killed = false;

  override read(key: string): Promise<Buffer | undefined> {
    if (this.closed === undefined) return super.read(key);
    return Promise.reject(new ConfigurationError(this.closed, `AWS denied s3:GetObject on ${key}.`));
  }

  override list(prefix: string): ReturnType<MemoryStore['list']> {
    if (this.closed === undefined) return super.list(prefix);
    return Promise.reject(new ConfigurationError(this.closed, `AWS denied s3:ListBucket on ${prefix}.`));
  }

  override replace(key: string, body: Uint8Array): Promise<void> {
    if (this.killed && key.startsWith('_state/health/')) return Promise.reject(new Error('killed'));
    return super.replace(key, body);
  }
}

/**
 * The history of a source on a simulated clock: the results of its runs are written as the collector writes them, and the monitor
 * runs every five minutes. Rows are only counted, so that months take seconds.
 */
export class SourceHistory {
  readonly store = new ClosableStore();
  readonly alarms = new MemoryAlarms();
  readonly notices: Notice[] = [];
  /** Notifications of on-call: `Mon 1 09:20 ALARM collection`. */
  readonly notifications: string[] = [];
  readonly source: MonitoredSource;
  readonly #course: Course;
  readonly #days = new Map<string, SliceState>();
  #now: Date;
  #lastPoll: Date | undefined;

  constructor(start: string, course: Course) {
    this.#course = course;
    this.#now = new Date(start);
    this.source = MonitoredSourceSchema.parse({ name: 'acme', auth: 'oauth', ...course.settings });
    this.alarms.make(alarmsOf(STACK, [this.source]).map(({ name }) => name));
  }

  get now(): Date {
    return this.#now;
  }

  /** Runs until an instant. */
  async until(end: string): Promise<this> {
    await this.#before();
    const stepMs = (this.#course.monitorMinutes ?? 5) * MINUTE_MS;
    for (; this.#now <= new Date(end); this.#now = new Date(this.#now.getTime() + stepMs)) {
      await this.#course.people?.[this.#now.toISOString().slice(0, 16)]?.(this);
      await this.#collect();
      await this.#runMonitor();
    }
    return this;
  }

  /** The verdicts that the last monitor run published. */
  async verdicts(): Promise<Partial<Record<StreamName, Verdict>>> {
    this.store.closed = undefined;
    const { streams = [] } = (await readHealth(this.store, this.source.name)) ?? {};
    return Object.fromEntries(streams.map(({ stream, verdict }) => [stream, verdict]));
  }

  async #before(): Promise<void> {
    const { weeksBefore = 0 } = this.#course;
    const today = dayOf(this.#now);
    const first = addDays(today, -7 * weeksBefore);
    await pollingSince(this.store, this.source.name, first);
    for (const stream of this.source.streams) {
      for (const day of weeksBefore === 0 ? [] : daysBetween(first, addDays(today, -1))) {
        for (let hour = 0; hour < 24; hour += 1)
          this.#happen(stream, new Date(`${day}T${pad(hour)}:00:00Z`), 60);
        await this.#writeDay(stream, day);
      }
      const at = new Date(`${first}T00:00:00Z`);
      if (weeksBefore > 0)
        await writeLastRun(this.store, this.source.name, stream, 'poll', reads(stream, at), at);
    }
  }

  /** One scheduled run, if one is due. */
  async #collect(): Promise<void> {
    const { poll = () => 'read', parkedUntil, closedUpTo } = this.#course;
    const now = this.#now;
    const isDue =
      !this.#lastPoll || now.getTime() - this.#lastPoll.getTime() >= this.source.pollMinutes * MINUTE_MS;
    if (!isDue) return;
    const from = this.#lastPoll;
    let polled = false;
    for (const stream of this.source.streams) {
      const end = poll(now, stream);
      if (end === 'gone') continue;
      polled = true;
      if (end !== 'read') {
        const error = {
          day: dayOf(now),
          reason: end.reason,
          message: end.message ?? `It failed: ${end.reason}.`,
        };
        await writeFailedStart(this.store, this.source.name, stream, error, now);
        continue;
      }
      await this.#bring(stream, from);
      await writeLastRun(this.store, this.source.name, stream, 'poll', reads(stream, now), now);
    }
    if (!polled) return;
    for (const stream of this.source.streams) await readSliceStates(this.store, this.source.name, stream);
    this.#lastPoll = now;
    const until = parkedUntil?.(now);
    const use = { day: dayOf(now), used: 100, ...(until && { parkedUntil: until.toISOString() }) };
    await writeJson(this.store, budgetKey(this.source.name), use);
    const closed = closedUpTo ? closedUpTo(now) : addDays(dayOf(now), -this.source.lookbackDays - 1);
    const claims = { gaps: [], ...(closed && { closed_up_to: closed, complete_up_to: closed }) };
    await writeWatermark(this.store, this.source.name, { operation: claims, activity: claims }, now);
  }

  /** The events that a run finds: all since the stream was last read. */
  async #bring(stream: StreamName, since: Date | undefined): Promise<void> {
    const read = this.#readUpTo.get(stream) ?? since ?? new Date(this.#now.getTime() - HOUR_MS);
    const days = new Set<Day>([dayOf(read), dayOf(this.#now)]);
    for (let at = startOfHour(read); at < this.#now; at = new Date(at.getTime() + HOUR_MS)) {
      const minutes = Math.min(60, Math.floor((this.#now.getTime() - at.getTime()) / MINUTE_MS));
      this.#happen(stream, at, minutes);
      days.add(dayOf(at));
    }
    this.#readUpTo.set(stream, this.#now);
    for (const day of days) await this.#writeDay(stream, day);
  }
  readonly #readUpTo = new Map<StreamName, Date>();

  /** The events of an hour, up to the present. */
  #happen(stream: StreamName, hour: Date, minutes: number): void {
    const { events = () => 10, unread = () => 0, rejects = () => false } = this.#course;
    const day = dayOf(hour);
    const before = this.#dayOf(stream, day);
    const inAll = Math.floor((events(hour, stream) * minutes) / 60);
    if (rejects(hour, stream)) {
      this.#reject(`${stream} ${day}`, before, hour, inAll);
      return;
    }
    const byHour = (before.byHour ?? []).map((count, index) =>
      index === hour.getUTCHours() ? inAll : count,
    );
    const rows = byHour.reduce((sum, count) => sum + count, 0);
    const none = Math.round((rows * unread(day)) / 100);
    const isNews = inAll > (before.byHour?.[hour.getUTCHours()] ?? 0);
    const newest = new Date(hour.getTime() + Math.max(0, minutes - 1) * MINUTE_MS).toISOString();
    this.#days.set(`${stream} ${day}`, {
      ...before,
      rows: rows + before.rejected,
      unreadable: isNews ? undefined : before.unreadable,
      byHour,
      newest: isNews && newest > before.newest ? newest : before.newest,
      ...(stream === 'operation' && { details: { none, full: rows - none } }),
    });
  }

  /** Rows of an hour, all of them without a readable time. */
  #reject(key: string, before: SliceState, hour: Date, inAll: number): void {
    const had = this.#rejectedInHour.get(`${key} ${hour.getUTCHours()}`) ?? 0;
    if (inAll <= had) return;
    this.#rejectedInHour.set(`${key} ${hour.getUTCHours()}`, inAll);
    const more = inAll - had;
    const { unreadable = { rows: 0, since: this.#now.toISOString() } } = before;
    this.#days.set(key, {
      ...before,
      rows: before.rows + more,
      rejected: before.rejected + more,
      unreadable: { ...unreadable, rows: unreadable.rows + more },
    });
  }
  readonly #rejectedInHour = new Map<string, number>();

  #dayOf(stream: StreamName, day: Day): SliceState {
    return this.#days.get(`${stream} ${day}`) ?? anEmptyDay(this.#now);
  }

  async #writeDay(stream: StreamName, day: Day): Promise<void> {
    await writeSliceState(
      this.store,
      { source: this.source.name, stream, day },
      this.#dayOf(stream, day),
      this.#now,
    );
  }

  async #runMonitor(): Promise<void> {
    const { quietDays = [], unreadable, words, monitorKilled } = this.#course;
    const before = this.alarms.notifications.length;
    this.store.closed = unreadable?.(this.#now);
    this.store.killed = monitorKilled?.(this.#now) ?? false;
    const context = {
      stack: STACK,
      store: this.store,
      alarms: this.alarms,
      pollerLogs: { lastFailure: () => Promise.resolve(words?.(this.#now)) },
      notices: {
        post: (notice: Notice) => {
          this.notices.push(notice);
          return Promise.resolve();
        },
      },
      metrics: { record: () => undefined, write: () => undefined },
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    };
    const monitored = { sources: [this.source], quietDays: [...quietDays] };
    const run = monitorSources(context, monitored, this.#now);
    await (this.store.killed ? run.catch(() => undefined) : run);
    this.store.closed = undefined;
    for (const { name, state } of this.alarms.notifications.slice(before)) {
      const alarm = name.slice(`${STACK}-${this.source.name}-`.length);
      this.notifications.push(`${format(this.#now)} ${state} ${alarm}`);
    }
  }
}

const quiet = (): void => undefined;

const pad = (number: number): string => String(number).padStart(2, '0');

const startOfHour = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Mon 2 09:20`: the weekday, the day of the month, the time. */
const format = (at: Date): string =>
  `${WEEKDAYS[at.getUTCDay()] ?? ''} ${at.getUTCDate()} ${at.toISOString().slice(11, 16)}`;

/** A run that read a stream. */
const reads = (stream: StreamName, at: Date): Omit<CollectedSlices, 'parkedUntil'> => ({
  outcomes: [anOutcome({ slice: { source: 'acme', stream, day: dayOf(at) } })],
  partial: [],
  missing: [],
  deferred: [],
});

const anEmptyDay = (at: Date): SliceState => ({
  openedAt: at.toISOString(),
  objects: 1,
  rows: 0,
  rejected: 0,
  dayMismatch: 0,
  newest: '',
  held: 0,
  vanished: 0,
  pagesRead: 1,
  lateness: Array<number>(17).fill(0),
  byHour: Array<number>(24).fill(0),
  lastWhole: { beganAt: at.toISOString(), endedAt: at.toISOString(), pages: 1, rows: 0, order: '' },
});
