import { DAY_MS } from '../../../shared/model/duration.ts';
import { STREAM_NAMES, type StreamName } from '../../../shared/model/stream.ts';
import { MOST_SKEW_MS } from '../faults.ts';
import type { Violate } from './invariant-violation.ts';
import type { Delivery } from './delivery.ts';

interface Claim {
  readonly complete_from?: string;
  readonly complete_up_to?: string;
  readonly closed_up_to?: string;
  readonly gaps: readonly unknown[];
}

/** Each published watermark: its claims are true, and none is withdrawn without a reason. */
export class Claims {
  readonly #delivery: Delivery;
  readonly #lookbackDays: number;
  readonly #violate: Violate;
  /** Claims that were checked. They stay true, because delivered objects are never removed. */
  readonly #proven = new Set<string>();
  readonly #last = new Map<StreamName, Claim>();
  /** After concurrent collectors, lost states, or rows after closing, a claim may be withdrawn for a while. */
  isExcused = false;

  constructor(delivery: Delivery, lookbackDays: number, violate: Violate) {
    this.#delivery = delivery;
    this.#lookbackDays = lookbackDays;
    this.#violate = violate;
  }

  last(stream: StreamName): Claim | undefined {
    return this.#last.get(stream);
  }

  published(text: string, isAlone: boolean): void {
    const { streams } = JSON.parse(text) as { streams: Partial<Record<StreamName, Claim>> };
    for (const stream of STREAM_NAMES) {
      const claim = streams[stream];
      if (!claim) continue;
      this.#prove(stream, claim);
      const before = this.#last.get(stream);
      for (const name of ['complete_up_to', 'closed_up_to'] as const) {
        const [was, is] = [before?.[name], claim[name]];
        if (was !== undefined && (is === undefined || is < was) && isAlone && !this.isExcused) {
          this.#violate('watermark-goes-on', `${stream}: ${name} went from ${was} to ${is ?? 'nothing'}`);
        }
      }
      if (claim.gaps.length > 0)
        this.#violate('no-gaps', `${stream}: a gap is claimed where Zoom forgot nothing`);
      this.#last.set(stream, claim);
    }
    this.isExcused = !isAlone;
  }

  #prove(
    stream: StreamName,
    { complete_from: from, closed_up_to: closed, complete_up_to: complete }: Claim,
  ): void {
    if (from === undefined || closed === undefined) return;
    for (let day = from; day <= closed; day = dayAfter(day)) this.#proveDay('closed', stream, day, 0);
    if (complete === undefined) return;
    for (let day = from; day <= complete; day = dayAfter(day)) this.#proveDay('complete', stream, day, 7);
  }

  /** The most by which the clock of the process that listed the day may be ahead. */
  #proveDay(what: string, stream: StreamName, day: string, daysAfterClosing: number): void {
    const claim = `${what} ${stream} ${day}`;
    if (this.#proven.has(claim)) return;
    const listedFrom = Date.parse(`${day}T00:00:00Z`) + (1 + this.#lookbackDays + daysAfterClosing) * DAY_MS;
    const missing = this.#delivery.missing(stream, day, listedFrom - MOST_SKEW_MS);
    if (missing.length > 0) {
      this.#violate(
        'watermark-is-true',
        `${claim} is claimed, and ${missing.length} rows are not there: ${missing[0] ?? ''}`,
      );
    }
    this.#proven.add(claim);
  }
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
