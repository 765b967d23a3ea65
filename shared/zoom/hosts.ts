import { ConfigurationError } from '../errors.ts';

/** The hosts under which Zoom answers, its government cloud included. A bearer token goes nowhere else. */
const ZOOM_DOMAINS = ['zoom.us', 'zoomgov.com'];

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const isLoopback = ({ hostname, protocol }: URL): boolean =>
  LOOPBACK.has(hostname) && (protocol === 'http:' || protocol === 'https:');

const isZooms = ({ protocol, hostname, port }: URL): boolean =>
  protocol === 'https:' &&
  port === '' &&
  ZOOM_DOMAINS.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));

/** An address and nothing else: no user name, query or fragment, which would swallow the path put behind it. */
const isPlain = ({ username, password, search, hash }: URL): boolean =>
  `${username}${password}${search}${hash}` === '';

/**
 * Whether a token may be sent to this address: https under one of Zoom's domains, or (the simulator) any scheme on this
 * machine itself.
 */
export const isZoomAddress = (url: URL): boolean => isPlain(url) && (isZooms(url) || isLoopback(url));

/**
 * Reads an address that the operator gave, without a slash at its end. Throws ConfigurationError, naming the setting, if it
 * is not Zoom's. What was given is not repeated whole: it may be a secret in the wrong variable.
 */
export const zoomAddress = (setting: string, text: string): string => {
  const url = urlOf(text.trim());
  if (url && isZoomAddress(url)) return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  throw new ConfigurationError(
    'not-zoom',
    `${setting} ${url ? `leads to "${url.host}", which` : 'holds what'} is not a plain address of Zoom's: credentials ` +
      `are sent only to https hosts under ${ZOOM_DOMAINS.join(' or ')}, or to this machine itself. Correct it, or leave ` +
      `it out for Zoom's own address.`,
  );
};

/**
 * The API base from the `api_url` of a token answer, if it is one of Zoom's: anything else is passed over. This machine is
 * believed only if it is also where the token came from (`oauthUrl`).
 */
export const apiBaseOf = (apiUrl: string | undefined, oauthUrl: string): string | undefined => {
  const url = urlOf(apiUrl ?? '');
  if (!url || !isPlain(url)) return undefined;
  return isZooms(url) || (isLoopback(url) && isLoopback(new URL(oauthUrl))) ? `${url.origin}/v2` : undefined;
};

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
