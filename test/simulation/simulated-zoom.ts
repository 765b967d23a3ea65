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

/** A loopback address, which the client trusts with tokens; nobody listens there. */
export const ORIGIN = 'http://127.0.0.1:9';

export const CLIENT_SECRET = 'client-secret-that-nobody-may-read';

/** Told of what Zoom is asked and answers. */
export interface ZoomWitness {
  /** As a process sets out to ask. */
  readonly requested: (call: Call, by: Process) => void;
  /** As Zoom has answered; the answer may still be lost. */
  readonly served: (call: Call, response: Answer, by: Process) => void;
  /** As the process gets the answer. */
  readonly answered: (call: Call, response: Answer, by: Process) => void;
}

/** Zoom in this very process: the simulator without its wire, on the clock of the world. */
export class SimulatedZoom {
  readonly #zoom: Zoom;
  readonly #settings: Settings;
  readonly #scheduler: Scheduler;
  readonly #plan: Plan;
  /** Rows that wait for somebody to read pages. */
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

  /** Faults from now on, and none other; specs of simulator/fault-table.ts. */
  misbehave(faults: readonly string[]): void {
    this.#zoom.faults.set(...faults);
  }

  /** Requests a day from now on. */
  limit(perDay: number | 'off'): void {
    this.#settings.limits.perDay = perDay;
  }

  /** Nobody limits and nothing fails from now on, but for what Zoom itself is like. */
  calmDown(): void {
    this.misbehave([]);
    this.limit('off');
  }

  /** An administrator ends the connection; from then on another may be begun. */
  revoke(): void {
    this.#zoom.update(this.account, { connection: 'uninstalled' });
    this.#zoom.update(this.account, { connection: 'alive' });
  }

  /** The code that Zoom's consent page hands to whoever is sent there. */
  consent(url: URL): string {
    const response = this.#zoom.respond(toCall({ method: 'GET', url, headers: {}, body: '' }));
    return new URL(response.headers?.['location'] ?? 'about:blank').searchParams.get('code') ?? '';
  }

  /** Zoom as one process reaches it. */
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

  /** Whoever asks for the next page finds that Zoom has got more rows since. */
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

  /** The day that is so many days from the first. */
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

/** What arrives of an answer. */
const received = ({
  status,
  headers = {},
  body,
  delivery,
}: Answer): ZoomResponse | ReturnType<typeof broken> =>
  delivery?.breaks === undefined ? { status, headers, body } : broken();

/** No answer, though the request may have been served. */
export const broken = () => ({ kind: 'transport', problem: 'ECONNRESET', phase: 'broken' }) as const;

/** No connection, and so no request. */
export const unreached = () => ({ kind: 'transport', problem: 'ECONNREFUSED', phase: 'unreached' }) as const;

export const ACCOUNT_ID = DEFAULT_ACCOUNT.accountId;
export const CLIENT_ID = DEFAULT_ACCOUNT.clientId;
export const STREAM_OF: Readonly<Record<string, StreamName>> = {
  operation: 'operation',
  activity: 'activity',
};
