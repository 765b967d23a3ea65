import type { Context } from 'aws-lambda';
import { createCallback } from '../shared/app/oauth-callback.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { signalBefore } from '../shared/runtime/deadline.ts';

/** Enough to store or revoke a grant, and to send the page. */
const MARGIN_MS = 8000;

// eslint-disable-next-line no-restricted-properties -- the entry point passes the environment in
const callback = createCallback({ environment: process.env, clock: systemClock, random: Math.random });

/** Serves administrators who return from Zoom's consent page. */
export const handler = (event: unknown, context: Context): ReturnType<typeof callback.handle> => {
  callback.log.begin(context);
  return callback.handle(
    event,
    context.awsRequestId,
    signalBefore(context.getRemainingTimeInMillis(), MARGIN_MS),
  );
};
