import type { ObjectStore } from '../collect/ports.ts';
import type { Day } from '../model/day.ts';
import { fieldsOf } from '../model/raw-row.ts';
import { daysOf } from './content-days.ts';
import { openRows } from './content-log.ts';
import { CENSUS_STREAM } from './content-streams.ts';

/**
 * The e-mail addresses of hosts, from the lists of people. Rows of recordings name a host by id only. The newest list is read
 * first, and older ones only for ids that it lacks.
 */
export class HostEmails {
  readonly #store: ObjectStore;
  readonly #source: string;
  readonly #emails = new Map<string, string>();
  #unread: Day[] | undefined;

  constructor(store: ObjectStore, source: string) {
    this.#store = store;
    this.#source = source;
  }

  /** The address of a host in lower case; undefined if no list of people had it. */
  async of(hostId: string): Promise<string | undefined> {
    this.#unread ??= await daysOf(this.#store, { source: this.#source, stream: CENSUS_STREAM });
    while (!this.#emails.has(hostId)) {
      const day = this.#unread.pop();
      if (day === undefined) return undefined;
      await this.#readDay(day);
    }
    return this.#emails.get(hostId);
  }

  async #readDay(day: Day): Promise<void> {
    const log = await openRows(this.#store, { source: this.#source, stream: CENSUS_STREAM, day });
    for (const { sequence } of log.objects.toReversed()) {
      for (const { row } of (await log.read(sequence)).rows.toReversed()) {
        const { id, email } = fieldsOf(row) ?? {};
        if (typeof id !== 'string' || typeof email !== 'string' || this.#emails.has(id)) continue;
        this.#emails.set(id, email.toLowerCase());
      }
    }
  }
}
