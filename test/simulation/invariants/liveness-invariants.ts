import { STREAMS, type StreamName } from '../../../shared/model/stream.ts';
import type { Format } from '../../../shared/normalize/index.ts';
import type { Answer } from '../../../simulator/response.ts';
import type { Call } from '../../../simulator/call.ts';
import type { Process } from '../scheduler.ts';
import type { Bucket } from '../simulated-store.ts';
import type { Violate } from './invariant-violation.ts';
import { type Delivery, projectionsOf } from './delivery.ts';

/** Rows by their text, and how often each is in a page. */
type PageCounts = ReadonlyMap<string, number>;

interface Invocation {
  readonly calledAt: number;
  /** The pages it received, by stream and day. */
  readonly pages: Map<string, PageCounts[]>;
}

/**
 * A run that reports a slice as read has completed it: each row that it received is delivered, as often as
 * one page has it, and everything that was committed before the run began is projected.
 */
export class LivenessInvariants {
  readonly #bucket: Bucket;
  readonly #delivery: Delivery;
  readonly #violate: Violate;
  readonly #invocations = new Map<Process, Invocation>();

  constructor(bucket: Bucket, delivery: Delivery, violate: Violate) {
    this.#bucket = bucket;
    this.#delivery = delivery;
    this.#violate = violate;
  }

  called(process: Process, now: number): void {
    this.#invocations.set(process, { calledAt: now, pages: new Map() });
  }

  answered({ endpoint, query }: Call, { status, body, delivery }: Answer, by: Process): void {
    const invocation = this.#invocations.get(by);
    if (!invocation || status !== 200 || delivery?.breaks !== undefined) return;
    if (endpoint !== 'operation' && endpoint !== 'activity') return;
    const rows = rowsIn(endpoint, body);
    if (!rows) return;
    const counts = new Map<string, number>();
    for (const row of rows.map((one) => JSON.stringify(one))) counts.set(row, (counts.get(row) ?? 0) + 1);
    const name = `${endpoint} ${query.get('from') ?? ''}`;
    invocation.pages.set(name, [...(invocation.pages.get(name) ?? []), counts]);
  }

  /** A run reports a slice as read. */
  recorded(stream: StreamName, day: string, formats: readonly Format[], by: Process): void {
    const invocation = this.#invocations.get(by);
    if (!invocation) return;
    const slice = this.#delivery.slice(stream, day);
    for (const page of invocation.pages.get(`${stream} ${day}`) ?? []) {
      for (const [row, shown] of page) {
        const delivered = slice.counts.get(row) ?? 0;
        if (delivered >= shown) continue;
        const what = `${by.name} was shown ${shown} of a row, and ${delivered} are delivered: ${row}`;
        this.#violate('what-was-read-is-delivered', `${stream} ${day}: ${what}`);
      }
    }
    for (const { key, committedAt } of projectionsOf(slice, formats)) {
      if (committedAt < invocation.calledAt && !this.#bucket.read(key))
        this.#violate('nothing-waits', `${by.name} has read ${stream} ${day}, and ${key} is not there`);
    }
  }
}

/** The rows of a page; undefined if the text is not a page. */
const rowsIn = (stream: StreamName, body: string): unknown[] | undefined => {
  try {
    const rows = (JSON.parse(body) as Record<string, unknown> | null)?.[STREAMS[stream].rowsField];
    return Array.isArray(rows) ? rows : undefined;
  } catch {
    return undefined;
  }
};
