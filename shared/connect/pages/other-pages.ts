import type { Page } from './page.ts';

/** An address without a page. The requested path is not repeated. */
export const NOT_FOUND: Page = {
  status: 404,
  tone: 'calm',
  badge: 'Not found',
  heading: 'Page not found',
  lead: 'This address only serves administrators who return from Zoom’s consent page for a deployed source.',
};

/** Any method but GET. */
export const METHOD_NOT_ALLOWED: Page = {
  status: 405,
  tone: 'calm',
  badge: 'Not allowed',
  heading: 'This page is read-only',
  lead: 'It accepts only GET requests, which a browser sends when it returns from Zoom’s consent page. Nothing was changed.',
};

/** Our own failure. Only the log has the cause. */
export const UNEXPECTED: Page = {
  status: 500,
  tone: 'bad',
  badge: 'Not connected',
  heading: 'Something failed on our side',
  lead: 'The source was not connected. The log of the oauth-callback function has the cause; search it for the reference below. Then connect again from the command line.',
};
