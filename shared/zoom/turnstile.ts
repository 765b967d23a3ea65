/** Admits one caller at a time, in order of arrival. */
export class Turnstile {
  #last: Promise<void> = Promise.resolve();

  /** Waits for all earlier callers, and returns the function to call on leaving. */
  async enter(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const before = this.#last;
    this.#last = promise;
    await before;
    return () => resolve(undefined);
  }
}
