import type { Context } from 'aws-lambda';
import { createDeployedCompactor } from '../shared/app/compactor.ts';
import { systemClock } from '../shared/runtime/clock.ts';
import { signalBefore } from '../shared/runtime/deadline.ts';

/** A started day is finished: the largest may take this long (npm run bench:compaction). */
const MARGIN_MS = 5 * 60_000;

// eslint-disable-next-line no-restricted-properties -- the entry point passes the environment in
const environment = process.env;
// eslint-disable-next-line no-restricted-properties -- the entry point passes the environment in
const compactor = createDeployedCompactor({ environment, clock: systemClock, random: Math.random });

/** Compacts the days that have closed, once a day. */
export const handler = (_event: unknown, context: Context): ReturnType<typeof compactor.run> => {
  compactor.log.begin(context);
  return compactor.run(signalBefore(context.getRemainingTimeInMillis(), MARGIN_MS));
};
