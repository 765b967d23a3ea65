import { type AddressInfo, createServer, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Download, DownloadError, type DownloadRequest } from '../../shared/content/ports.ts';
import type { Proxies } from '../../shared/model/proxies.ts';
import type { AccessToken, AccessTokens } from '../../shared/zoom/access-token.ts';
import { KnownSecrets } from '../../shared/zoom/known-secrets.ts';
import { ZoomDownloads } from '../../shared/zoom/zoom-downloads.ts';
import { closeLater, failureMessage, never, NOON } from './zoom.ts';

/** Tokens that are numbered: each renewal gives the next one. */
export class NumberedTokens implements AccessTokens {
  readonly #apiBase: string | undefined;
  renewals = 0;

  /** By default the tokens are the simulator's, on this machine. */
  constructor(apiBase: string | undefined = 'http://127.0.0.1:1/v2') {
    this.#apiBase = apiBase;
  }

  current(): Promise<AccessToken> {
    const expiresAt = new Date(NOON.getTime() + 3_600_000);
    return Promise.resolve({
      value: `sesame-open-${this.renewals + 1}`,
      apiBase: this.#apiBase,
      expiresAt,
      renewFrom: expiresAt,
    });
  }

  renew(): Promise<AccessToken> {
    this.renewals += 1;
    return this.current();
  }
}

interface Options {
  readonly tokens?: AccessTokens;
  readonly timeoutMs?: number;
  readonly proxies?: Proxies | undefined;
  readonly apiUrl?: string;
}

/** The real downloads, closed after the test. */
export const downloads = ({
  tokens = new NumberedTokens(),
  timeoutMs = 5000,
  ...options
}: Options = {}): ZoomDownloads => {
  const knownSecrets = new KnownSecrets();
  knownSecrets.add('sesame-open-1', 'sesame-open-2');
  const made = new ZoomDownloads(
    tokens,
    { clock: { now: () => NOON }, knownSecrets },
    { timeoutMs, ...options },
  );
  closeLater(() => made.close());
  return made;
};

export const aRequest = (url: string, fields: Partial<DownloadRequest> = {}): DownloadRequest => ({
  url,
  fileType: 'MP4',
  what: 'the recording file 7 of 2026-11-20 (source acme)',
  ...fields,
});

export const openUrl = (
  url: string,
  fields: Partial<DownloadRequest> = {},
  options: Options = {},
): Promise<Download> => downloads(options).open(aRequest(url, fields), never);

/** Why a file was not opened. */
export const refusalOf = async (
  url: string,
  fields: Partial<DownloadRequest> = {},
  options: Options = {},
): Promise<DownloadError> => {
  const failure = await failureMessage(openUrl(url, fields, options));
  if (failure instanceof DownloadError) return failure;
  throw failure;
};

/** What arrives of a body, and why no more does. */
export const receive = async (download: Download): Promise<{ bytes: Buffer; failure?: DownloadError }> => {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of download.body) chunks.push(chunk);
    return { bytes: Buffer.concat(chunks) };
  } catch (error) {
    if (error instanceof DownloadError) return { bytes: Buffer.concat(chunks), failure: error };
    throw error;
  }
};

export const bytesIn = (download: Download): Promise<Buffer> => buffer(download.body);

/** A server that writes to its socket as the test says, once a request head has arrived. Closed after the test. */
export const aRawServer = async (respond: (socket: Socket, head: string) => void): Promise<string> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let head = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      head += text;
      if (!head.includes('\r\n\r\n')) return;
      const whole = head;
      head = '';
      respond(socket, whole);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
