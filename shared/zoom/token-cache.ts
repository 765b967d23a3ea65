import type { AccessToken } from './access-token.ts';

interface Fetching {
  readonly token: Promise<AccessToken>;
  /** Of the caller that started it; when that one leaves, another starts again. */
  readonly signal: AbortSignal;
}

/** Caches the latest token, and lets one caller at a time fetch another. */
export class TokenCache {
  #token: AccessToken | undefined;
  #fetching: Fetching | undefined;

  /**
   * The cached token if it is acceptable, else a new one. A caller that waits for another's fetch leaves as soon as its own
   * signal aborts. The caller that started it stays until `fetch` is over, because a rotated token must not be dropped.
   */
  async get(
    willDo: (token: AccessToken) => boolean,
    fetch: () => Promise<AccessToken>,
    signal: AbortSignal,
  ): Promise<AccessToken> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#token && willDo(this.#token)) return this.#token;
      if (!this.#fetching) return this.#begin(fetch, signal);

      const others = this.#fetching;
      try {
        await unlessAborted(others.token, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!others.signal.aborted) throw error;
      }
    }
  }

  #begin(fetch: () => Promise<AccessToken>, signal: AbortSignal): Promise<AccessToken> {
    const token = fetch()
      .then((fetched) => (this.#token = fetched))
      .finally(() => (this.#fetching = undefined));
    this.#fetching = { token, signal };
    return token;
  }
}

const unlessAborted = async <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
};
