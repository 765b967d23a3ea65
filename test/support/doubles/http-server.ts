import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { closeLater } from '../zoom.ts';
import { UNTRUSTED_CERTIFICATE, UNTRUSTED_KEY } from '../fixtures/untrusted-certificate.ts';

export interface HttpServer {
  readonly url: string;
  /** The received requests, in order. */
  readonly requests: IncomingMessage[];
}

const listening = async (
  server: Server & { closeAllConnections: () => void },
  host: string,
): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  closeLater(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return (server.address() as AddressInfo).port;
};

/** A server with the given responses, closed after the test. */
export const anHttpServer = async (respond: RequestListener, host = '127.0.0.1'): Promise<HttpServer> => {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    respond(request, response);
  });
  return { url: `http://${host}:${await listening(server, host)}`, requests };
};

/** The same with a self-signed certificate. */
export const anUntrustedServer = async (respond: RequestListener): Promise<HttpServer> => {
  const requests: IncomingMessage[] = [];
  const server = createTlsServer({ key: UNTRUSTED_KEY, cert: UNTRUSTED_CERTIFICATE }, (request, response) => {
    requests.push(request);
    respond(request, response);
  });
  return { url: `https://127.0.0.1:${await listening(server, '127.0.0.1')}`, requests };
};

/** A local address without a server. */
export const aClosedPort = async (): Promise<string> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
};
