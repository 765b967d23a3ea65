import { HOUR_MS } from '../../../shared/model/duration.ts';
import type { StreamName } from '../../../shared/model/stream.ts';
import type { AlarmState } from '../../../shared/monitor/ports.ts';
import type { Violate } from './invariant-violation.ts';

/** Verdicts that need no action. */
const FINE: readonly string[] = ['flowing', 'quiet'];

/** Verdicts of a problem of the whole source. While it lasts, also within its grace period, nothing is known of a stream. */
const OF_SOURCE: readonly string[] = [
  'not_running',
  'unauthorized',
  'throttled',
  'zoom_failing',
  'not_delivering',
  'not_connected',
];

/** The state that a monitor run stores for the next. */
interface Memory {
  readonly alarms: Readonly<Record<string, { readonly wellSince?: string }>>;
}

interface Health {
  readonly generated_at: string;
  readonly streams: readonly {
    readonly stream: StreamName;
    readonly verdict: string;
    readonly because: string;
  }[];
  readonly alarms: readonly { readonly name: string; readonly state: string }[];
}

/** No problem is reported as healthy or over while it lasts, and on-call is notified of each. */
export class AlarmInvariants {
  readonly #pollMs: number;
  readonly #streams: readonly StreamName[];
  readonly #violate: Violate;
  /** When each stream was last read by a poll. */
  readonly #readAt = new Map<StreamName, number>();
  readonly #raisedAt = new Map<string, number>();
  readonly #begunAt: number;

  constructor(begunAt: number, pollMs: number, streams: readonly StreamName[], violate: Violate) {
    this.#begunAt = begunAt;
    this.#pollMs = pollMs;
    this.#streams = streams;
    this.#violate = violate;
  }

  wasRead(stream: StreamName, now: number): void {
    this.#readAt.set(stream, now);
  }

  /** How long a stream was not read. */
  unreadMs(stream: StreamName, now: number): number {
    return now - (this.#readAt.get(stream) ?? this.#begunAt);
  }

  /** A monitor run publishes the health of the source. */
  published(text: string, now: number): void {
    const { streams } = JSON.parse(text) as Health;
    for (const { stream, verdict, because: explanation } of streams) {
      const unreadMs = this.unreadMs(stream, now);
      // Three missed polls; and as many again, for a poller that dies between its records of two streams leaves the second as it was.
      if (FINE.includes(verdict) && unreadMs > 6 * this.#pollMs + 4 * HOUR_MS) {
        this.#violate(
          'never-fine-when-blind',
          `${stream} is called ${verdict} (${explanation}), and was not read for ${hours(unreadMs)}`,
        );
      }
    }
  }

  /** An alarm is set. */
  set(alarm: AlarmState, state: AlarmState['state'], reason: string, now: number): void {
    // The alarm of the whole source may be over while each stream has its own alarm: `monitored` checks them together.
    const about = this.#streams.filter((stream) => alarm.name.endsWith(`-${stream}-drop-off`));
    if (state === 'ALARM' && alarm.state !== 'ALARM') this.#raisedAt.set(alarm.name, now);
    const raisedAt = this.#raisedAt.get(alarm.name) ?? 0;
    const [one] = about;
    if (
      state === 'OK' &&
      alarm.state === 'ALARM' &&
      about.length === 1 &&
      one &&
      alarm.name.endsWith('drop-off')
    ) {
      const readAt = now - this.unreadMs(one, now);
      if (readAt < raisedAt - 4 * HOUR_MS) {
        this.#violate(
          'over-when-over',
          `${alarm.name} is reported as over (${reason}), and ${one} was not read since it began`,
        );
      }
    }
    const unread = about.filter((stream) => this.unreadMs(stream, now) > 3 * this.#pollMs + 4 * HOUR_MS);
    if (state === 'OK' && alarm.state === 'ALARM' && about.length > 0 && unread.length === about.length) {
      this.#violate(
        'over-when-over',
        `${alarm.name} is reported as over (${reason}), and ${unread.join(', ')} was not read for hours`,
      );
    }
  }

  /** A monitor run has ended: CloudWatch has the stored states, and a source that could not be read is in alarm. */
  monitored(
    health: string | undefined,
    memory: string | undefined,
    alarms: ReadonlyMap<string, AlarmState>,
    now: number,
  ): void {
    const isOn = (kind: string): boolean =>
      [...alarms.values()].some(({ name, state }) => state === 'ALARM' && name.endsWith(`-${kind}`));
    const { alarms: remembered, streams } =
      health === undefined ? { alarms: [], streams: [] } : (JSON.parse(health) as Health);
    // A monitor run that was killed between setting an alarm and storing it may have left either: that is corrected later.
    const isUnknown = streams.length > 0 && streams.every(({ verdict }) => OF_SOURCE.includes(verdict));
    const records = memory === undefined ? {} : (JSON.parse(memory) as Memory).alarms;
    for (const { name, state } of remembered) {
      const actual = alarms.get(name)?.state;
      // Created again while its end is pending: nothing is wrong, so there is no second notification.
      const isAwaitingCalm = actual === 'INSUFFICIENT_DATA' && records[name]?.wellSince !== undefined;
      // While the whole source is in alarm, its other problems are not reported.
      if (state === 'ALARM' && actual !== 'ALARM' && !isOn('collection') && !isAwaitingCalm) {
        this.#violate('alarms-are-set', `${name} is stored as on, and is ${actual ?? 'missing'}`);
      }
      if (state === 'OK' && actual === 'ALARM' && !isOn('collection') && !isUnknown) {
        this.#violate('alarms-are-set', `${name} is stored as off, and is on`);
      }
    }
    const unread = this.#streams.filter(
      (stream) => this.unreadMs(stream, now) > 4 * this.#pollMs + 4 * HOUR_MS,
    );
    if (unread.length === this.#streams.length && !isOn('collection') && !isOn('drop-off')) {
      this.#violate(
        'alarms-are-set',
        `nothing was read for ${hours(this.unreadMs(unread[0] ?? 'operation', now))}, and no alarm is on`,
      );
    }
  }
}

const hours = (ms: number): string => `${Math.round(ms / HOUR_MS)} hours`;
