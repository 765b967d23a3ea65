import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** A recorded response. */
interface Recorded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The latency of a response is a prefix of its path: `/after/150/v2/…`. */
const AFTER = /^\/after\/(\d+)(\/.*)$/;

/** The path that returns the CPU time of this process, in seconds. */
export const CPU_PATH = '/cpu';

/**
 * A proxy for a simulated Zoom with a stopped clock and fixed rows. It repeats each page after its first response, so that a page
 * costs almost nothing. It forwards all other requests.
 */
export const recordedZoom = async (origin: string): Promise<{ readonly url: string }> => {
  const pages = new Map<string, Recorded>();

  const fetchPage = async (request: IncomingMessage, path: string): Promise<Recorded> => {
    const { method = 'GET', headers } = request;
    const body = method === 'GET' ? null : await buffer(request);
    const response = await fetch(`${origin}${path}`, { method, headers: forwarded(headers), body });
    return {
      status: response.status,
      headers: { 'content-type': response.headers.get('content-type') ?? '' },
      body: Buffer.from(await response.arrayBuffer()),
    };
  };

  const answerTo = async (request: IncomingMessage, path: string): Promise<Recorded> => {
    const known = request.method === 'GET' ? pages.get(path) : undefined;
    if (known) return known;
    const response = await fetchPage(request, path);
    if (request.method === 'GET' && response.status === 200) pages.set(path, response);
    return response;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '/';
    if (url === CPU_PATH) {
      const { user, system } = process.cpuUsage();
      response.end(JSON.stringify((user + system) / 1e6));
      return;
    }
    const [, delayMs = '0', path = url] = AFTER.exec(url) ?? [];
    const { status, headers, body } = await answerTo(request, path);
    if (delayMs !== '0') await sleep(Number(delayMs));
    response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

/** The headers without those of the connection. */
const forwarded = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    ['authorization', 'content-type'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
