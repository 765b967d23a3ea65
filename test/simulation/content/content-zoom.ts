import type { HttpTransport, ZoomRequest } from '../../../shared/zoom/http-transport.ts';
import { type Call, toCall } from '../../../simulator/call.ts';
import type { ContentControl } from '../../../simulator/content/content-control.ts';
import { SimulatorOptionsSchema } from '../../../simulator/options.ts';
import type { Answer } from '../../../simulator/response.ts';
import { createZoom, type Zoom } from '../../../simulator/zoom.ts';
import type { Process, Scheduler } from '../scheduler.ts';
import { CLIENT_SECRET, ORIGIN, received } from '../simulated-zoom.ts';
import type { Change, ContentPlan, PlannedFile } from './content-plan.ts';

/** Zoom's content API in this process, on the clock of the world, and the company behind it. */
export class ContentZoom {
  readonly #zoom: Zoom;
  readonly #plan: ContentPlan;
  readonly #scheduler: Scheduler;
  /** The keys of files by their names in the plan. */
  readonly #keys = new Map<string, string>();
  readonly control: ContentControl;

  constructor(plan: ContentPlan, scheduler: Scheduler) {
    const { climate, seed } = plan;
    this.#plan = plan;
    this.#scheduler = scheduler;
    const settings = SimulatorOptionsSchema.parse({
      seed,
      accounts: [
        {
          clientSecret: CLIENT_SECRET,
          content: { people: plan.people.map((person) => ({ ...person, deleted: undefined })) },
        },
      ],
      order: climate.order,
      paging: climate.paging,
      lifetimes: { accessToken: climate.accessTokenSeconds, pageToken: climate.pageTokenSeconds },
      limits: { perDay: 'off' },
      content: {
        toInclusive: climate.toInclusive,
        signedUrlSeconds: climate.signedUrlSeconds,
        trashedDownloads: climate.trashedDownloads,
        fileHost: climate.fileHost,
      },
    });
    const clock = {
      now: () => new Date(scheduler.now),
      set: () => undefined,
      advance: () => undefined,
      run: () => undefined,
    };
    this.#zoom = createZoom(settings, clock, () => ORIGIN);
    const [account] = this.#zoom.accounts;
    if (!account) throw new RangeError('Zoom has no account.');
    this.control = this.#zoom.content.control(account);
    for (const { uuid, input, files } of plan.meetings) {
      this.control.addMeeting({ ...input, uuid });
      for (const file of files) this.#addFile(uuid, file);
    }
    for (const { id = '', deleted } of plan.people) if (deleted) this.control.deletePerson(id, deleted);
  }

  /** Replaces the active faults; specs of simulator/fault-table.ts. */
  misbehave(faults: readonly string[]): void {
    this.#zoom.faults.set(...faults);
  }

  /** How many faults were triggered so far. */
  get faultsTriggered(): number {
    return Object.values(this.#zoom.faults.triggered()).reduce((sum, times) => sum + times, 0);
  }

  /** Applies a change, unless its meeting or file was left out of the plan. */
  apply(change: Change): void {
    this.#scheduler.note(`at Zoom: ${JSON.stringify(change)}`);
    if (change.kind === 'status') {
      this.control.setStatus(change.person, change.status);
      return;
    }
    if (change.kind === 'delete') {
      this.control.deletePerson(change.person, change.recordings);
      return;
    }
    const { uuid } = change;
    if (!this.#plan.meetings.some((meeting) => meeting.uuid === uuid)) return;
    if (change.kind === 'add-file') {
      // The recordings of a deleted person have no one to be listed with.
      if (!this.#hostIsDeleted(uuid)) this.#addFile(uuid, change.file);
    } else if (change.kind === 'rename') this.control.rename(uuid, change.topic);
    else this.#applyToFile(change);
  }

  #applyToFile(change: Exclude<Change, { kind: 'status' | 'delete' | 'add-file' | 'rename' }>): void {
    const { uuid } = change;
    const key = change.file === undefined ? undefined : this.#keys.get(change.file);
    if (change.file !== undefined && key === undefined) return;
    switch (change.kind) {
      case 'finish':
        this.control.finishProcessing(uuid, key);
        break;
      case 'recut':
        this.control.recut(uuid, key ?? '', {
          bytes: change.bytes,
          seed: `cut ${change.at}`,
          silent: change.silent,
        });
        break;
      case 'trash':
        this.control.trash(uuid, key);
        break;
      case 'purge':
        this.control.purge(uuid, key);
        break;
      case 'recover':
        if (!this.#hostIsDeleted(uuid)) this.control.recover(uuid, key);
        break;
    }
  }

  #hostIsDeleted(uuid: string): boolean {
    const { meetings, people } = this.control.truth();
    const planned = this.#plan.meetings.find((meeting) => meeting.uuid === uuid);
    // A meeting that is not visible yet is not among the true ones.
    const hostId = meetings.find((meeting) => meeting.uuid === uuid)?.hostId ?? planned?.input.hostId;
    return people.some(({ id, status }) => id === hostId && status === 'deleted');
  }

  #addFile(uuid: string, { name, input }: PlannedFile): void {
    this.#keys.set(name, this.control.addFile(uuid, { ...input, seed: input.seed ?? name }));
  }

  respond = (call: Call): Answer => this.#zoom.respond(call);

  /** Zoom's API as one process sees it. */
  transportOf(process: Process): HttpTransport {
    return async (request: ZoomRequest, signal: AbortSignal) => {
      signal.throwIfAborted();
      const call = toCall({ ...request, url: this.#withSmallPages(request.url), body: request.body ?? '' });
      const next = call.query.has('next_page_token') ? ' next' : '';
      const what = `${call.method} ${call.path} ${call.query.get('from') ?? call.query.get('status') ?? ''}${next}`;
      const response = await this.#scheduler.effect(
        process,
        'http',
        what,
        () => {
          const served = this.respond(call);
          this.#scheduler.note(
            `zoom answers ${served.status} ${served.delivery?.breaks ?? ''} ${served.body.length}`,
          );
          return served;
        },
        signal,
      );
      return 'kind' in response ? (response as never) : received(response);
    };
  }

  #withSmallPages(requested: URL): URL {
    const url = new URL(requested);
    const size = Math.min(this.#plan.climate.pageSize, Number(url.searchParams.get('page_size') ?? 1));
    if (url.searchParams.has('page_size')) url.searchParams.set('page_size', String(size));
    return url;
  }
}
