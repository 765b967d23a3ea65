import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';

/** From here on a thread unpacks; less is unpacked sooner than a thread is asked. */
const SMALL_BYTES = 64 * 1024;

const onAThread = promisify(gunzip);

/** The bytes of a gzip file. Rejects for what is none. */
export const gunzipped = async (bytes: Buffer): Promise<Buffer> =>
  bytes.length < SMALL_BYTES ? gunzipSync(bytes) : onAThread(bytes);
