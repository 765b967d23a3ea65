import type { ListedRow } from '../model/listed-row.ts';
import type { Slice } from '../model/slice.ts';

/** Metadata that can be read without the object itself (S3 object metadata). */
export type ObjectDescription = Readonly<Record<string, string>>;

export interface StoredObject {
  readonly key: string;
  /** Changes whenever the stored bytes may have changed: an ETag, or size and time of a file. Opaque. */
  readonly version: string;
}

/** Objects under keys: a bucket or a folder. An object is seen whole or not at all. */
export interface ObjectStore {
  /** Every object whose key starts with `prefix` (a "folder", ending in `/`), in key order. */
  list(prefix: string): Promise<StoredObject[]>;
  /** The bytes of an object; undefined if there is none. */
  read(key: string): Promise<Buffer | undefined>;
  /**
   * Creates an object unless its key is taken; of any number of writers exactly one succeeds. Undefined if it was
   * taken, even by an earlier attempt of ours whose response was lost: the caller reads the stored object.
   */
  create(key: string, body: Uint8Array, description: ObjectDescription): Promise<StoredObject | undefined>;
  /** Overwrites a cache under `_state/`. Never used for delivered objects. */
  replace(key: string, body: Uint8Array): Promise<void>;
  /**
   * Writes what `change` makes of an object under `_state/` (undefined if there is none). If another writer has changed it
   * meanwhile, `change` is called again: no writer undoes another's change. `mayBeWritten` is true if an
   * earlier result of `change` may have been written after all, because the response to that write was lost: a change that
   * must not happen twice then leaves the object unchanged.
   */
  update(
    key: string,
    change: (before: Buffer | undefined, mayBeWritten: boolean) => Uint8Array,
  ): Promise<void>;
}

/** A store from which an operator may remove state of the connector, but no delivered object. */
export interface ErasableStore extends ObjectStore {
  /** Removes an object under `_state/` or `watermark/`; a missing one is no error. Throws for any other key. */
  remove(key: string): Promise<void>;
}

/** Whether a key is state of the connector: everything else is kept forever. */
export const isErasable = (key: string): boolean => /^(?:_state|watermark)\//.test(key);

/** One page of a listing. `index` 0 starts a listing, also after an earlier attempt broke off. */
export interface Page {
  readonly index: number;
  readonly rows: readonly ListedRow[];
  /** Whether the response had invalid UTF-8: the rows have U+FFFD in its place. */
  readonly invalidUtf8?: boolean | undefined;
  /** Whether Zoom's list ends here. */
  readonly last: boolean;
}

/**
 * Called before each request, a repeated one as well. If it throws, the request is not made, and the reports throw the same.
 * It may wait; `assertWanted` then throws if the request is not to be made any more, and is called before it is counted.
 */
export type BeforeRequest = (assertWanted: () => void) => Promise<void>;

/** Zoom's reports. A consumer that stops early stops the requests too. */
export interface Reports {
  /** A slice's rows page by page, to the end of Zoom's list. */
  pages(slice: Slice, signal: AbortSignal, beforeRequest?: BeforeRequest): AsyncIterable<Page>;
}

/** Time, as an argument. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
