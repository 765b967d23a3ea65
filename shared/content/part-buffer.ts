/** The first size of a buffer: most files are smaller than a part. */
const FIRST_BYTES = 64 * 1024;

/**
 * The bytes of a file that wait for their part: at most one part, in memory that is used again. `take` gives the bytes away until
 * the next `take`, so that a part can be stored while the next one is filled.
 */
export class PartBuffer {
  readonly #most: number;
  #filling = Buffer.alloc(0);
  #spare = Buffer.alloc(0);
  #length = 0;

  constructor(partBytes: number) {
    this.#most = partBytes;
  }

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length === this.#most;
  }

  /** Adds what fits of a chunk, and returns the rest. */
  add(chunk: Uint8Array): Uint8Array {
    const end = Math.min(chunk.length, this.#most - this.#length);
    this.#makeRoom(this.#length + end);
    this.#filling.set(chunk.subarray(0, end), this.#length);
    this.#length += end;
    return chunk.subarray(end);
  }

  /** The bytes so far. They are valid until the call after the next. */
  take(): Buffer {
    const taken = this.#filling.subarray(0, this.#length);
    [this.#filling, this.#spare] = [this.#spare, this.#filling];
    this.#length = 0;
    return taken;
  }

  /** Forgets the bytes so far. */
  clear(): void {
    this.#length = 0;
  }

  #makeRoom(needed: number): void {
    if (needed <= this.#filling.length) return;
    const size = Math.min(this.#most, Math.max(FIRST_BYTES, 2 * needed));
    // Not from the shared pool, which would keep small files of long ago in memory.
    const larger = Buffer.allocUnsafeSlow(size);
    this.#filling.copy(larger, 0, 0, this.#length);
    this.#filling = larger;
  }
}
