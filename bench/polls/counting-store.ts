import type { ObjectDescription, ObjectStore, StoredObject } from '../../shared/collect/ports.ts';

/** The calls to a store, as requests that S3 would charge. */
export interface StoreCalls {
  /** A listing is a request for each thousand keys. */
  readonly lists: number;
  readonly gets: number;
  /** Including refused requests. */
  readonly puts: number;
  /** Created objects: delivered objects, and others that are written once. */
  readonly created: number;
  readonly createdBytes: number;
  /** Overwritten objects. */
  readonly replacedBytes: number;
  /** Objects created whose format is announced. */
  readonly announced: number;
}

/** The maximum number of keys in one response of S3 to a listing. */
const KEYS_A_LIST = 1000;

export const NO_CALLS: StoreCalls = {
  lists: 0,
  gets: 0,
  puts: 0,
  created: 0,
  createdBytes: 0,
  replacedBytes: 0,
  announced: 0,
};

/** Counts the calls to a store. */
export class CountingStore implements ObjectStore {
  readonly #store: ObjectStore;
  readonly #announced: readonly string[];
  #calls: StoreCalls = NO_CALLS;

  /** `announced`: the formats whose objects are announced. */
  constructor(store: ObjectStore, announced: readonly string[] = []) {
    this.#store = store;
    this.#announced = announced.map((format) => `${format}/`);
  }

  /** The counts so far. */
  get calls(): StoreCalls {
    return this.#calls;
  }

  async list(prefix: string): Promise<StoredObject[]> {
    const found = await this.#store.list(prefix);
    this.#count({ lists: Math.max(1, Math.ceil(found.length / KEYS_A_LIST)) });
    return found;
  }

  read(key: string): Promise<Buffer | undefined> {
    this.#count({ gets: 1 });
    return this.#store.read(key);
  }

  async create(
    key: string,
    body: Uint8Array,
    description: ObjectDescription,
  ): Promise<StoredObject | undefined> {
    this.#count({ puts: 1 });
    const created = await this.#store.create(key, body, description);
    if (created) {
      const announced = this.#announced.some((prefix) => key.startsWith(prefix)) ? 1 : 0;
      this.#count({ created: 1, createdBytes: body.length, announced });
    }
    return created;
  }

  replace(key: string, body: Uint8Array): Promise<void> {
    this.#count({ puts: 1, replacedBytes: body.length });
    return this.#store.replace(key, body);
  }

  async update(
    key: string,
    change: (before: Buffer | undefined, mayBeWritten: boolean) => Uint8Array,
  ): Promise<void> {
    await this.#store.update(key, (before, mayBeWritten) => {
      const body = change(before, mayBeWritten);
      this.#count({ gets: 1, puts: 1, replacedBytes: body.length });
      return body;
    });
  }

  #count(more: Partial<StoreCalls>): void {
    this.#calls = addCalls(this.#calls, { ...NO_CALLS, ...more });
  }
}

const combine =
  (pair: (a: number, b: number) => number) =>
  (a: StoreCalls, b: StoreCalls): StoreCalls => ({
    lists: pair(a.lists, b.lists),
    gets: pair(a.gets, b.gets),
    puts: pair(a.puts, b.puts),
    created: pair(a.created, b.created),
    createdBytes: pair(a.createdBytes, b.createdBytes),
    replacedBytes: pair(a.replacedBytes, b.replacedBytes),
    announced: pair(a.announced, b.announced),
  });

export const addCalls = combine((a, b) => a + b);
export const subtractCalls = combine((a, b) => a - b);

/** The maximum of each kind. */
export const mostCalls = (all: readonly StoreCalls[]): StoreCalls =>
  all.reduce(
    combine((a, b) => Math.max(a, b)),
    NO_CALLS,
  );
