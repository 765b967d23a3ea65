import { ConfigurationError } from '../errors.ts';

/** The domains of Zoom, including its government cloud. A bearer token is sent to no other. */
const ZOOM_DOMAINS = ['zoom.us', 'zoomgov.com'];

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether this is an address of this machine itself, where only the simulator is. */
export const isLoopback = ({ hostname, protocol }: URL): boolean =>
  LOOPBACK.has(hostname) && (protocol === 'http:' || protocol === 'https:');

const isZooms = ({ protocol, hostname, port }: URL): boolean =>
  protocol === 'https:' &&
  port === '' &&
  ZOOM_DOMAINS.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));

/** A URL without user name, query or fragment: a query would swallow the path appended to it. */
const isPlain = ({ username, password, search, hash }: URL): boolean =>
  `${username}${password}${search}${hash}` === '';

/**
 * Whether a token may be sent to this address: https under one of Zoom's domains, or (the simulator) any scheme on this
 * machine itself.
 */
export const isZoomAddress = (url: URL): boolean => isPlain(url) && (isZooms(url) || isLoopback(url));

/** Whether a URL, with any path and query, is https on a host of Zoom, and names no user. */
export const isZoomUrl = (url: URL): boolean => isZooms(url) && `${url.username}${url.password}` === '';

/**
 * Reads a URL from the operator, without a trailing slash. Throws ConfigurationError, naming the setting, if it is not
 * Zoom's. The value is not repeated whole: it may be a secret in the wrong variable.
 */
export const zoomAddress = (setting: string, text: string): string => {
  const url = urlOf(text.trim());
  if (url && isZoomAddress(url)) return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  throw new ConfigurationError(
    'not-zoom',
    `${setting} ${url ? `leads to "${url.host}", which` : 'has a value that'} is not a plain URL of Zoom: credentials ` +
      `are sent only to https hosts under ${ZOOM_DOMAINS.join(' or ')}, or to this machine itself. Correct it, or omit ` +
      `it to use Zoom's own URL.`,
  );
};

/**
 * The API base from the `api_url` of a token response, if it is one of Zoom's; others are ignored. This machine is accepted
 * only if the token also came from it (`oauthUrl`).
 */
export const apiBaseOf = (apiUrl: string | undefined, oauthUrl: string): string | undefined => {
  const url = urlOf(apiUrl ?? '');
  if (!url || !isPlain(url)) return undefined;
  return isZooms(url) || (isLoopback(url) && isLoopback(new URL(oauthUrl))) ? `${url.origin}/v2` : undefined;
};

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
