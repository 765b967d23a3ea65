import { ConfigurationError } from '../errors.ts';

/** The proxies that an environment names. Their addresses may hold passwords: a message names a proxy by `hostOf`. */
export interface Proxies {
  readonly http: URL | undefined;
  readonly https: URL | undefined;
  /** Hosts that are reached directly, each with its subdomains: `example.com`, or `example.com:8443` for one port. */
  readonly direct: readonly string[];
}

/**
 * Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not; undefined if no proxy is named. HTTP_PROXY is the default of
 * HTTPS_PROXY. NO_PROXY lists hosts, with or without a port, separated by commas or blanks; `*` means all of them. Throws
 * ConfigurationError for an invalid address, without repeating it.
 */
export const proxiesFrom = (
  environment: Readonly<Record<string, string | undefined>>,
): Proxies | undefined => {
  const named = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  const http = addressIn('HTTP_PROXY', named('HTTP_PROXY'));
  const https = addressIn('HTTPS_PROXY', named('HTTPS_PROXY')) ?? http;
  const hosts = named('NO_PROXY')
    .toLowerCase()
    .split(/[\s,]/)
    .filter((host) => host !== '');
  if (https === undefined || hosts.includes('*')) return undefined;
  return { http, https, direct: hosts.map((host) => host.replace(/^\*?\./, '')) };
};

const addressIn = (variable: string, text: string): URL | undefined => {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const address = trimmed.includes('://') ? trimmed : `http://${trimmed}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url;
  throw new ConfigurationError(
    'environment',
    `${variable} is not the address of an HTTP proxy. Write it as http://proxy.example.com:3128, or ` +
      `http://USER:PASSWORD@proxy.example.com:3128 with special characters percent-encoded, such as %40.`,
  );
};

/** A proxy as messages name it: without user name and password. */
export const hostOf = (proxy: URL): string => proxy.host;

/** What to do about a proxy that did not open a connection: it sent a status, or could not be reached. */
export const proxyAdvice = (proxy: string, status: number | undefined): string => {
  if (status === 407) {
    return (
      `The proxy ${proxy} requires a user name and a password, or does not accept the given ones. ` +
      `Set HTTPS_PROXY to http://USER:PASSWORD@${proxy} (special characters percent-encoded, such as %40).`
    );
  }
  if (status !== undefined && isRefusal(status)) {
    return (
      `The proxy ${proxy} does not allow the connection (HTTP ${status}). ` +
      `Allow the host on port 443 in the proxy, or list the host in NO_PROXY if this machine may connect to it directly.`
    );
  }
  const problem = status === undefined ? 'could not be reached' : `failed (HTTP ${status})`;
  return (
    `The proxy ${proxy} ${problem}. Check HTTPS_PROXY, and that the proxy runs and reaches the internet. ` +
    `Or list the host in NO_PROXY if this machine may connect to it directly.`
  );
};

/** Whether a proxy will send this status again: a wrong password must not be tried seven times. */
export const isRefusal = (status: number): boolean =>
  status >= 400 && status < 500 && ![408, 429].includes(status);
