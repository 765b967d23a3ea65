import type { Context } from 'aws-lambda';
import { createPoller } from '../shared/app/poller.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { signalBefore } from '../shared/runtime/deadline.ts';

/** Enough to finish a request, commit its rows, and write the state. */
const MARGIN_MS = 20_000;

// eslint-disable-next-line no-restricted-properties -- the entry point passes the environment in
const poller = createPoller({ environment: process.env, clock: systemClock, random: Math.random });

/** Collects one source: due slices on its schedule, requested slices from its queue. */
export const handler = (event: unknown, context: Context): ReturnType<typeof poller.handle> => {
  poller.log.begin(context);
  return poller.handle(event, signalBefore(context.getRemainingTimeInMillis(), MARGIN_MS));
};
