import { createHash } from 'node:crypto';
import type { Part } from './ports.ts';

/** Compares bytes that arrive again with the parts that are stored. */
export class PartComparison {
  readonly #parts: readonly Part[];
  #index = 0;
  #bytes = 0;
  #hash = createHash('sha256');

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  get isDone(): boolean {
    return this.#index === this.#parts.length;
  }

  /** How many bytes of a chunk belong to stored parts; undefined if a part differs. */
  take(chunk: Uint8Array): number | undefined {
    let taken = 0;
    while (taken < chunk.length) {
      const part = this.#parts[this.#index];
      if (!part) break;
      const end = Math.min(chunk.length, taken + part.bytes - this.#bytes);
      this.#hash.update(chunk.subarray(taken, end));
      this.#bytes += end - taken;
      taken = end;
      if (this.#bytes === part.bytes) {
        if (this.#hash.digest('hex') !== part.sha256) return undefined;
        this.#index += 1;
        this.#bytes = 0;
        this.#hash = createHash('sha256');
      }
    }
    return taken;
  }
}
