import type { ServerResponse } from 'node:http';
import type { Answer } from './response.ts';
import { pause } from './clock.ts';
import { deliverStream } from './deliver-stream.ts';

/** Sends a response, or breaks it as its delivery specifies. */
export const deliver = async (response: ServerResponse, whole: Answer): Promise<void> => {
  const { status, headers, body, stream, delivery } = whole;
  if (delivery?.delayMs !== undefined) await pause(delivery.delayMs);
  if (delivery?.breaks === 'no-answer') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (stream) {
    await deliverStream(response, { ...whole, stream });
    return;
  }

  const bytes = Buffer.from(body);
  const half = bytes.subarray(0, bytes.length >>> 1);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (delivery?.breaks !== undefined) {
    // Only after the first half is flushed: an earlier reset would discard unsent bytes.
    response.write(half, () => {
      if (delivery.breaks === 'cut') response.socket?.destroySoon();
      else response.socket?.resetAndDestroy();
    });
    return;
  }
  if (delivery?.bodyMs !== undefined) {
    response.write(half);
    await pause(delivery.bodyMs);
    response.end(bytes.subarray(half.length));
    return;
  }
  response.end(bytes);
};
