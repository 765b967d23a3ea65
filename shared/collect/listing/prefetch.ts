/** Requests the next item while the consumer processes the current one. */
export async function* prefetch<T>(items: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  const iterator = items[Symbol.asyncIterator]();
  const startNext = (): Promise<IteratorResult<T>> => {
    const next = iterator.next();
    next.catch(() => undefined); // its failure is handled where it is awaited
    return next;
  };
  try {
    for (let next = startNext(); ;) {
      const result = await next;
      if (result.done) return;
      next = startNext();
      yield result.value;
    }
  } finally {
    await iterator.return?.();
  }
}
