import type { RowDigest } from '../../model/raw-row.ts';

/** Bytes of a digest. */
export const DIGEST_BYTES = 32;

const WORDS = DIGEST_BYTES / Uint32Array.BYTES_PER_ELEMENT;
const FEWEST = 512;

/**
 * How often each of many digests was counted. A day may have a million rows, so they are numbers in arrays: 44 bytes a digest
 * when the arrays are full, twice that when they have just grown, and the garbage collector need not scan them.
 */
export class DigestCounts {
  #distinct = 0;
  /** The digests in the order of arrival, and the count of each. */
  #digests = new Uint32Array(FEWEST * WORDS);
  #counts = new Uint32Array(FEWEST);
  /** A digest's number in that order, from 1 on, at the index given by its first word or at the next free one. */
  #places = new Uint32Array(2 * FEWEST);
  /** The current digest, as words and as their bytes. */
  readonly #queried = new Uint32Array(WORDS);
  readonly #queriedBytes = Buffer.from(this.#queried.buffer);

  /** The number of different digests. */
  get distinct(): number {
    return this.#distinct;
  }

  /** How often a digest was counted. */
  get(digest: RowDigest): number {
    this.#queriedBytes.write(digest, 'hex');
    return this.#countOfAsked();
  }

  /** Counts a digest once more, and returns its count. */
  add(digest: RowDigest): number {
    this.#queriedBytes.write(digest, 'hex');
    return this.#addAsked();
  }

  /** Counts concatenated digests. */
  addAll(digests: Uint8Array): void {
    for (let start = 0; start < digests.length; start += DIGEST_BYTES) {
      this.#queriedBytes.set(digests.subarray(start, start + DIGEST_BYTES));
      this.#addAsked();
    }
  }

  /** By how much digests were counted more often here than in another count. */
  excessOver(there: DigestCounts): number {
    let excess = 0;
    for (let index = 0; index < this.#distinct; index += 1) {
      there.#queried.set(this.#digests.subarray(index * WORDS, (index + 1) * WORDS));
      excess += Math.max(0, (this.#counts[index] ?? 0) - there.#countOfAsked());
    }
    return excess;
  }

  #countOfAsked(): number {
    const number = this.#places[this.#positionOfQueried()] ?? 0;
    return this.#counts[number - 1] ?? 0;
  }

  #addAsked(): number {
    const place = this.#positionOfQueried();
    const number = this.#places[place] ?? 0;
    if (number > 0) return (this.#counts[number - 1] = (this.#counts[number - 1] ?? 0) + 1);

    this.#digests.set(this.#queried, this.#distinct * WORDS);
    this.#counts[this.#distinct] = 1;
    this.#distinct += 1;
    this.#places[place] = this.#distinct;
    if (this.#distinct === this.#counts.length) this.#grow();
    return 1;
  }

  /** The index of the current digest, or where it would be. Digests are random already: no hashing is necessary. */
  #positionOfQueried(): number {
    const mask = this.#places.length - 1;
    let place = (this.#queried[0] ?? 0) & mask;
    for (
      let number = this.#places[place];
      number && !this.#isAsked(number - 1);
      number = this.#places[place]
    ) {
      place = (place + 1) & mask;
    }
    return place;
  }

  #isAsked(index: number): boolean {
    for (let word = 0; word < WORDS; word += 1) {
      if (this.#digests[index * WORDS + word] !== this.#queried[word]) return false;
    }
    return true;
  }

  #grow(): void {
    const [digests, counts] = [this.#digests, this.#counts];
    this.#digests = new Uint32Array(2 * digests.length);
    this.#digests.set(digests);
    this.#counts = new Uint32Array(2 * counts.length);
    this.#counts.set(counts);
    this.#places = new Uint32Array(2 * this.#places.length);
    for (let index = 0; index < this.#distinct; index += 1) {
      this.#queried.set(this.#digests.subarray(index * WORDS, (index + 1) * WORDS));
      this.#places[this.#positionOfQueried()] = index + 1;
    }
  }
}
