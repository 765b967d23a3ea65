import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { TRUSTED_CERTIFICATE, TRUSTED_KEY } from '../fixtures/test-authority.ts';
import { closeLater } from '../zoom.ts';

export interface ConnectProxy {
  /** Its address, without credentials. */
  readonly url: string;
  readonly host: string;
  /** The requested targets, in order: `host:port`. */
  readonly requested: string[];
  /** The received requests, in order. */
  readonly requests: IncomingMessage[];
}

interface ProxyOptions {
  /** The target of all connections. Without it the proxy never answers. */
  readonly to?: string;
  /** Responds with this status, instead of connecting. */
  readonly status?: number;
  /** Requires these credentials, as `user:password`. */
  readonly password?: string;
  /** Called for each CONNECT request. */
  readonly onAsked?: () => void;
}

/** A local proxy that records its requests, closed after the test. It connects all hosts to one address. */
export const aConnectProxy = async ({
  to,
  status,
  password,
  onAsked,
}: ProxyOptions): Promise<ConnectProxy> => {
  const requests: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    requests.push(request);
    response.writeHead(400).end();
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    requests.push(request);
    onAsked?.();
    client.on('error', () => undefined);
    const wanted = password === undefined ? undefined : `Basic ${Buffer.from(password).toString('base64')}`;
    const failure =
      status ?? (wanted !== undefined && request.headers['proxy-authorization'] !== wanted ? 407 : undefined);
    if (failure !== undefined) {
      client.end(`HTTP/1.1 ${failure} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    if (to === undefined) return;
    const upstream = connect(Number(new URL(to).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    get requested() {
      return requests.map(({ url = '' }) => url);
    },
  };
};

/** A server with the certificate of the test authority, for any host that a proxy connects to it. Closed after the test. */
export const aTrustedServer = async (response: RequestListener): Promise<string> => {
  const server = createTlsServer({ key: TRUSTED_KEY, cert: TRUSTED_CERTIFICATE }, response);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
