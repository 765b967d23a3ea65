import type { Page } from './page.ts';

/** An address at which there is nothing. What was asked for is not repeated. */
export const NOT_FOUND: Page = {
  status: 404,
  tone: 'calm',
  badge: 'Not found',
  heading: 'There is nothing here',
  lead: 'This address answers only administrators who come back from Zoom’s consent page, each for a source that is deployed.',
};

/** Anything but a look at the page. */
export const METHOD_NOT_ALLOWED: Page = {
  status: 405,
  tone: 'calm',
  badge: 'Not possible',
  heading: 'This page can only be looked at',
  lead: 'It takes GET requests, as a browser makes them when it comes back from Zoom’s consent page. Nothing was changed.',
};

/** Our own failure. What failed stands in the log, and nowhere else. */
export const UNEXPECTED: Page = {
  status: 500,
  tone: 'bad',
  badge: 'Not connected',
  heading: 'Something failed on our side',
  lead: 'The connection was not made. The log of the oauth-callback function says why; the reference below finds the line. Then connect again from the command line.',
};
