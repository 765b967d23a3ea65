import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { ConfigurationError } from '../errors.ts';
import { hostOf, isRefusal, type Proxies, proxyAdvice } from '../model/proxies.ts';

interface Limits extends Omit<NodeHttpHandlerOptions, 'httpAgent' | 'httpsAgent'> {
  readonly maxSockets?: number;
}

/**
 * The options that make an AWS client use proxies, which it does not do by itself. The clients that the SDK creates to get
 * credentials (IAM Identity Center, STS) use them as well. Those for the metadata of a machine do not.
 */
export const throughProxies = (proxies: Proxies, { maxSockets = 50, ...limits }: Limits = {}) => {
  const options = { keepAlive: true, maxSockets };
  const requestHandler = new ProxiedHandler(proxies, {
    ...limits,
    httpAgent: new HttpAgent({ ...options, proxyEnv: proxyEnvOf(proxies, 80) }),
    httpsAgent: new HttpsAgent({ ...options, proxyEnv: proxyEnvOf(proxies, 443) }),
  });
  return { requestHandler, credentials: defaultProvider({ clientConfig: { requestHandler } }) };
};

/** In the form of Node's agents. To them a bare host is that host alone; with a leading dot it is its subdomains, on any port. */
const proxyEnvOf = ({ http, https, direct }: Proxies, port: number) => ({
  ...(http && { http_proxy: http.href }),
  ...(https && { https_proxy: https.href }),
  no_proxy: direct
    .flatMap((host) => (host.endsWith(`:${port}`) ? [host.slice(0, -`:${port}`.length)] : [host]))
    .flatMap((host) => [host, `.${host}`])
    .join(','),
});

/** Reports which proxy failed, and what to do. */
class ProxiedHandler extends NodeHttpHandler {
  readonly #proxies: Proxies;

  constructor(proxies: Proxies, options: NodeHttpHandlerOptions) {
    super(options);
    this.#proxies = proxies;
  }

  override async handle(...requested: Parameters<NodeHttpHandler['handle']>) {
    try {
      return await super.handle(...requested);
    } catch (error) {
      const proxy = requested[0].protocol === 'https:' ? this.#proxies.https : this.#proxies.http;
      throw (proxy && toProxyError(proxy, error as NetworkError)) ?? error;
    }
  }
}

interface NetworkError {
  readonly code?: unknown;
  /** The status of the proxy's response. */
  readonly statusCode?: unknown;
  /** Where a connection was attempted; the name alone where that is unknown. */
  readonly port?: unknown;
  readonly hostname?: unknown;
  /** Of an AggregateError: one for each address that was tried. */
  readonly errors?: readonly NetworkError[];
}

/** The error to throw for one that a proxy caused; undefined for any other. The SDK retries unless the proxy refuses. */
const toProxyError = (proxy: URL, error: NetworkError): Error | undefined => {
  const status = error.code === 'ERR_PROXY_TUNNEL' ? Number(error.statusCode) : undefined;
  if (status === undefined && !isOfConnectionTo(proxy, error)) return undefined;
  const explanation = status === undefined ? ` [no response: ${String(error.code)}]` : '';
  const failure = new ConfigurationError(
    'proxy-refused',
    `AWS was not reached. ${proxyAdvice(hostOf(proxy), status)}${explanation}`,
  );
  return status !== undefined && isRefusal(status) ? failure : Object.assign(failure, { $retryable: {} });
};

const isOfConnectionTo = (proxy: URL, { port, hostname, errors }: NetworkError): boolean => {
  const ofProxy = Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80));
  return (
    port === ofProxy ||
    hostname === proxy.hostname ||
    (errors?.some((one) => isOfConnectionTo(proxy, one)) ?? false)
  );
};
