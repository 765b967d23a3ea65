import type { Context } from 'aws-lambda';
import { createDropOffAlarm } from '../shared/deployed-watch.ts';
import { systemClock } from '../shared/runtime/clock.ts';

// eslint-disable-next-line no-restricted-properties -- the entry point hands the world on
const watch = createDropOffAlarm({ environment: process.env, clock: systemClock, random: Math.random });

/** Looks at every source, and tells on-call of those that are not well. */
export const handler = async (event: unknown, context: Context): Promise<void> => {
  watch.log.begin(context);
  await watch.answer(event);
};
