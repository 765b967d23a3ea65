import { once } from 'node:events';
import { createGzip, gzipSync } from 'node:zlib';

/** Lines are passed to the compressor in pieces of this size: few calls, little memory. */
const PIECE_BYTES = 256 * 1024;

/** The initial buffer, before the size of the data is known. */
const FIRST_BYTES = 16 * 1024;

/** The most data that may wait for the compressor before the writer waits, too. */
const WAITING_BYTES = 8 * PIECE_BYTES;

/** A UTF-16 unit takes at most three bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** Where RFC 1952 keeps a member's modification time: four bytes, seconds since 1970. */
const MTIME_OFFSET = 4;

/**
 * Lines that become one gzip member. More data than one piece is compressed on the thread pool while more lines are written;
 * less is compressed synchronously, which is faster than a thread. The header contains a time (whole seconds), so the
 * time of a commit is part of the bytes of a conditional put, in every store.
 */
export class GzipLines {
  #threaded: ThreadedGzip | undefined;
  #piece = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;

  /** Adds a line, which ends in LF. A promise, if the compressor needs time before the next one. */
  add(line: string): Promise<unknown> | undefined {
    const most = line.length * MAX_BYTES_PER_UNIT;
    const needed = most > PIECE_BYTES ? Buffer.byteLength(line) : most;
    const waiting = this.#length + needed > this.#piece.length ? this.#makeRoom(needed) : undefined;
    this.#length += this.#piece.write(line, this.#length);
    return waiting;
  }

  /** The member, once all of it is compressed. */
  async end(time: Date): Promise<Buffer> {
    const rest = this.#piece.subarray(0, this.#length);
    const member = this.#threaded ? await this.#threaded.end(rest) : gzipSync(rest);
    member.writeUInt32LE(Math.floor(time.getTime() / 1000), MTIME_OFFSET);
    return member;
  }

  /** Enlarges the piece up to its full size, and passes a full one to the compressor. */
  #makeRoom(needed: number): Promise<unknown> | undefined {
    const written = this.#piece.subarray(0, this.#length);
    if (written.length + needed <= PIECE_BYTES) {
      this.#piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, 2 * (written.length + needed)));
      written.copy(this.#piece);
      return undefined;
    }
    this.#threaded ??= new ThreadedGzip();
    const waiting = this.#threaded.write(written);
    this.#piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, needed));
    this.#length = 0;
    return waiting;
  }
}

/** A gzip member that grows on the thread pool. */
class ThreadedGzip {
  readonly #gzip = createGzip({ chunkSize: PIECE_BYTES, writableHighWaterMark: WAITING_BYTES } as object);
  readonly #compressed: Buffer[] = [];
  readonly #ended: Promise<unknown>;

  constructor() {
    this.#gzip.on('data', (chunk: Buffer) => this.#compressed.push(chunk));
    this.#ended = once(this.#gzip, 'end');
  }

  write(piece: Buffer): Promise<unknown> | undefined {
    return this.#gzip.write(piece) ? undefined : once(this.#gzip, 'drain');
  }

  async end(piece: Buffer): Promise<Buffer> {
    this.#gzip.end(piece);
    await this.#ended;
    return Buffer.concat(this.#compressed);
  }
}

/** When a gzip member was made, by its header. */
export const memberTime = (member: Buffer): Date => new Date(member.readUInt32LE(MTIME_OFFSET) * 1000);
