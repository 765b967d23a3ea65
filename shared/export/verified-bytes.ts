import { createHash } from 'node:crypto';
import type { FileStore } from '../content/ports.ts';
import { CorruptObjectError } from '../errors.ts';

/** Bytes that custody names. */
export interface HeldBytes {
  readonly key: string;
  readonly sha256: string;
}

/** The bytes of a held file. Throws CorruptObjectError at their end if they are not the ones in custody, or if there are none. */
export async function* verifiedBytes(
  store: Pick<FileStore, 'readFrom'>,
  { key, sha256 }: HeldBytes,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  for await (const chunk of store.readFrom(key)) {
    signal.throwIfAborted();
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256)
    throw new CorruptObjectError(key, 'its SHA-256 is not the one in custody');
}

/** Whether the bytes of a held file are the ones in custody. */
export const isIntact = async (
  store: Pick<FileStore, 'readFrom'>,
  held: HeldBytes,
  signal: AbortSignal,
): Promise<boolean> => {
  try {
    const bytes = verifiedBytes(store, held, signal);
    while (!(await bytes.next()).done);
    return true;
  } catch (error) {
    if (error instanceof CorruptObjectError) return false;
    throw error;
  }
};
