import { isIP } from 'node:net';

/** The longest that OCSF takes, and that an address without a zone needs. */
const LONGEST = 40;

/** Whether a text is an IP address. */
export const isIpAddress = (text: string): boolean => text.length <= LONGEST && isIP(text) !== 0;
