import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Answer, BodyStream } from './response.ts';
import { pause } from './clock.ts';

/** A slow stream is sent in so many parts. */
const SLOW_PARTS = 8;

/** Sends a body that is produced while it is read, no faster than the client reads it, or breaks it in its middle. */
export const deliverStream = async (
  response: ServerResponse,
  { status, headers, stream, delivery = {} }: Answer & { readonly stream: BodyStream },
): Promise<void> => {
  const { breaks, bodyMs, framing = 'length' } = delivery;
  const { 'content-length': length, ...others } = headers ?? {};
  if (framing === 'close') {
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
  }
  response.writeHead(status, framing === 'length' && length !== undefined ? headers : others);

  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const flushed = (chunk: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      response.write(chunk, (error) => (error ? reject(error) : resolve()));
    });

  const limit = breaks === undefined ? Infinity : Math.floor(stream.length / 2);
  let sent = 0;
  try {
    for (const whole of stream.chunks()) {
      const chunk = whole.subarray(0, limit - sent);
      for (const part of bodyMs === undefined ? [chunk] : partsOf(chunk)) {
        if (gone.signal.aborted) return;
        if (part.length > 0) await flushed(part);
        if (bodyMs !== undefined) await pause(bodyMs / SLOW_PARTS);
      }
      sent += chunk.length;
      if (sent >= limit) {
        if (breaks === 'cut') response.socket?.destroySoon();
        else response.socket?.resetAndDestroy();
        return;
      }
      if (sent === stream.length) {
        response.end();
        await once(response, 'finish', { signal: gone.signal });
      }
    }
    if (!response.writableEnded) response.end();
  } catch (error) {
    // The client has gone: what it did not take is not counted.
    if (!gone.signal.aborted && !response.destroyed) throw error;
  }
};

const partsOf = (chunk: Uint8Array): Uint8Array[] => {
  const size = Math.max(1, Math.ceil(chunk.length / SLOW_PARTS));
  return Array.from({ length: Math.ceil(chunk.length / size) }, (_, i) =>
    chunk.subarray(i * size, (i + 1) * size),
  );
};
