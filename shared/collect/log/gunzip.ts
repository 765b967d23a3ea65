import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';

/** From this size on a thread decompresses; less is faster without one. */
const SMALL_BYTES = 64 * 1024;

const onAThread = promisify(gunzip);

/** The bytes of a gzip file. Rejects for an invalid one. */
export const gunzipped = async (bytes: Buffer): Promise<Buffer> =>
  bytes.length < SMALL_BYTES ? gunzipSync(bytes) : onAThread(bytes);
