import { Agent, type buildConnector, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { Proxies } from '../model/proxies.ts';
import { ProxyConnections } from './proxy-connections.ts';

/** To one host. */
const MAX_CONNECTIONS = 8;

/**
 * Pooled connections. `timeoutMs` bounds each of connecting (name lookup and TLS included), waiting for the response head, and any
 * pause within a body that is being read. All of this holds through a proxy, too.
 */
export const createDispatcher = (timeoutMs: number, proxies: Proxies | undefined): Dispatcher => {
  const options = {
    connections: MAX_CONNECTIONS,
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  };
  if (!proxies) return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    // An empty text is "none": without one, the agent would read the environment of the process by itself.
    httpProxy: proxies.http?.href ?? '',
    httpsProxy: proxies.https?.href ?? '',
    noProxy: proxies.direct.join(','),
    // Through a proxy `connect` has no effect, but these do: for the connection to it, and for the one through it.
    proxyTls: { timeout: timeoutMs },
    requestTls: { timeout: timeoutMs },
    clientFactory: (proxy, { connect }: { connect: buildConnector.connector }) =>
      new ProxyConnections(proxy, timeoutMs, { connect }),
  });
};
