import type { Dispatcher } from 'undici';
import type { Framing } from '../content/ports.ts';
import { problemOf } from './network-error.ts';

/** The body of a response of undici. */
export type ResponseBody = Dispatcher.ResponseData['body'];

/** How the end of a body is known (RFC 9112, section 6.3): undici throws if the first two end early. */
export const framingOf = (headers: Readonly<Record<string, string>>): Framing => {
  if (/chunked/i.test(headers['transfer-encoding'] ?? '')) return 'chunked';
  return headers['content-length'] === undefined ? 'close' : 'length';
};

/** A body of which the beginning can be inspected before it is read. It holds no more than that, and the chunk that follows. */
export class DownloadBody {
  readonly #body: ResponseBody;
  readonly #chunks: AsyncIterator<Buffer, undefined>;
  #beginning: Buffer = Buffer.of();
  #isWhole = false;

  constructor(body: ResponseBody) {
    this.#body = body.on('error', () => undefined); // the reader gets the error
    this.#chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  }

  /** Whether the body is no longer than its beginning. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** At least `bytes` of the beginning, unless the body is shorter. Throws if it breaks off before. */
  async beginning(bytes: number): Promise<Buffer> {
    while (!this.#isWhole && this.#beginning.length < bytes) {
      const { done, value } = await this.#chunks.next();
      if (done === true) this.#isWhole = true;
      else this.#beginning = Buffer.concat([this.#beginning, value]);
    }
    return this.#beginning;
  }

  /**
   * All bytes. `expected` is how many there have to be, if that is known. Calls `fail` for the error to throw if they are fewer or
   * more, or if the body breaks off.
   */
  async *bytes(
    expected: number | undefined,
    fail: (received: number, problem: string) => unknown,
  ): AsyncGenerator<Uint8Array> {
    let received = 0;
    try {
      for (let chunk = this.#beginning; ;) {
        received += chunk.length;
        if (expected !== undefined && received > expected) {
          throw fail(received - chunk.length, `it has more than the announced ${expected} bytes`);
        }
        if (chunk.length > 0) yield chunk;
        const next = await this.#next().catch((error: unknown) => {
          throw fail(received, problemOf(error));
        });
        if (next === undefined) break;
        chunk = next;
      }
      if (expected !== undefined && received < expected) throw fail(received, `instead of ${expected}`);
    } finally {
      this.discard();
    }
  }

  /** Ends the connection, unless the body was read to its end. */
  discard(): void {
    this.#body.destroy();
  }

  async #next(): Promise<Buffer | undefined> {
    if (this.#isWhole) return undefined;
    const { done, value } = await this.#chunks.next();
    return done === true ? undefined : value;
  }
}
