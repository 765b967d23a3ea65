import type { HttpTransport, ZoomRequest } from '../../shared/zoom/http-transport.ts';
import type { ZoomResponse } from '../../shared/zoom/zoom-response.ts';
import type { StreamName } from '../../shared/model/stream.ts';
import type { Account } from '../../simulator/account.ts';
import type { Answer } from '../../simulator/response.ts';
import { type Call, toCall } from '../../simulator/call.ts';
import { DEFAULT_ACCOUNT, type Settings, SimulatorOptionsSchema } from '../../simulator/options.ts';
import { createZoom, type Zoom } from '../../simulator/zoom.ts';
import type { Plan, PlannedRow } from './plan.ts';
import type { Process, Scheduler } from './scheduler.ts';

/** A loopback address, to which the client may send tokens; no server listens there. */
export const ORIGIN = 'http://127.0.0.1:9';

export const CLIENT_SECRET = 'client-secret-of-the-simulated-app';

/** Called for each request and response. */
export interface ZoomWitness {
  /** Before the request is sent. */
  readonly requested: (call: Call, by: Process) => void;
  /** After Zoom has answered; the response may still be lost. */
  readonly served: (call: Call, response: Answer, by: Process) => void;
  /** After the process has received the response. */
  readonly answered: (call: Call, response: Answer, by: Process) => void;
}

/** Zoom in this process: the simulator without HTTP, on the clock of the world. */
export class SimulatedZoom {
  readonly #zoom: Zoom;
  readonly #settings: Settings;
  readonly #scheduler: Scheduler;
  readonly #plan: Plan;
  /** Rows that appear once a page of their day is read. */
  #shifting: readonly PlannedRow[];

  constructor(plan: Plan, seed: number, scheduler: Scheduler) {
    const { climate } = plan;
    this.#plan = plan;
    this.#scheduler = scheduler;
    this.#settings = SimulatorOptionsSchema.parse({
      seed,
      accounts: [{ clientSecret: CLIENT_SECRET }],
      order: climate.order,
      paging: climate.paging,
      pages: climate.pages,
      lifetimes: { accessToken: climate.accessTokenSeconds, pageToken: climate.pageTokenSeconds },
      limits: { perSecond: climate.perSecond, perDay: 'off' },
      limitHeaders: climate.limitHeaders,
    });
    const clock = {
      now: () => new Date(scheduler.now),
      set: () => undefined,
      advance: () => undefined,
      run: () => undefined,
    };
    this.#zoom = createZoom(this.#settings, clock, () => ORIGIN);
    this.#shifting = plan.rows.filter(({ shiftsPages }) => shiftsPages);
    this.#show(plan.rows.filter(({ shiftsPages }) => !shiftsPages));
    for (const row of this.#shifting)
      scheduler.at(plan.start + row.visibleAt, () => this.#showShifting([row]));
  }

  get account(): Account {
    const [account] = this.#zoom.accounts;
    if (!account) throw new RangeError('Zoom has no account.');
    return account;
  }

  /** Replaces the active faults; specs of simulator/fault-table.ts. */
  misbehave(faults: readonly string[]): void {
    this.#zoom.faults.set(...faults);
  }

  /** Sets the requests per day. */
  limit(perDay: number | 'off'): void {
    this.#settings.limits.perDay = perDay;
  }

  /** Ends all limits and faults, except for Zoom's usual behavior. */
  calmDown(): void {
    this.misbehave([]);
    this.limit('off');
  }

  /** An administrator ends the connection; after that a new one is possible. */
  revoke(): void {
    this.#zoom.update(this.account, { connection: 'uninstalled' });
    this.#zoom.update(this.account, { connection: 'alive' });
  }

  /** The code that Zoom's consent page returns to the browser. */
  consent(url: URL): string {
    const response = this.#zoom.respond(toCall({ method: 'GET', url, headers: {}, body: '' }));
    return new URL(response.headers?.['location'] ?? 'about:blank').searchParams.get('code') ?? '';
  }

  /** Zoom as one process sees it. */
  exchangeOf(process: Process, witness: ZoomWitness): HttpTransport {
    return async (request: ZoomRequest, signal: AbortSignal) => {
      signal.throwIfAborted();
      const call = toCall({ ...request, url: this.#withSmallPages(request.url), body: request.body ?? '' });
      witness.requested(call, process);
      const what = `${call.method} ${call.path} ${call.query.get('from') ?? call.form.get('grant_type') ?? ''}${call.query.has('next_page_token') ? ' next' : ''}`;
      const response = await this.#scheduler.effect(
        process,
        'http',
        what,
        () => {
          this.#shift(call);
          const served = this.#zoom.respond(call);
          this.#scheduler.note(
            `zoom answers ${served.status} ${served.delivery?.breaks ?? ''} ${served.body.length}`,
          );
          witness.served(call, served, process);
          return served;
        },
        signal,
      );
      if ('kind' in response) return response as never;
      witness.answered(call, response, process);
      return received(response);
    };
  }

  /** More rows appear before the next page of a listing is read. */
  #shift({ endpoint, query }: Call): void {
    if (!query.has('next_page_token') || this.#shifting.length === 0) return;
    const { start } = this.#plan;
    const due = this.#shifting.filter(
      ({ stream, day, happensAt }) =>
        stream === endpoint &&
        this.dayOf(day) === query.get('from') &&
        start + happensAt <= this.#scheduler.now,
    );
    if (due[0]) this.#showShifting([due[0]]);
  }

  #showShifting(rows: readonly PlannedRow[]): void {
    const waiting = rows.filter((row) => this.#shifting.includes(row));
    this.#shifting = this.#shifting.filter((row) => !waiting.includes(row));
    const visibleFrom = new Date(this.#scheduler.now);
    this.account.rows.add(
      waiting.map(({ stream, day, row }) => ({ stream, row, day: this.dayOf(day), visibleFrom })),
    );
  }

  #show(rows: readonly PlannedRow[]): void {
    const { start } = this.#plan;
    this.account.rows.add(
      rows.map(({ stream, day, row, visibleAt }) => ({
        stream,
        row,
        day: this.dayOf(day),
        visibleFrom: new Date(start + visibleAt),
      })),
    );
  }

  /** The day at an offset from the first. */
  dayOf(day: number): string {
    return new Date(this.#plan.start + day * 86_400_000).toISOString().slice(0, 10);
  }

  #withSmallPages(requested: URL): URL {
    const url = new URL(requested);
    const size = Math.min(this.#plan.climate.pageSize, Number(url.searchParams.get('page_size') ?? 1));
    if (url.searchParams.has('page_size')) url.searchParams.set('page_size', String(size));
    return url;
  }
}

/** The received part of a response. */
export const received = ({
  status,
  headers = {},
  body,
  delivery,
}: Answer): ZoomResponse | ReturnType<typeof broken> =>
  delivery?.breaks === undefined ? { status, headers, body } : broken();

/** No response, though the request may have been processed. */
export const broken = () => ({ kind: 'transport', problem: 'ECONNRESET', phase: 'broken' }) as const;

/** No connection: the request was not sent. */
export const unreached = () => ({ kind: 'transport', problem: 'ECONNREFUSED', phase: 'unreached' }) as const;

export const ACCOUNT_ID = DEFAULT_ACCOUNT.accountId;
export const CLIENT_ID = DEFAULT_ACCOUNT.clientId;
export const STREAM_OF: Readonly<Record<string, StreamName>> = {
  operation: 'operation',
  activity: 'activity',
};
