import { isIP } from 'node:net';

/**
 * The IP addresses in a text, in their order, each once and in canonical form: without a port, brackets or a zone, IPv6 as in
 * RFC 5952, and an IPv4 address mapped into IPv6 (`::ffff:a.b.c.d`) as IPv4. Several are separated by commas, semicolons,
 * bars or blanks.
 */
export const ipAddressesIn = (text: string): string[] => [
  ...new Set(text.split(BETWEEN).flatMap((token) => toIpAddress(token) ?? [])),
];

const BETWEEN = /[\s,;|]+/;

/** The longest token that can be an address: a mapped one in brackets, with a zone and a port. */
const LONGEST = 100;

const toIpAddress = (token: string): string | undefined => {
  if (token.length > LONGEST) return undefined;
  if (isIP(token) === 4) return token;
  const bare = token.replace(OPENING, '').replace(CLOSING, '');
  return canonical(bare) ?? canonical(bare.replace(PORT, ''));
};

/** Around an address, or around a list of them; the port follows the brackets of an IPv6 address. */
const OPENING = /^["'(<[]+/;
const CLOSING = /\]:\d{1,5}$|["')>\]]+$/;
const PORT = /:\d{1,5}$/;
const ZONE = /%.*$/;

const canonical = (text: string): string | undefined => {
  const address = text.replace(ZONE, '');
  const family = isIP(address);
  if (family === 4) return address;
  return family === 6 ? mappedToIpv4(new URL(`http://[${address}]`).hostname.slice(1, -1)) : undefined;
};

const MAPPED = /^::ffff:(?<high>[\da-f]{1,4}):(?<low>[\da-f]{1,4})$/;

/** The IPv4 address that an IPv6 address represents, or the address itself. */
const mappedToIpv4 = (address: string): string => {
  const { high, low } = MAPPED.exec(address)?.groups ?? {};
  if (high === undefined || low === undefined) return address;
  return [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
};
