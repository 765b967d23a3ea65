import { once } from 'node:events';
import { createGzip } from 'node:zlib';

/** Lines are handed to the compressor in pieces of this size: few enough calls, little enough held. */
const PIECE_BYTES = 256 * 1024;

/** How much may wait for the compressor before the writer of lines waits too. */
const WAITING_BYTES = 8 * PIECE_BYTES;

/** A UTF-16 unit takes at most three bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** Where RFC 1952 keeps a member's modification time: four bytes, seconds since 1970. */
const MTIME_OFFSET = 4;

/**
 * Lines that become one gzip member, compressed on the thread pool while more are written. Its header carries a time (whole
 * seconds): so the moment of a commit is part of the very bytes that a conditional put decides on, in every store.
 */
export class GzipLines {
  readonly #gzip = createGzip({ chunkSize: PIECE_BYTES, writableHighWaterMark: WAITING_BYTES } as object);
  readonly #compressed: Buffer[] = [];
  readonly #ended: Promise<unknown>;
  #piece = Buffer.allocUnsafe(PIECE_BYTES);
  #length = 0;

  constructor() {
    this.#gzip.on('data', (chunk: Buffer) => this.#compressed.push(chunk));
    this.#ended = once(this.#gzip, 'end');
  }

  /** Adds a line, which ends in LF. A promise, if the compressor needs time before the next one. */
  add(line: string): Promise<unknown> | undefined {
    const needed = line.length * MAX_BYTES_PER_UNIT;
    let ready = true;
    if (this.#length + needed > this.#piece.length) {
      ready = this.#gzip.write(this.#piece.subarray(0, this.#length));
      this.#piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, needed));
      this.#length = 0;
    }
    this.#length += this.#piece.write(line, this.#length);
    return ready ? undefined : once(this.#gzip, 'drain');
  }

  /** The member, once all of it is compressed. */
  async end(time: Date): Promise<Buffer> {
    this.#gzip.end(this.#piece.subarray(0, this.#length));
    await this.#ended;
    const member = Buffer.concat(this.#compressed);
    member.writeUInt32LE(Math.floor(time.getTime() / 1000), MTIME_OFFSET);
    return member;
  }
}

/** When a gzip member was made, by its header. */
export const memberTime = (member: Buffer): Date => new Date(member.readUInt32LE(MTIME_OFFSET) * 1000);
