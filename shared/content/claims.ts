import * as z from 'zod';
import { jsonBytes, parseJson } from '../collect/state/state-file.ts';
import type { Clock, ObjectStore } from '../collect/ports.ts';
import { claimsKey } from '../contract/object-keys.ts';
import type { AnySlice } from '../model/slice.ts';

const ClaimSchema = z.object({
  /** Who transfers the file: a random name of a run. */
  owner: z.string(),
  until: z.iso.datetime(),
  /** The upload that was begun, so that the next owner continues it. */
  upload: z.object({ id: z.string(), partBytes: z.int(), etag: z.string().optional() }).optional(),
});
const ClaimsSchema = z.record(z.string(), ClaimSchema);

export type Claim = z.infer<typeof ClaimSchema>;

/** How long a claim holds without being renewed: a collector that was killed blocks a file for no longer. */
export const CLAIM_MS = 30_000;

/**
 * Says which collector transfers which file of a slice, so that collectors at the same time do not fetch a file twice. A claim is
 * a cache: without it files would be fetched more than once, but never stored twice.
 */
export class Claims {
  readonly #store: ObjectStore;
  readonly #slice: AnySlice;
  readonly #owner: string;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(store: ObjectStore, slice: AnySlice, owner: string, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#slice = slice;
    this.#owner = owner;
    this.#clock = clock;
  }

  /** Claims a version, unless another collector has it. Returns its claim, with an upload to continue if there is one. */
  async take(version: string): Promise<Claim | undefined> {
    let taken: Claim | undefined;
    await this.#change((claims) => {
      const found = claims[version];
      const isFree = !found || found.owner === this.#owner || new Date(found.until) <= this.#clock.now();
      taken = isFree ? { ...found, owner: this.#owner, until: this.#until() } : undefined;
      return taken ? { ...claims, [version]: taken } : claims;
    });
    return taken;
  }

  /** Renews the claims of this collector, and notes an upload that was begun. */
  async renew(versions: ReadonlyMap<string, Claim['upload']>): Promise<void> {
    await this.#change((claims) => {
      const renewed = Object.fromEntries(
        [...versions].map(([version, upload]) => [
          version,
          { owner: this.#owner, until: this.#until(), ...(upload && { upload }) },
        ]),
      );
      return { ...claims, ...renewed };
    });
  }

  /** Gives claims back: the files are held, or failed. An upload that can be continued stays noted. */
  async release(versions: ReadonlyMap<string, Claim['upload']>): Promise<void> {
    await this.#change((claims) => {
      const others = Object.entries(claims).filter(([version]) => !versions.has(version));
      const open = [...versions].flatMap(([version, upload]) =>
        upload ? [[version, { owner: '', until: this.#clock.now().toISOString(), upload }] as const] : [],
      );
      return Object.fromEntries([...others, ...open]);
    });
  }

  #until(): string {
    return new Date(this.#clock.now().getTime() + CLAIM_MS).toISOString();
  }

  async #change(change: (claims: Record<string, Claim>) => Record<string, Claim>): Promise<void> {
    await this.#store.update(claimsKey(this.#slice), (before) => {
      const claims = (before && parseJson(before, ClaimsSchema)) ?? {};
      return jsonBytes(change(claims));
    });
  }
}
