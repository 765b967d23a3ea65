import { webcrypto } from 'node:crypto';

/** The SHA-256 of some bytes in lower-case hex. It is computed on another thread, so that a large part does not stop the process. */
export const sha256Of = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)).toString('hex');
