import { type Dispatcher, Pool } from 'undici';
import { hostOf, isRefusal } from '../model/proxies.ts';
import type { TransportFailure } from './zoom-response.ts';
import { isAboutCertificate, problemOf } from './network-error.ts';

/** A proxy did not open a connection. Nothing was sent through it. */
export class ProxyConnectionError extends Error {
  readonly failure: TransportFailure;

  constructor(failure: TransportFailure) {
    super('The proxy did not open a connection.');
    this.failure = failure;
  }
}

/** Connections through a proxy, one for each CONNECT. They fail with the proxy's own response, which undici's agent drops. */
export class ProxyConnections extends Pool {
  readonly #host: string;
  readonly #timeoutMs: number;

  /** A proxy that takes longer than `timeoutMs` to respond counts as failed. */
  constructor(proxy: URL, timeoutMs: number, options: Pool.Options) {
    super(proxy, options);
    this.#host = hostOf(proxy);
    this.#timeoutMs = timeoutMs;
  }

  override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData>;
  override connect(
    options: Dispatcher.ConnectOptions,
    callback: (error: Error | null, data: Dispatcher.ConnectData) => void,
  ): void;
  override connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    return this.#connect(options);
  }

  async #connect(options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    const host = this.#host;
    const signal = AbortSignal.timeout(this.#timeoutMs);
    const opened = await super.connect({ ...options, signal }).catch((error: unknown) => {
      throw new ProxyConnectionError({
        kind: 'transport',
        problem: problemOf(error),
        phase: isAboutCertificate(error) ? 'untrusted' : 'unreached',
        proxy: { host, status: undefined },
      });
    });
    const { statusCode: status, socket } = opened;
    if (status === 200) return opened;
    socket.on('error', () => undefined).destroy();
    throw new ProxyConnectionError({
      kind: 'transport',
      problem: `HTTP ${status} from the proxy`,
      phase: isRefusal(status) ? 'proxy-refused' : 'unreached',
      proxy: { host, status },
    });
  }
}
