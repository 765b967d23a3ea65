import * as z from 'zod';
import { jsonBytes, parseJson } from '../collect/state/state-file.ts';
import type { Clock, ObjectStore } from '../collect/ports.ts';
import { claimsKey } from '../contract/object-keys.ts';
import type { AnySlice } from '../model/slice.ts';

const UploadSchema = z.object({
  version: z.string(),
  id: z.string(),
  partBytes: z.int(),
  etag: z.string().optional(),
});

const ClaimsSchema = z.object({
  /** How often conclusions were committed: what was read before the last time is out of date. */
  concluded: z.int(),
  claims: z.record(
    z.string(),
    z.object({
      /** Who transfers the file: a random name of a run; empty if no one does. */
      owner: z.string(),
      until: z.iso.datetime(),
      /** The upload that was begun, so that the next owner continues it. */
      upload: UploadSchema.optional(),
    }),
  ),
});
type ClaimsState = z.infer<typeof ClaimsSchema>;

/** An upload of a version that was begun. */
export type ClaimedUpload = z.infer<typeof UploadSchema>;

/** The result of a claim. `taken`: another collector has the file. `stale`: read the slice again, another one has concluded something. */
export type ClaimResult = 'taken' | 'stale' | { readonly upload: ClaimedUpload | undefined };

/** How long a claim holds without being renewed: a collector that was killed blocks a file for no longer. */
export const CLAIM_MS = 30_000;

const NONE: ClaimsState = { concluded: 0, claims: {} };

/**
 * Says which collector transfers which file of a slice, so that collectors at the same time do not fetch a file twice. Claims are
 * a cache: without them files would be fetched more than once, but never stored twice.
 */
export class Claims {
  readonly #store: ObjectStore;
  readonly #slice: AnySlice;
  readonly #owner: string;
  readonly #clock: Pick<Clock, 'now'>;
  #concluded: number;
  /** The items that other collectors had when this was opened. */
  readonly #others: ReadonlySet<string>;

  private constructor(
    store: ObjectStore,
    slice: AnySlice,
    owner: string,
    clock: Pick<Clock, 'now'>,
    { concluded, claims }: ClaimsState,
  ) {
    this.#store = store;
    this.#slice = slice;
    this.#owner = owner;
    this.#clock = clock;
    this.#concluded = concluded;
    const now = clock.now();
    const live = Object.entries(claims).filter(
      ([, claim]) => claim.owner !== owner && new Date(claim.until) > now,
    );
    this.#others = new Set(live.map(([item]) => item));
  }

  /** Opens the claims of a slice. Read the slice only afterwards. */
  static async open(
    store: ObjectStore,
    slice: AnySlice,
    owner: string,
    clock: Pick<Clock, 'now'>,
  ): Promise<Claims> {
    return new Claims(store, slice, owner, clock, read(await store.read(claimsKey(slice))));
  }

  /** Whether another collector had a file when the claims were opened: it will write its line of custody. */
  isWithOther(item: string): boolean {
    return this.#others.has(item);
  }

  /** Claims a file for all its versions, unless another collector has it. */
  async take(item: string): Promise<ClaimResult> {
    let result: ClaimResult = 'taken';
    await this.#change((state) => {
      const found = state.claims[item];
      if (state.concluded !== this.#concluded) {
        result = 'stale';
        return state;
      }
      if (found && found.owner !== this.#owner && new Date(found.until) > this.#clock.now()) {
        result = 'taken';
        return state;
      }
      result = { upload: found?.upload };
      return this.#with(state, [[item, found?.upload]]);
    });
    return result;
  }

  /** Renews claims, and notes the upload of each. */
  async renew(items: ReadonlyMap<string, ClaimedUpload | undefined>): Promise<void> {
    await this.#change((state) => this.#with(state, [...items]));
  }

  /** Gives claims back, after what was concluded is committed. An upload that can be continued stays noted. */
  async release(items: ReadonlyMap<string, ClaimedUpload | undefined>): Promise<void> {
    let concluded = this.#concluded;
    await this.#change((state) => {
      const now = this.#clock.now().toISOString();
      const others = Object.entries(state.claims).filter(([item]) => !items.has(item));
      const open = [...items].flatMap(([item, upload]) =>
        upload ? [[item, { owner: '', until: now, upload }] as const] : [],
      );
      // What this collector concluded it knows: what it read is only out of date if another one concluded something, too.
      concluded = state.concluded === this.#concluded ? state.concluded + 1 : this.#concluded;
      return { concluded: state.concluded + 1, claims: Object.fromEntries([...others, ...open]) };
    });
    this.#concluded = concluded;
  }

  #with(state: ClaimsState, items: readonly (readonly [string, ClaimedUpload | undefined])[]): ClaimsState {
    const until = new Date(this.#clock.now().getTime() + CLAIM_MS).toISOString();
    const ours = items.map(
      ([item, upload]) => [item, { owner: this.#owner, until, ...(upload && { upload }) }] as const,
    );
    return { ...state, claims: { ...state.claims, ...Object.fromEntries(ours) } };
  }

  async #change(change: (state: ClaimsState) => ClaimsState): Promise<void> {
    await this.#store.update(claimsKey(this.#slice), (before) => jsonBytes(change(read(before))));
  }
}

const read = (bytes: Buffer | undefined): ClaimsState => (bytes && parseJson(bytes, ClaimsSchema)) ?? NONE;
